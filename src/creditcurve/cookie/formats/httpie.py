"""Commands of HTTPie and xh: ``http GET site/path Cookie:a=1``, after any prompt."""

import re
from typing import Final

from creditcurve.cookie.formats.found import Format, Found, SentHeader
from creditcurve.cookie.header import origin_of
from creditcurve.cookie.quoting import Piece, joined, shell_words

_COMMAND: Final = re.compile(r"(?<![\w:/.@-])(?P<program>https?|xhs?)(?:\.exe)?[ \t]+(?=[\w:'\"-])")
_METHOD: Final = re.compile(r"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)", re.IGNORECASE)
_COOKIE_ITEM: Final = re.compile(r"\s*cookie\s*:=?(?P<value>.*)", re.IGNORECASE | re.DOTALL)


def _recognizes(text: str) -> bool:
    return "ookie" in text.lower() and _COMMAND.search(text) is not None


def _read(source: Piece) -> Found:
    command = _COMMAND.search(source.text)
    if command is None:
        return Found()
    words = shell_words(source.cut(command.end()))
    items = [(word, item) for word in words if (item := _COOKIE_ITEM.fullmatch(word.text))]
    if not items:
        return Found()
    header = joined((word.group(item, "value").strip(" \t") for word, item in items), "; ")
    return Found(sent=(SentHeader(header, _origin(words, command["program"])),))


def _origin(words: list[Piece], program: str) -> str | None:
    """Return the origin of the first argument that is neither an option nor a method."""
    for word in words:
        if word.text.startswith("-") or _METHOD.fullmatch(word.text):
            continue
        if "://" in word.text:
            return origin_of(word.text)
        return origin_of(f"{'https' if program in ('https', 'xhs') else 'http'}://{word.text}")
    return None


FORMAT: Final = Format(
    recognizes=_recognizes,
    read=_read,
    nothing_found="The command contains no cookie for the site",
)
