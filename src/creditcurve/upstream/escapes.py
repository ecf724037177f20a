"""Undo the escapes that web pages, scripts and addresses use for single ASCII characters.

A text may be escaped several times, for instance JSON in a string of JSON, so escapes are undone in
layers. Each layer can return to the place in the text before it. The time is linear in the text.
"""

import re
from bisect import bisect_right
from html.entities import html5
from typing import Final

from msgspec import Struct

MAX_LAYERS: Final = 6

_HEX: Final = rb"[0-9a-fA-F]"
_ESCAPE: Final = re.compile(
    rb"\\(?:u00(?P<u>%(hex)s{2})|u\{0{0,6}(?P<braced>%(hex)s{2})\}|x(?P<x>%(hex)s{2})"
    rb"|(?P<octal>[01][0-7]{2})|(?P<self>[\\/\"'&]))"
    rb"|%%(?P<percent>%(hex)s{2})|%%u00(?P<old>%(hex)s{2})"
    rb"|&(?:#0{0,8}(?P<decimal>\d{1,3})|#[xX]0{0,8}(?P<entity>%(hex)s{1,2}));?"
    rb"|&(?P<name>[A-Za-z]{2,9});" % {b"hex": _HEX}
)
_NAMED: Final = {
    name.removesuffix(";").encode(): ord(character)
    for name, character in html5.items()
    if len(character) == 1 and character.isascii()
}
_BASES: Final = {"decimal": 10, "octal": 8}


class Layer(Struct, frozen=True):
    """A text without its outermost escapes.

    Attributes:
        text: the text.
        ends: where each undone escape ends in it.
        origins: where each escape ended in the text before.
    """

    text: bytes
    ends: list[int]
    origins: list[int]

    def origin(self, at: int) -> int:
        """Return the place in the text before of a place between two characters."""
        index = bisect_right(self.ends, at) - 1
        return at if index < 0 else self.origins[index] + at - self.ends[index]


def unescaped(text: bytes) -> Layer | None:
    """Undo the outermost escapes; None if there is none."""
    parts, ends, origins = bytearray(), [], []
    done = 0
    for match in _ESCAPE.finditer(text):
        code = _code(match)
        if code is None:
            continue
        parts += text[done : match.start()]
        parts.append(code)
        done = match.end()
        ends.append(len(parts))
        origins.append(done)
    return Layer(bytes(parts + text[done:]), ends, origins) if ends else None


def _code(match: re.Match[bytes]) -> int | None:
    """Return the code of an escaped ASCII character, None for others."""
    kind = str(match.lastgroup)
    given = match[kind]
    if kind == "self":
        return given[0]
    code = _NAMED.get(given) if kind == "name" else int(given, _BASES.get(kind, 16))
    return code if code is not None and code < 0x80 else None
