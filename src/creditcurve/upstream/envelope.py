"""Rows inside an envelope that this version does not know.

An answer such as ``{"result":{"list":[…]}}``, or one value per line, may mean anything, so its rows
are not read as records; they are found here so that each can be quarantined with its own text.
"""

from collections.abc import Iterator
from typing import Final

import msgspec

from creditcurve.domain.record import shown
from creditcurve.upstream.errors import NotJsonError
from creditcurve.upstream.json_text import Json, JsonText

MAX_DEPTH: Final = 6
_FIELDS_OF_A_ROW: Final = frozenset({"id", "type", "endpoint", "creditsUsed", "createdAt", "model"})
_FIELDS_NEEDED: Final = 3


class EnvelopedRow(msgspec.Struct, frozen=True):
    """A row, its text, and the names that lead to it, joined by dots."""

    value: Json
    raw: str
    path: str


def enveloped_rows(text: str, path: tuple[str, ...] = ()) -> Iterator[EnvelopedRow]:
    """Return the usage rows in a JSON text, at any place, in their order."""
    json = JsonText(text)
    if len(path) > MAX_DEPTH:
        return
    if json.peek() == "{":
        value = JsonText(text).value()
        if _is_row(value):
            yield EnvelopedRow(value, text, shown(".".join(path)))
            return
        for name, _ in json.members():
            yield from enveloped_rows(json.raw_value(), (*path, name))
    elif json.peek() == "[":
        for value, raw in json.elements():
            if _is_row(value):
                yield EnvelopedRow(value, raw, shown(".".join(path)))
            elif isinstance(value, dict | list):
                yield from enveloped_rows(raw, (*path, "[]"))


def line_rows(text: str) -> list[EnvelopedRow]:
    """Return the rows of NDJSON, one object per line; none if it contains anything else."""
    rows: list[EnvelopedRow] = []
    for line in filter(str.strip, text.splitlines()):
        try:
            value = JsonText(line).value()
        except NotJsonError:
            return []
        if not _is_row(value):
            return []
        rows.append(EnvelopedRow(value, line.strip(), ""))
    return rows


def _is_row(value: Json) -> bool:
    """Return whether a value has most of the fields that identify a usage row."""
    return isinstance(value, dict) and len(value.keys() & _FIELDS_OF_A_ROW) >= _FIELDS_NEEDED
