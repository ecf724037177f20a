"""JSON read strictly and losslessly, by the piece.

Strict as RFC 8259 and RFC 7493 are: UTF-8 without a BOM, no duplicate names, nothing after the end.
Lossless: numbers stay as they were written, and each piece is handed out with its own text. One
leniency, so that one bad row fails alone: ``NaN`` and ``Infinity`` are read, and reported by
``has_constant``.
"""

import json
from collections.abc import Iterator
from typing import Final, TypeAlias

from creditcurve.upstream.errors import NotJsonError

MAX_NUMERAL_LENGTH: Final = 1_000
"""A longer number is no JSON that anything writes; reading it as a number would be costly."""

_SPACE: Final = " \t\n\r"


class Numeral:
    """A number as it was written."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        if len(text) > MAX_NUMERAL_LENGTH:
            raise ValueError("a number of more than 1,000 digits")
        self.text = text


Json: TypeAlias = "bool | str | Numeral | list[Json] | dict[str, Json] | None"


class JsonText:
    """One JSON text, read from front to back by a cursor.

    Every method raises ``NotJsonError`` where the text is no JSON.

    Attributes:
        text: the whole.
        has_constant: whether the value read last holds ``NaN`` or ``Infinity``.
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
        """The text of a body."""
        try:
            return cls(body.decode("utf-8"))
        except UnicodeDecodeError:
            raise NotJsonError from None

    def peek(self) -> str:
        """The next character that is not space; empty at the end."""
        while self.text[self._at : self._at + 1] in _SPACE and self._at < len(self.text):
            self._at += 1
        return self.text[self._at : self._at + 1]

    def value(self) -> Json:
        """Read the next value whole."""
        self.peek()
        self.has_constant = False
        try:
            value, self._at = self._decoder.raw_decode(self.text, self._at)
        except (ValueError, RecursionError):
            raise NotJsonError from None
        return value  # type: ignore[no-any-return] # what the hooks make is Json

    def elements(self) -> Iterator[tuple[Json, str]]:
        """Read an array: each element with its own text."""
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
        """Read an object: each name, with its own text; the caller reads the value after it."""
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
        """Read the next value, for its text alone."""
        self.peek()
        start = self._at
        self.value()
        return self.text[start : self._at]

    def end(self) -> None:
        """Make sure that nothing follows."""
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
        raise ValueError("a name stands twice in one object")
    return fields
