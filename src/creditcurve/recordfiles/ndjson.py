"""NDJSON: one JSON object per line."""

import codecs
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from functools import partial
from typing import BinaryIO, Final

import msgspec

from creditcurve import decoding
from creditcurve.domain.record import Record
from creditcurve.domain.unit import Unit
from creditcurve.recordfiles.record import (
    MAX_RECORD_BYTES,
    FileRecord,
    RecordFileError,
    to_file,
)

_PATH: Final = re.compile(r" - at `\$\.?([^`]*)`$")
_encoder: Final = msgspec.json.Encoder(decimal_format="number")


async def write(chunks: AsyncIterator[list[Record]], _unit: Unit) -> AsyncIterator[bytes]:
    """Yield the file, one piece per chunk of records; it does not name the unit of amounts."""
    async for records in chunks:
        yield encode_lines(records)


def read(file: BinaryIO) -> Iterator[tuple[int, FileRecord]]:
    """Yield each record with its line number.

    Raises:
        RecordFileError: a line is not a record.
    """
    for number, line in enumerate(iter(partial(file.readline, MAX_RECORD_BYTES + 1), b""), 1):
        if len(line) > MAX_RECORD_BYTES:
            raise RecordFileError(number, "longer than any record")
        text = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if text.strip():
            yield number, decode(number, text)


def encode(record: Record) -> bytes:
    """Encode one record as JSON."""
    return _encoder.encode(to_file(record))


def encode_lines(records: Iterable[Record]) -> bytes:
    """Encode records as JSON, one per line."""
    return _encoder.encode_lines([to_file(record) for record in records])


def decode(line: int, text: bytes | str) -> FileRecord:
    """Decode one record.

    Raises:
        RecordFileError: it is not one.
    """
    try:
        return decoding.decode(text, FileRecord)
    except msgspec.ValidationError as error:
        raise RecordFileError(line, _reason(error)) from error
    except (msgspec.DecodeError, UnicodeError, ValueError, RecursionError) as error:
        raise RecordFileError(line, "not a JSON object in UTF-8") from error


def _reason(error: msgspec.ValidationError) -> str:
    text, _, _ = str(error).partition(" - at ")
    path = _PATH.search(str(error))
    return f"{path[1]}: {text[:1].lower()}{text[1:]}" if path and path[1] else text
