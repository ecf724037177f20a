"""Files of records: one codec per format, each writes and reads in constant memory.

A new format is one module with ``MEDIA_TYPE``, ``write`` and ``read``, and one line in ``_CODECS``.
"""

from collections.abc import AsyncIterator, Iterator
from enum import StrEnum
from typing import BinaryIO, Final, NamedTuple, Protocol

from creditcurve.domain.record import Record
from creditcurve.domain.unit import Unit
from creditcurve.recordfiles import csv, json_array, ndjson
from creditcurve.recordfiles.ndjson import encode_lines
from creditcurve.recordfiles.record import (
    MAX_RECORD_BYTES,
    FileRecord,
    RecordFileError,
    from_file,
)

__all__ = [
    "MAX_RECORD_BYTES",
    "FileFormat",
    "PlacedRecord",
    "RecordFileError",
    "encode_lines",
    "media_type",
    "read_records",
    "write_records",
]


class FileFormat(StrEnum):
    """The formats of an export."""

    CSV = "csv"
    NDJSON = "ndjson"
    JSON = "json"


class PlacedRecord(NamedTuple):
    """A record and the number of its first line in the file."""

    line: int
    record: Record


class _Codec(Protocol):
    """A module that writes and reads one format."""

    MEDIA_TYPE: str

    def write(self, chunks: AsyncIterator[list[Record]]) -> AsyncIterator[bytes]: ...

    def read(self, file: BinaryIO) -> Iterator[tuple[int, FileRecord]]: ...


_CODECS: Final[dict[FileFormat, _Codec]] = {
    FileFormat.CSV: csv,
    FileFormat.NDJSON: ndjson,
    FileFormat.JSON: json_array,
}


def media_type(form: FileFormat) -> str:
    """Return the media type of a format."""
    return _CODECS[form].MEDIA_TYPE


def write_records(
    chunks: AsyncIterator[list[Record]], form: FileFormat, unit: Unit = Unit.CREDITS
) -> AsyncIterator[bytes]:
    """Yield a file in pieces, one per chunk of records; a CSV file names the unit of amounts."""
    return csv.write(chunks, unit) if form is FileFormat.CSV else _CODECS[form].write(chunks)


def read_records(file: BinaryIO, form: FileFormat, *, now_ms: int) -> Iterator[PlacedRecord]:
    """Yield the records of a file in its order.

    Args:
        file: read once, from its current position.
        form: its format.
        now_ms: records of more than a day after this instant are refused.

    Raises:
        RecordFileError: raised by the iterator at the first piece that is not a record.
    """
    for line, given in _CODECS[form].read(file):
        try:
            yield PlacedRecord(line, from_file(given, now_ms=now_ms))
        except ValueError as error:
            raise RecordFileError(line, str(error)) from error
