"""Records as files: CSV, JSON, or one JSON object per line. Written in pieces, read back the same.

A CSV cell that a spreadsheet would run as a formula is led by an apostrophe (OWASP, "CSV
Injection"); an apostrophe that stood there already is doubled, and alone it means a text without
characters, where an empty cell means none at all: reading it back loses nothing.
"""

import csv
import io
from collections.abc import AsyncIterator, Iterable
from enum import StrEnum

import msgspec

from creditcurve.api.schema import ExportedRecord
from creditcurve.domain.instant import to_iso
from creditcurve.domain.record import Record

_LEAD = ("id", "created_at")
COLUMNS = (*_LEAD, *(name for name in ExportedRecord.__struct_fields__ if name not in _LEAD))
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")

_encoder = msgspec.json.Encoder(decimal_format="number")


class Form(StrEnum):
    """The forms of an export."""

    CSV = "csv"
    NDJSON = "ndjson"
    JSON = "json"


MEDIA_TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.NDJSON: "application/x-ndjson",
    Form.JSON: "application/json",
}


async def written(chunks: AsyncIterator[list[Record]], form: Form) -> AsyncIterator[bytes]:
    """The file, piece by piece: memory holds one chunk of records at a time."""
    match form:
        case Form.CSV:
            yield _csv_lines([list(COLUMNS)])
            async for records in chunks:
                yield _csv_lines([_cells(record) for record in records])
        case Form.NDJSON:
            async for records in chunks:
                yield lines(records)
        case Form.JSON:
            lead = b"["
            async for records in chunks:
                if records:
                    yield lead + b",\n".join(
                        _encoder.encode(ExportedRecord.of(record)) for record in records
                    )
                    lead = b",\n"
            yield b"[]\n" if lead == b"[" else b"]\n"


def lines(records: Iterable[Record]) -> bytes:
    """Records as JSON, each on a line of its own."""
    return _encoder.encode_lines([ExportedRecord.of(record) for record in records])


def live(text: str) -> str:
    """The text that a cell stands for."""
    return text.removeprefix("'")


def _csv_lines(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _cells(record: Record) -> list[str]:
    return [
        str(record.id),
        to_iso(record.t_ms),
        _inert(record.type),
        _inert(record.endpoint),
        _inert(record.model),
        f"{record.credits:f}" if not isinstance(record.credits, int) else str(record.credits),
        "" if record.status is None else str(record.status),
        "" if record.api_key is None else _inert(record.api_key) or "'",
        "true" if record.counts else "false",
        _inert(record.extra),
    ]


def _inert(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA_STARTS) else text
