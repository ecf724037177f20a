"""A record in a file: its fields, its limits, and the way to and from the stored record.

Every codec of this package writes and reads ``FileRecord``. Ids are written as strings, because
JavaScript and spreadsheets round integers above 2^53; numbers are read as well.
"""

import re
from typing import Final

import msgspec

from creditcurve.decoding import decode
from creditcurve.domain.credits import LONGEST_WRITTEN, MAX_ROW_CREDITS, Credits, row_credits
from creditcurve.domain.instant import from_iso, to_iso
from creditcurve.domain.record import (
    MAX_EXTRA_LENGTH,
    MAX_TEXT_LENGTH,
    STATUSES,
    Record,
    is_believable,
    on_one_line,
    shown,
)

MAX_RECORD_BYTES: Final = 1_048_576
"""The maximum length of one record in a file; its longest field, ``extra``, has 64 KiB."""
NULL: Final = msgspec.Raw(b"null")
_INT64: Final = range(-(2**63), 2**63)
_INTEGER: Final = re.compile(r"-?[0-9]{1,19}")


class RecordFileError(ValueError):
    """A line of a file is not a record; ``reason`` is a short explanation without its content."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"Line {line:,}: {reason}.")
        self.line = line
        self.reason = reason


class FileRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One record of a file. Fields with a default may be missing in a hand-written file.

    ``counts`` is written for readers of the file and ignored when it is read back. ``extra``
    contains the fields of the site that this version does not know, or null.
    """

    id: int | str
    created_at: str
    type: str
    endpoint: str
    model: str
    credits: Credits
    status: int | None = None
    api_key: str | None = None
    counts: bool = False
    extra: msgspec.Raw = NULL


COLUMNS: Final = FileRecord.__struct_fields__
OPTIONAL_COLUMNS: Final = frozenset(
    field.name for field in msgspec.structs.fields(FileRecord) if not field.required
)


def to_file(record: Record) -> FileRecord:
    """Return the file form of a record."""
    return FileRecord(
        id=str(record.id),
        created_at=to_iso(record.t_ms),
        type=record.type,
        endpoint=record.endpoint,
        model=record.model,
        credits=record.credits,
        status=record.status,
        api_key=record.api_key,
        counts=record.counts,
        extra=msgspec.Raw(record.extra.encode()) if record.extra else NULL,
    )


def from_file(given: FileRecord, *, now_ms: int) -> Record:
    """Return the record, validated by the same rules as a row of the site.

    Raises:
        ValueError: a field is invalid; the message starts with its name.
    """
    if given.status is not None and given.status not in STATUSES:
        raise ValueError("status: not between 0 and 999")
    return Record(
        id=_id(given.id),
        t_ms=_created_at(given.created_at, now_ms),
        type=_text("type", given.type),
        endpoint=_text("endpoint", given.endpoint),
        model=_text("model", given.model),
        credits=_credits(given.credits),
        status=given.status,
        api_key=None if given.api_key is None else _text("api_key", given.api_key),
        extra=_extra(given.extra),
    )


def parse_integer(name: str, text: str) -> int:
    """Parse an integer of at most 19 digits.

    Raises:
        ValueError: the text is not one.
    """
    if not _INTEGER.fullmatch(text):
        raise ValueError(f"{name}: not an integer of 64 bits")
    return int(text)


def parse_amount(literal: str) -> Credits:
    """Parse an amount of credits, which a file may write without an exponent.

    Raises:
        ValueError: the text is not a finite decimal number, or is larger than 1e15.
    """
    return row_credits(literal, longest=LONGEST_WRITTEN)


def _id(given: int | str) -> int:
    number = parse_integer("id", given) if isinstance(given, str) else given
    if number not in _INT64:
        raise ValueError("id: not an integer of 64 bits")
    return number


def _created_at(text: str, now_ms: int) -> int:
    try:
        t_ms = from_iso(text)
    except (ValueError, OverflowError):
        raise ValueError("created_at: not an ISO 8601 instant with a time zone") from None
    if not is_believable(t_ms, now_ms=now_ms):
        raise ValueError("created_at: not between the year 2020 and tomorrow")
    return t_ms


def _text(name: str, text: str) -> str:
    if shown(text) != text:
        raise ValueError(f"{name}: longer than {MAX_TEXT_LENGTH} characters, or not valid text")
    return text


def _credits(amount: Credits) -> Credits:
    """Return the normalized amount; ``str`` avoids expanding an exponent such as 1e999999999."""
    if isinstance(amount, int) and abs(amount) <= MAX_ROW_CREDITS:
        return amount
    return parse_amount(str(amount))


def _extra(raw: msgspec.Raw) -> str:
    if raw == NULL:
        return ""
    text = bytes(raw).decode()
    if len(text) > MAX_EXTRA_LENGTH:
        raise ValueError(f"extra: longer than {MAX_EXTRA_LENGTH:,} characters")
    try:
        decode(text, dict[str, object])
    except (msgspec.MsgspecError, RecursionError):
        raise ValueError("extra: not a JSON object") from None
    return on_one_line(text)
