"""Files of records: one codec per format, each writes and reads in constant memory.

A new format is one module with ``write`` and ``read``, and one line each in ``FileFormat``,
``_MEDIA_TYPES`` and ``_codec``, which imports the codecs at their first use.
"""

from collections.abc import AsyncIterator, Iterator
from enum import StrEnum
from typing import BinaryIO, Final, NamedTuple, Protocol

from creditcurve.domain.record import Record
from creditcurve.domain.unit import Unit
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

    def write(self, chunks: AsyncIterator[list[Record]], unit: Unit, /) -> AsyncIterator[bytes]: ...

    def read(self, file: BinaryIO) -> Iterator[tuple[int, FileRecord]]: ...


_MEDIA_TYPES: Final = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.NDJSON: "application/x-ndjson",
    FileFormat.JSON: "application/json",
}


def media_type(form: FileFormat) -> str:
    """Return the media type of a format."""
    return _MEDIA_TYPES[form]


def write_records(
    chunks: AsyncIterator[list[Record]], form: FileFormat, unit: Unit = Unit.CREDITS
) -> AsyncIterator[bytes]:
    """Yield a file in pieces, one per chunk of records; a CSV file names the unit of amounts."""
    return _codec(form).write(chunks, unit)


def read_records(file: BinaryIO, form: FileFormat, *, now_ms: int) -> Iterator[PlacedRecord]:
    """Yield the records of a file in its order.

    Args:
        file: read once, from its current position.
        form: its format.
        now_ms: records of more than a day after this instant are refused.

    Raises:
        RecordFileError: raised by the iterator at the first piece that is not a record.
    """
    for line, given in _codec(form).read(file):
        try:
            yield PlacedRecord(line, from_file(given, now_ms=now_ms))
        except ValueError as error:
            raise RecordFileError(line, str(error)) from error


def _codec(form: FileFormat) -> _Codec:
    from creditcurve.recordfiles import (  # noqa: PLC0415 - the server needs none at its start
        csv,
        json_array,
        ndjson,
    )

    codecs: dict[FileFormat, _Codec] = {
        FileFormat.CSV: csv,
        FileFormat.NDJSON: ndjson,
        FileFormat.JSON: json_array,
    }
    return codecs[form]
