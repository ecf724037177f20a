"""Read an answer by its new rows: a row that came in the last answer is not parsed again.

Answers repeat nearly all of their rows. They are recognized by their bytes, which is exact: equal
bytes are equal records.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from creditcurve.decoding import decode
from creditcurve.domain.record import Answer, Record
from creditcurve.domain.reject import UnreadableRowError
from creditcurve.upstream.errors import NotJsonError
from creditcurve.upstream.json_text import JsonText
from creditcurve.upstream.row import read_row
from creditcurve.upstream.wire import MAX_ROWS, read_usage

MAX_KNOWN: Final = 10_000
"""Rows to remember, some 400 bytes each."""

_NOT_PLAIN: Final = (
    msgspec.MsgspecError,
    NotJsonError,
    RecursionError,
    UnicodeDecodeError,
    UnreadableRowError,
)


class KnownRows:
    """The rows of the last answer and their records."""

    def __init__(self) -> None:
        self._records: dict[bytes, Record] = {}

    def read_usage(self, body: bytes, *, now_ms: int) -> Answer:
        """Read an answer of the usage endpoint; see ``wire.read_usage`` for its errors."""
        records = self._records_of(body, now_ms)
        if records is None:
            return read_usage(body, now_ms=now_ms)
        return Answer(records=records)

    def _records_of(self, body: bytes, now_ms: int) -> tuple[Record, ...] | None:
        """Return the records; None for anything but an array in which every row is readable."""
        try:
            rows = list(map(bytes, decode(body, list[msgspec.Raw])))
            if len(rows) > MAX_ROWS:
                return None
            records = [self._records.get(row) or _record_of(row, now_ms) for row in rows]
        except _NOT_PLAIN:
            return None
        self._remember(rows, records)
        return tuple(records)

    def _remember(self, rows: Sequence[bytes], records: Sequence[Record]) -> None:
        self._records = dict(zip(rows[:MAX_KNOWN], records, strict=False))


def _record_of(row: bytes, now_ms: int) -> Record:
    text = row.decode("utf-8")
    json = JsonText(text)
    value = json.value()
    json.end()
    return read_row(value, text, now_ms=now_ms, has_constant=json.has_constant)
