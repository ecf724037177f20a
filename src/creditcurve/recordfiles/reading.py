"""Exported records, read back: CSV, JSON, or one JSON object per line.

The other half of ``export.py``, and as exact. A file is read by the piece, whatever its length; the
first record that cannot be read ends the reading with the line that it stands on.
"""

import codecs
import csv
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO, Final, NamedTuple

import msgspec

from creditcurve.api.schema import NULL, ExportedRecord
from creditcurve.domain.credits import LONGEST_WRITTEN, Credits, parse_credits
from creditcurve.domain.instant import from_iso
from creditcurve.domain.record import (
    MAX_EXTRA_LENGTH,
    MAX_TEXT_LENGTH,
    STATUSES,
    Record,
    is_believable,
    on_one_line,
    shown,
)
from creditcurve.recordfiles.writing import COLUMNS, Form, live

MAX_RECORD_BYTES: Final = 1_048_576
"""A longer piece is no record: unknown fields, the longest part of one, have 64 KiB."""
_PIECE: Final = 262_144
_INT64: Final = range(-(2**63), 2**63)
_INTEGER: Final = re.compile(r"-?[0-9]{1,19}")
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_AT: Final = re.compile(r" - at `\$\.?([^`]*)`$")
_OPTIONAL: Final = frozenset({"status", "api_key", "counts", "extra"})


class Malformed(ValueError):  # noqa: N818 - a refusal of a file, with the place
    """What stands on a line is no record; ``reason`` says why in a few words."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"Line {line:,}: {reason}.")
        self.line = line
        self.reason = reason


class Placed(NamedTuple):
    """A record, and the line of its file on which it begins."""

    line: int
    record: Record


class WrittenRecord(ExportedRecord, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record as a file holds it; one that was made by hand may leave some fields out."""

    status: int | None = None
    api_key: str | None = None
    counts: bool = False  # what counts is decided anew: the file has no say
    extra: msgspec.Raw = NULL


def read(file: BinaryIO, form: Form, *, now_ms: int) -> Iterator[Placed]:
    """The records of a file, in its order.

    Args:
        file: the file, to be read once from here on.
        form: what it is written in.
        now_ms: records of more than a day after this are refused.

    Raises:
        Malformed: when the iteration comes to what is no record.
    """
    read_form: dict[Form, Callable[[BinaryIO], Iterator[tuple[int, WrittenRecord]]]] = {
        Form.CSV: _rows,
        Form.NDJSON: _lines,
        Form.JSON: _elements,
    }
    for line, written in read_form[form](file):
        try:
            yield Placed(line, _record(written, now_ms))
        except ValueError as error:
            raise Malformed(line, str(error)) from error


def _record(written: WrittenRecord, now_ms: int) -> Record:
    """The record, held to the same rules as a row of the site.

    Raises:
        ValueError: it breaks one.
    """
    if written.id not in _INT64:
        raise ValueError("id: not an integer of 64 bits")
    if written.status is not None and written.status not in STATUSES:
        raise ValueError("status: not between 0 and 999")
    return Record(
        id=written.id,
        t_ms=_created_at(written.created_at, now_ms),
        type=_text("type", written.type),
        endpoint=_text("endpoint", written.endpoint),
        model=_text("model", written.model),
        credits=_credits(written.credits),
        status=written.status,
        api_key=None if written.api_key is None else _text("api_key", written.api_key),
        extra=_extra(written.extra),
    )


def _created_at(text: str, now_ms: int) -> int:
    try:
        t_ms = from_iso(text)
    except (ValueError, OverflowError):
        raise ValueError("created_at: not an ISO 8601 moment with its zone") from None
    if not is_believable(t_ms, now_ms=now_ms):
        raise ValueError("created_at: not between the year 2020 and tomorrow")
    return t_ms


def _text(name: str, text: str) -> str:
    if shown(text) != text:
        raise ValueError(f"{name}: longer than {MAX_TEXT_LENGTH} characters, or not a text")
    return text


def _credits(amount: Credits) -> Credits:
    """The amount in its one form; ``str`` first, for 1e999999999 must not be written out."""
    return amount if isinstance(amount, int) and abs(amount) < 2**63 else _parsed(str(amount))


def _parsed(literal: str) -> Credits:
    return parse_credits(literal, longest=LONGEST_WRITTEN)


def _extra(raw: msgspec.Raw) -> str:
    if raw == NULL:
        return ""
    text = bytes(raw).decode()
    if len(text) > MAX_EXTRA_LENGTH:
        raise ValueError(f"extra: longer than {MAX_EXTRA_LENGTH:,} characters")
    try:
        msgspec.json.decode(text, type=dict[str, object])
    except (msgspec.MsgspecError, RecursionError):
        raise ValueError("extra: not a JSON object") from None
    return on_one_line(text)


# One JSON object per line.


def _lines(file: BinaryIO) -> Iterator[tuple[int, WrittenRecord]]:
    for number, line in enumerate(iter(partial(file.readline, MAX_RECORD_BYTES + 1), b""), 1):
        if len(line) > MAX_RECORD_BYTES:
            raise Malformed(number, "longer than any record")
        text = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if text.strip():
            yield number, _decoded(number, text)


def _decoded(line: int, text: bytes | str) -> WrittenRecord:
    try:
        return msgspec.json.decode(text, type=WrittenRecord)
    except msgspec.ValidationError as error:
        raise Malformed(line, _reason(error)) from error
    except (msgspec.DecodeError, UnicodeError, ValueError, RecursionError) as error:
        raise Malformed(line, "not a JSON object in UTF-8") from error


def _reason(error: msgspec.ValidationError) -> str:
    text, _, _ = str(error).partition(" - at ")
    at = _AT.search(str(error))
    return f"{at[1]}: {text[:1].lower()}{text[1:]}" if at and at[1] else text


# A JSON array, of whatever layout.


def _elements(file: BinaryIO) -> Iterator[tuple[int, WrittenRecord]]:
    text = _Text(file)
    if text.next_mark() != "[":
        raise Malformed(text.line, "not a JSON array of records")
    is_open = not text.takes("]")
    while is_open:
        line, element = text.element()
        yield line, _decoded(line, element)
        mark = text.next_mark()
        if mark not in (",", "]"):
            raise Malformed(text.line, "neither the next record nor the end of the array")
        is_open = mark == ","
    if text.next_mark():
        raise Malformed(text.line, "something stands behind the array")


class _Text:
    """A JSON text of which only a window is in memory; ``line`` is where the cursor stands."""

    def __init__(self, file: BinaryIO) -> None:
        self.line = 1
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._window = ""
        self._at = 0
        self._scan = json.JSONDecoder().raw_decode

    def next_mark(self) -> str:
        """Move past the next character that is no space, and give it; empty at the end."""
        self._skip_space()
        mark = self._window[self._at : self._at + 1]
        self._at += 1
        return mark

    def takes(self, mark: str) -> bool:
        """Move past the next character if it is that one."""
        self._skip_space()
        is_there = self._window.startswith(mark, self._at)
        self._at += is_there
        return is_there

    def element(self) -> tuple[int, str]:
        """The next value, an object: its text, and the line on which it begins."""
        self._skip_space()
        line = self.line
        if self._window[self._at : self._at + 1] != "{":
            raise Malformed(line, "not a record")
        while (end := self._end()) is None:
            if len(self._window) - self._at > MAX_RECORD_BYTES or not self._more():
                raise Malformed(line, "not a JSON object in UTF-8")
        element = self._window[self._at : end]
        self._move(end)
        return line, element

    def _end(self) -> int | None:
        """Where the object ends; None where its end is not in the window."""
        try:
            return self._scan(self._window, self._at)[1]
        except (ValueError, RecursionError):
            return None

    def _skip_space(self) -> None:
        while True:
            space = _SPACE.match(self._window, self._at)
            self._move(space.end() if space else self._at)
            if self._at < len(self._window) or not self._more():
                return

    def _move(self, to: int) -> None:
        self.line += self._window.count("\n", self._at, to)
        self._at = to

    def _more(self) -> bool:
        """Read on, forgetting what was passed; whether there was more."""
        piece = self._file.read(_PIECE)
        try:
            text = self._decode(piece, not piece)
        except UnicodeDecodeError as error:
            raise Malformed(self.line, "not UTF-8") from error
        self._window = self._window[self._at :] + text
        self._at = 0
        return bool(piece)


# CSV, with what keeps a spreadsheet from running it undone.


def _rows(file: BinaryIO) -> Iterator[tuple[int, WrittenRecord]]:
    rows = csv.reader(_bounded_lines(file), strict=True)
    line = 1
    try:
        header = next(rows, [])
        _accept(header)
        line = rows.line_num + 1
        for cells in rows:
            if cells:
                yield line, _of_cells(line, header, cells)
            line = rows.line_num + 1
    except csv.Error as error:
        raise Malformed(line, f"not CSV ({error})") from error
    except UnicodeDecodeError as error:
        raise Malformed(line, "not UTF-8") from error


def _bounded_lines(file: BinaryIO) -> Iterator[str]:
    encoding = "utf-8-sig"
    for line in iter(partial(file.readline, MAX_RECORD_BYTES + 1), b""):
        if len(line) > MAX_RECORD_BYTES:
            raise csv.Error("a line is longer than any record")
        yield line.decode(encoding)
        encoding = "utf-8"


def _accept(header: list[str]) -> None:
    """Refuse columns that are not an export's."""
    unknown = [name for name in header if name not in COLUMNS]
    missing = [name for name in COLUMNS if name not in header and name not in _OPTIONAL]
    if missing:
        raise Malformed(1, f"the column {missing[0]} is missing")
    if unknown or len(set(header)) != len(header):
        raise Malformed(1, f"the column {(unknown or header)[0]} is not one of an export's")


def _of_cells(line: int, header: list[str], cells: list[str]) -> WrittenRecord:
    if len(cells) != len(header):
        raise Malformed(line, f"{len(cells)} cells under {len(header)} columns")
    given = dict(zip(header, cells, strict=True))
    extra = live(given.get("extra", ""))
    try:
        return WrittenRecord(
            id=_integer("id", given["id"]),
            created_at=given["created_at"],
            type=live(given["type"]),
            endpoint=live(given["endpoint"]),
            model=live(given["model"]),
            credits=_parsed(given["credits"]),
            status=_integer("status", given["status"]) if given.get("status") else None,
            api_key=live(given["api_key"]) if given.get("api_key") else None,
            extra=msgspec.Raw(extra.encode()) if extra else NULL,
        )
    except ValueError as error:
        raise Malformed(line, str(error)) from error


def _integer(name: str, text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError(f"{name}: not an integer of 64 bits")
    return int(text)
