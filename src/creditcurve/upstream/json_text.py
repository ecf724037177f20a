"""Parse JSON strictly, losslessly and piece by piece.

Strict by RFC 8259 and RFC 7493: UTF-8 without a BOM, no duplicate names, nothing after the end.
Lossless: numbers keep their spelling, and each piece is returned with its text. One exception, so
that a bad row does not affect the others: ``NaN`` and ``Infinity`` are parsed and reported by
``has_constant``.
"""

import json
from collections.abc import Iterator
from typing import Final, TypeAlias

from creditcurve.upstream.errors import NotJsonError

MAX_NUMERAL_LENGTH: Final = 1_000
"""No program writes longer numbers; parsing them would be costly."""

_SPACE: Final = " \t\n\r"


class Numeral:
    """A number with its spelling."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        if len(text) > MAX_NUMERAL_LENGTH:
            raise ValueError("a number of more than 1,000 digits")
        self.text = text


Json: TypeAlias = "bool | str | Numeral | list[Json] | dict[str, Json] | None"


class JsonText:
    """A cursor over one JSON text.

    Every method raises ``NotJsonError`` if the text is not JSON.

    Attributes:
        text: the whole.
        has_constant: whether the last value contains ``NaN`` or ``Infinity``.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.has_constant = False
        self._at = 0
        self._decoder = json.JSONDecoder(
            parse_int=Numeral,
            parse_float=Numeral,
            parse_constant=self._constant,
            object_pairs_hook=_object,
        )

    @classmethod
    def of(cls, body: bytes) -> "JsonText":
        """Return the text of a body."""
        try:
            return cls(body.decode("utf-8"))
        except UnicodeDecodeError:
            raise NotJsonError from None

    def peek(self) -> str:
        """Return the next character that is not white space; empty at the end."""
        while self.text[self._at : self._at + 1] in _SPACE and self._at < len(self.text):
            self._at += 1
        return self.text[self._at : self._at + 1]

    def value(self) -> Json:
        """Read the next value."""
        self.peek()
        self.has_constant = False
        try:
            value, self._at = self._decoder.raw_decode(self.text, self._at)
        except (ValueError, RecursionError):
            raise NotJsonError from None
        return value  # type: ignore[no-any-return] # what the hooks make is Json

    def elements(self) -> Iterator[tuple[Json, str]]:
        """Read an array: return each element with its text."""
        self._expect("[")
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            self.peek()
            start = self._at
            value = self.value()
            yield value, self.text[start : self._at]
            if self._expect(",]") == "]":
                return

    def members(self) -> Iterator[tuple[str, str]]:
        """Read an object: return each name with its text; the caller reads the value after it."""
        self._expect("{")
        if self.peek() == "}":
            self._at += 1
            return
        seen: set[str] = set()
        while True:
            self.peek()
            start = self._at
            name = self.value()
            if not isinstance(name, str) or name in seen:
                raise NotJsonError
            seen.add(name)
            raw_name = self.text[start : self._at]
            self._expect(":")
            yield name, raw_name
            if self._expect(",}") == "}":
                return

    def raw_value(self) -> str:
        """Read the next value and return only its text."""
        self.peek()
        start = self._at
        self.value()
        return self.text[start : self._at]

    def end(self) -> None:
        """Check that nothing follows."""
        if self.peek():
            raise NotJsonError

    def _expect(self, marks: str) -> str:
        mark = self.peek()
        if not mark or mark not in marks:
            raise NotJsonError
        self._at += 1
        return mark

    def _constant(self, text: str) -> Numeral:
        self.has_constant = True
        return Numeral(text)


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a repeated name in one object")
    return fields
