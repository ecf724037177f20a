"""CSV that a spreadsheet never evaluates and that reads back unchanged.

A spreadsheet runs a cell as a formula if it starts with ``=``, ``+``, ``-`` or ``@``, in ASCII or
full width (OWASP, "CSV Injection"). Which cells it sees depends on its separator: with ``;`` or a
tab, the text ``a;=1+1`` becomes two cells. An apostrophe is therefore inserted before each
formula, at the start of a text and after each possible separator in it. At the start of a text,
an apostrophe is doubled; a single one is an empty text, and an empty cell is a missing value.
"""

import csv
import io
import re
from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import BinaryIO, Final

import msgspec

from creditcurve.domain.instant import to_iso
from creditcurve.domain.record import Record
from creditcurve.domain.unit import Unit
from creditcurve.recordfiles.record import (
    COLUMNS,
    MAX_RECORD_BYTES,
    NULL,
    OPTIONAL_COLUMNS,
    FileRecord,
    RecordFileError,
    parse_amount,
    parse_integer,
)

CREDITS: Final = "credits"
MILLIYUAN: Final = "milliyuan"
"""The name of the column of credits where the site counts in thousandths of a yuan."""

_FORMULA: Final = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"
_AT_START: Final = re.compile(rf"['\t\r\n]|[\" ]*{_FORMULA}")
_AFTER_SEPARATOR: Final = re.compile(rf"(?<=[;\t\r\n])(?=['\" ]*{_FORMULA})")
_ESCAPED: Final = re.compile(rf"(?<=[;\t\r\n])'(?=['\" ]*{_FORMULA})")


async def write(chunks: AsyncIterator[list[Record]], unit: Unit) -> AsyncIterator[bytes]:
    """Yield the file, one piece per chunk of records; the header names the unit of amounts."""
    amounts = MILLIYUAN if unit is Unit.YUAN else CREDITS
    yield _encode([[amounts if name == CREDITS else name for name in COLUMNS]])
    async for records in chunks:
        yield _encode([_cells(record) for record in records])


def read(file: BinaryIO) -> Iterator[tuple[int, FileRecord]]:
    """Yield each record with the number of its first line.

    Raises:
        RecordFileError: a row is not a record, or the columns are not those of an export.
    """
    rows = csv.reader(_bounded_lines(file), strict=True)
    line = 1
    try:
        header = [CREDITS if name == MILLIYUAN else name for name in next(rows, [])]
        _check_columns(header)
        line = rows.line_num + 1
        for cells in rows:
            if cells:
                yield line, _record(line, header, cells)
            line = rows.line_num + 1
    except csv.Error as error:
        raise RecordFileError(line, f"not CSV ({error})") from error
    except UnicodeDecodeError as error:
        raise RecordFileError(line, "not UTF-8") from error


def escape_formula(text: str) -> str:
    """Insert an apostrophe wherever a spreadsheet could see the start of a formula."""
    escaped = _AFTER_SEPARATOR.sub("'", text)
    return "'" + escaped if _AT_START.match(escaped) else escaped


def unescape_formula(text: str) -> str:
    """Undo ``escape_formula``."""
    if "'" not in text:
        return text
    return _ESCAPED.sub("", text.removeprefix("'"))


def _encode(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _cells(record: Record) -> list[str]:
    amount = record.credits
    return [
        str(record.id),
        to_iso(record.t_ms),
        escape_formula(record.type),
        escape_formula(record.endpoint),
        escape_formula(record.model),
        str(amount) if isinstance(amount, int) else f"{amount:f}",
        "" if record.status is None else str(record.status),
        "" if record.api_key is None else escape_formula(record.api_key) or "'",
        "true" if record.counts else "false",
        escape_formula(record.extra),
    ]


def _bounded_lines(file: BinaryIO) -> Iterator[str]:
    encoding = "utf-8-sig"
    for line in iter(partial(file.readline, MAX_RECORD_BYTES + 1), b""):
        if len(line) > MAX_RECORD_BYTES:
            raise csv.Error("a line is longer than any record")
        yield line.decode(encoding)
        encoding = "utf-8"


def _check_columns(header: list[str]) -> None:
    unknown = [name for name in header if name not in COLUMNS]
    missing = [name for name in COLUMNS if name not in header and name not in OPTIONAL_COLUMNS]
    if missing:
        raise RecordFileError(1, f"the column {missing[0]} is missing")
    if unknown or len(set(header)) != len(header):
        raise RecordFileError(1, f"the column {(unknown or header)[0]} is not one of an export")


def _record(line: int, header: list[str], cells: list[str]) -> FileRecord:
    if len(cells) != len(header):
        raise RecordFileError(line, f"{len(cells)} cells under {len(header)} columns")
    given = dict(zip(header, cells, strict=True))
    extra = unescape_formula(given.get("extra", ""))
    try:
        return FileRecord(
            id=given["id"],
            created_at=given["created_at"],
            type=unescape_formula(given["type"]),
            endpoint=unescape_formula(given["endpoint"]),
            model=unescape_formula(given["model"]),
            credits=parse_amount(given["credits"]),
            status=parse_integer("status", given["status"]) if given.get("status") else None,
            api_key=unescape_formula(given["api_key"]) if given.get("api_key") else None,
            extra=msgspec.Raw(extra.encode()) if extra else NULL,
        )
    except ValueError as error:
        raise RecordFileError(line, str(error)) from error
