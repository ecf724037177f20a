"""JSON: one array of records, in any layout. Only a window of the file is in memory."""

import codecs
import json
import re
from collections.abc import AsyncIterator, Iterator
from typing import BinaryIO, Final

from creditcurve.domain.record import Record
from creditcurve.domain.unit import Unit
from creditcurve.recordfiles.ndjson import decode, encode
from creditcurve.recordfiles.record import MAX_RECORD_BYTES, FileRecord, RecordFileError

_WINDOW_BYTES: Final = 262_144
_BLANK: Final = re.compile(r"[ \t\r\n]*")


async def write(chunks: AsyncIterator[list[Record]], _unit: Unit) -> AsyncIterator[bytes]:
    """Yield the file, one piece per chunk of records; it does not name the unit of amounts."""
    separator = b"["
    async for records in chunks:
        if records:
            yield separator + b",\n".join(encode(record) for record in records)
            separator = b",\n"
    yield b"[]\n" if separator == b"[" else b"]\n"


def read(file: BinaryIO) -> Iterator[tuple[int, FileRecord]]:
    """Yield each record with the number of its first line.

    Raises:
        RecordFileError: the file is not an array of records.
    """
    text = _Window(file)
    if text.next_character() != "[":
        raise RecordFileError(text.line, "not a JSON array of records")
    is_open = not text.skip("]")
    while is_open:
        line, element = text.element()
        yield line, decode(line, element)
        mark = text.next_character()
        if mark not in (",", "]"):
            raise RecordFileError(text.line, "neither the next record nor the end of the array")
        is_open = mark == ","
    if text.next_character():
        raise RecordFileError(text.line, "more text after the end of the array")


class _Window:
    """A cursor over a JSON text that is read in pieces; ``line`` is the cursor's line."""

    def __init__(self, file: BinaryIO) -> None:
        self.line = 1
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._text = ""
        self._at = 0
        self._scan = json.JSONDecoder().raw_decode

    def next_character(self) -> str:
        """Return the next character that is not blank and move past it; empty at the end."""
        self._skip_blank()
        character = self._text[self._at : self._at + 1]
        self._at += 1
        return character

    def skip(self, character: str) -> bool:
        """Move past the next character if it is this one."""
        self._skip_blank()
        is_next = self._text.startswith(character, self._at)
        self._at += is_next
        return is_next

    def element(self) -> tuple[int, str]:
        """Return the next object as text, with the number of its first line."""
        self._skip_blank()
        line = self.line
        if self._text[self._at : self._at + 1] != "{":
            raise RecordFileError(line, "not a record")
        while (end := self._end()) is None:
            if len(self._text) - self._at > MAX_RECORD_BYTES or not self._read_more():
                raise RecordFileError(line, "not a JSON object in UTF-8")
        element = self._text[self._at : end]
        self._move(end)
        return line, element

    def _end(self) -> int | None:
        """Return the end of the object at the cursor; None if the window does not contain it."""
        try:
            return self._scan(self._text, self._at)[1]
        except (ValueError, RecursionError):
            return None

    def _skip_blank(self) -> None:
        while True:
            blank = _BLANK.match(self._text, self._at)
            self._move(blank.end() if blank else self._at)
            if self._at < len(self._text) or not self._read_more():
                return

    def _move(self, to: int) -> None:
        self.line += self._text.count("\n", self._at, to)
        self._at = to

    def _read_more(self) -> bool:
        """Drop the text before the cursor and read the next piece; return False at the end."""
        piece = self._file.read(_WINDOW_BYTES)
        try:
            text = self._decode(piece, not piece)
        except UnicodeDecodeError as error:
            raise RecordFileError(self.line, "not UTF-8") from error
        self._text = self._text[self._at :] + text
        self._at = 0
        return bool(piece)
