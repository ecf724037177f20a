"""The last resort for texts of unknown formats: find the login by its name.

A run of pairs around the name is read like a header. Otherwise the value is read by the quotes
around it, after ``=``, ``:``, ``,``, a blank, an arrow or a tag. Without quotes, it ends at the
first character that RFC 6265 does not allow in a value.
"""

import re
from typing import Final

from creditcurve.cookie.formats.code import only_origin
from creditcurve.cookie.formats.found import Format, Found, SentHeader, StoredCookie, with_origin
from creditcurve.cookie.formats.pairs import is_set_cookie, read_set_cookie, without_variable
from creditcurve.cookie.quoting import Piece, unescaped

_OCTET: Final = r"[!#-+\--:<-\[\]-~]"
"""A character that RFC 6265 allows in a value."""
_NAME: Final = re.compile(
    r"(?:(?<![\w.=-])|(?<=cookie=)|(?<=token=)|(?<=header=))"
    r"(?:__Secure-|__Host-)?(?:authjs|next-auth)\.session-token(?:\.\d{1,2})?+(?![\w-]|\.\w)",
    re.IGNORECASE | re.ASCII,
)
_BETWEEN: Final = re.compile(
    r"""
    \\*+["'`]?[)\]>*]{0,3}+(?:</\w{1,16}+>)?
    (?:\s{0,40}+(?:=>|:=|->|\u2192|\u27a1|\u2014|\uff1a|\uff1d|[=:,|<])\s{0,40}+
    |(?P<blank>\s{1,40}+(?:(?:is|\u662f|\u4e3a):?\s{1,9}+)?))
    (?:\w{1,16}+>)?(?:[>*$]{1,3}+)?
    (?:["'`]?\bvalue\b["'`]?\s{0,9}+[=:]{1,2}+\s{0,9}+)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_QUOTED: Final = re.compile(
    r"""(?P<quote>(?P<slashes>\\*+)["'`])(?P<value>[^"'`;\s\\]++)(?P=quote)"""
)
_TOKEN: Final = re.compile(r"[\"'`]?[\w%+/=.~-]{16}", re.ASCII)
"""The start of a value after a blank; shorter texts are the next word of a sentence."""
_BARE: Final = re.compile(r"[!#-+\--:=?-\[\]-{}~]++")
_NAME_CHARACTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.$!%+^~-"
_RUN_AFTER: Final = re.compile(rf"(?:;[ ]?[\w.$!%&+^~-]++={_OCTET}*+)*+", re.ASCII)
_ATTRIBUTES: Final = re.compile(
    r"(?:;[ ]?(?:path|expires|max-age|domain|samesite|httponly|secure|priority|partitioned)"
    r"\b[^;\r\n\"'`]*+)++",
    re.IGNORECASE,
)
_CLOSING: Final = {")": "(", "]": "[", "}": "{", ">": "<", "'": "'", "`": "`"}
_ENDS_TEXT: Final = frozenset("\uff0c\u3002\uff1b\u3001\uff09\u3011\u300b\u300d\u300f\uff1a")
"""Chinese punctuation that may follow a value; other characters show that it was changed."""
_CLOSING_TAGS: Final = re.compile(r"(?:</\w{1,16}>)+\Z")
_CONTINUES: Final = re.compile(
    r"""
    \r?\n(?!\.?(?:[\w-]+\.)+[a-z]{2,6}[ \t]*+(?:\r?\n|\Z))  # a line with a host name
    (?P<rest>[\w%+/=.~-]{12,}+)[ \t]*+(?:[;\r\n"']|\Z)
    """,
    re.VERBOSE | re.ASCII,
)


def _recognizes(text: str) -> bool:
    return _NAME.search(text) is not None


def _read(source: Piece) -> Found:
    sent: list[SentHeader] = []
    stored: list[StoredCookie] = []
    end = 0
    for name in _NAME.finditer(source.text):
        if name.start() < end:
            continue
        if (run := _run(source, name, end)) is not None:
            header, end = run
            if is_set_cookie(header.text):
                stored.append(read_set_cookie(header))
            else:
                sent.append(SentHeader(without_variable(header)))
        elif value := _value(source, name.end()):
            piece, end = value
            stored.append(StoredCookie(name=source.cut(*name.span()), value=piece))
    found = Found(sent=tuple(sent), stored=tuple(stored))
    return with_origin(found, only_origin(source.text))


def _run(source: Piece, name: re.Match[str], after: int) -> tuple[Piece, int] | None:
    """Return the pairs around ``name=value``, and their end."""
    text = source.text
    if text[name.end() : name.end() + 1] != "=":
        return None
    value = _BARE.match(text, name.end() + 1)
    if value is None:
        return None
    start = _start_of_run(text, name.start(), after)
    end = value.end()
    if attributes := _ATTRIBUTES.match(text, end):
        end = attributes.end()
    elif rest := _RUN_AFTER.match(text, end):
        end = rest.end()
    end = _with_damage(text, _without_closing(text, start, end))
    return source.cut(start, end), end


def _start_of_run(text: str, start: int, after: int) -> int:
    """Return the start of the pairs before a position, on its line."""
    line = max(text.rfind("\n", after, start) + 1, after)
    position = start
    while position > line and ";" in text[max(line, position - 2) : position]:
        end = text.rindex(";", line, position)
        begin = max(text.rfind(mark, line, end) for mark in " ;\"'`\t") + 1
        name, equals, value = text[max(begin, line) : end].partition("=")
        if not equals or not value.isascii():
            break
        own = len(name) - len(name.rstrip(_NAME_CHARACTERS))
        if not own:
            break
        position = end - len(value) - 1 - own
        if own < len(name):
            break
    return position


def _value(source: Piece, position: int) -> tuple[Piece, int] | None:
    """Return the value after a name, and its end."""
    between = _BETWEEN.match(source.text, position)
    if between is None:
        return None
    if between["blank"] and not _TOKEN.match(source.text, between.end()):
        return None
    if quoted := _QUOTED.match(source.text, between.end()):
        piece = source.group(quoted, "value")
        return (unescaped(piece) if quoted["slashes"] == "" else piece), quoted.end()
    text, start = source.text, between.end()
    start += text[start : start + 1] in ('"', "'", "`")
    bare = _BARE.match(text, start)
    end = start if bare is None else _without_closing(text, start, bare.end())
    end = _with_damage(text, end)
    return None if end == start else (source.cut(start, end), end)


def _without_closing(text: str, start: int, end: int) -> int:
    """Exclude tags, brackets and quotes at the end that were opened before the value."""
    if tags := _CLOSING_TAGS.search(text, start, end):
        end = tags.start()
    while end > start and text[end - 1] in _CLOSING:
        opening = _CLOSING[text[end - 1]]
        inside = text.count(opening, start, end - 1)
        if inside and opening != text[end - 1]:
            break
        end -= 1
    return end


def _with_damage(text: str, end: int) -> int:
    """Include a character that shows that the value was changed, so that it is refused."""
    following = text[end : end + 1]
    if following and not following.isascii() and following not in _ENDS_TEXT:
        return end + (not following.isspace())
    if continued := _CONTINUES.match(text, end):
        return continued.end("rest")
    return end


FORMAT: Final = Format(
    recognizes=_recognizes,
    read=_read,
    nothing_found="There is no cookie for the site in it",
    found_by="name",
)
