"""Commands of curl and wget, after any prompt, in the quoting of any shell.

Two options of such a command, pasted without the rest, are read too.
"""

import re
from collections.abc import Iterator
from typing import Final

from creditcurve.cookie.formats.found import Format, Found, SentHeader
from creditcurve.cookie.header import INVALID, origin_of
from creditcurve.cookie.quoting import Piece, joined, shell_words

_COMMAND: Final = re.compile(r"(?<![\w-])(?:curl|curlie|wget)(?:\.exe)?[\"']?(?:\s|\^\s)")
_OPTIONS: Final = re.compile(
    r"(?:-[HbC]|--header|--cookie|--add-header)(?:\s+|=)[$^]?[\"']", re.IGNORECASE
)
_PROGRAM: Final = re.compile(r"(?:\S*[/\\])?(?:curl|curlie|wget)(?:\.exe)?", re.IGNORECASE)
_SEPARATORS: Final = frozenset({";", "&", "&&", "|", "||"})
_KINDS: Final = ("header", "cookie", "url")
_OPTION: Final = re.compile(
    r"\s*(?:(-[a-zA-Z]{0,9}H|--header|--add-header)|(-[a-zA-Z]{0,9}b|--cookie)|(--url))\Z"
)
_ATTACHED: Final = re.compile(r"\s*(?:(-H|--header=)|(-b|--cookie=)|(--url=))(?=.)", re.DOTALL)
_COOKIE_FIELD: Final = re.compile(r"\s*cookie\s*:(?P<value>.*)", re.IGNORECASE | re.DOTALL)
_URL: Final = re.compile(r"https?://", re.IGNORECASE)
_HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?/\S*", re.ASCII)


def _recognizes(text: str) -> bool:
    return _COMMAND.search(text) is not None or _OPTIONS.match(text) is not None


def _read(source: Piece) -> Found:
    command = None if _OPTIONS.match(source.text) else _COMMAND.search(source.text)
    words = shell_words(source.cut(command.start()) if command else source)
    requests = (_request(one) for one in _commands(words))
    return Found(sent=tuple(request for request in requests if request))


def _commands(words: list[Piece]) -> list[list[Piece]]:
    """Split words into commands, at separators and at the name of a program."""
    commands: list[list[Piece]] = [[]]
    for word in words:
        if word.text in _SEPARATORS:
            commands.append([])
        elif _PROGRAM.fullmatch(word.text):
            commands.append([word])
        else:
            commands[-1].append(word)
    return commands


def _request(words: list[Piece]) -> SentHeader | None:
    urls: list[str] = []
    crumbs: list[Piece] = []
    for kind, word in _arguments(words):
        if kind == "url":
            urls.append(word.text)
        elif kind == "cookie" and "=" in word.text:  # without it, curl reads a file of this name
            crumbs.append(_value(word))
        elif kind == "header" and (field := _COOKIE_FIELD.fullmatch(word.text)):
            crumbs.append(word.group(field, "value"))
    if not crumbs:
        return None
    return SentHeader(joined((crumb.strip(" \t") for crumb in crumbs), "; "), _origin(urls))


def _origin(urls: list[str]) -> str | None:
    """Return the origin of the address; an invalid one belongs to no site."""
    absolute = [url for url in urls if _URL.match(url)]
    if not absolute:
        return origin_of(f"http://{urls[0]}") if urls else None
    return origin_of(absolute[0]) or INVALID


def _value(word: Piece) -> Piece:
    """Return the argument of ``-b``, without a field name that does not belong there."""
    field = _COOKIE_FIELD.fullmatch(word.text)
    return word.group(field, "value") if field else word


def _arguments(words: list[Piece]) -> Iterator[tuple[str, Piece]]:
    """Yield the addresses, and the arguments of the options that are read."""
    rest = iter(words)
    for word in rest:
        if _PROGRAM.fullmatch(word.text):
            continue
        if option := _OPTION.match(word.text):
            if (argument := next(rest, None)) is not None:
                yield _KINDS[(option.lastindex or 1) - 1], argument
        elif attached := _ATTACHED.match(word.text):
            yield _KINDS[(attached.lastindex or 1) - 1], word.cut(attached.end())
        elif _URL.match(word.text) or _HOST.fullmatch(word.text):
            yield "url", word


FORMAT: Final = Format(
    recognizes=_recognizes,
    read=_read,
    nothing_found="The command contains no cookie for the site",
)
