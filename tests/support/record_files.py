"""Writing and reading record files in tests."""

import io
import time
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest

from creditcurve.domain.record import EARLIEST_MS, Record
from creditcurve.recordfiles import FileFormat, RecordFileError, read_records, write_records

NOW_MS: Final = time.time_ns() // 1_000_000


def record(number: int, **fields: Any) -> Record:
    """Return an ordinary record."""
    usual = {"id": number, "t_ms": EARLIEST_MS + number, "type": "USAGE", "endpoint": "v1/messages"}
    return Record(**{**usual, "model": "opus", "credits": 5, "status": 200, **fields})


async def written(records: list[Record], form: FileFormat) -> bytes:
    """Return the file of some records."""

    async def chunks() -> AsyncIterator[list[Record]]:
        yield records

    return b"".join([piece async for piece in write_records(chunks(), form)])


def records_of(content: bytes, form: FileFormat) -> list[Record]:
    """Return the records of a file."""
    return [placed.record for placed in read_records(io.BytesIO(content), form, now_ms=NOW_MS)]


def refusal_of(content: bytes, form: FileFormat) -> tuple[int, str]:
    """Return the line and the reason with which a file is refused."""
    with pytest.raises(RecordFileError) as refusal:
        records_of(content, form)
    return refusal.value.line, refusal.value.reason
