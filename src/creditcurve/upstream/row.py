"""One row of a usage answer to a record: which spellings are read, and which are refused.

Unknown fields are kept with their spelling. A row that cannot be read raises
``UnreadableRowError`` with its code and nothing else.
"""

import re
from typing import Final

from creditcurve.domain.credits import Credits, CreditsError, parse_credits, row_credits
from creditcurve.domain.instant import DAY_MS, from_iso
from creditcurve.domain.record import (
    COUNTED_TYPE,
    MAX_EXTRA_LENGTH,
    STATUSES,
    Record,
    is_believable,
    on_one_line,
    shown,
)
from creditcurve.domain.reject import RejectCode, UnreadableRowError
from creditcurve.upstream.json_text import Json, JsonText, Numeral

MAX_ROW_LENGTH: Final = MAX_EXTRA_LENGTH
"""Known rows have some 200 characters; unknown fields are stored, so a row has a limit."""

_KNOWN_FIELDS: Final = frozenset(
    {"id", "type", "endpoint", "statusCode", "creditsUsed", "createdAt", "model", "apiKeyLabel"}
)
_INT64: Final = range(-(2**63), 2**63)
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,18})")
_DECIMAL: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_END_OF_DAY: Final = re.compile(r"(.{10}T)24:00:00(?:\.0{1,9})?(Z|[+-]..:..)")
_LONE_SURROGATE: Final = re.compile(
    r"\\\\"
    r"|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
"""Skips escaped backslashes and complete pairs; group 1 is an incomplete pair."""


def read_row(row: Json, raw: str, *, now_ms: int, has_constant: bool) -> Record:
    """Return the record of a row.

    Args:
        row: the parsed row.
        raw: its text.
        now_ms: the time that limits ``createdAt``.
        has_constant: whether the text contains ``NaN`` or ``Infinity``.

    Raises:
        UnreadableRowError: a field that a record needs cannot be read.
    """
    if not isinstance(row, dict):
        raise UnreadableRowError(RejectCode.ROW_NOT_AN_OBJECT)
    if has_constant:
        raise UnreadableRowError(RejectCode.ROW_CONTAINS_NAN)
    if len(raw) > MAX_ROW_LENGTH:
        raise UnreadableRowError(RejectCode.ROW_TOO_LONG)
    kind = _text(row, "type", RejectCode.TYPE_NOT_A_TEXT)
    is_endpoint_needed = kind == COUNTED_TYPE
    status, label = _status(row), row.get("apiKeyLabel")
    unread = _unread(row, status)
    return Record(
        id=_needed_id(row),
        t_ms=read_created_at(row.get("createdAt"), now_ms=now_ms),
        type=kind,
        endpoint=_text(
            row, "endpoint", RejectCode.ENDPOINT_NOT_A_TEXT, is_optional=not is_endpoint_needed
        ),
        model=_text(row, "model", RejectCode.MODEL_NOT_A_TEXT, is_optional=True),
        credits=read_credits(row.get("creditsUsed")),
        status=status,
        api_key=shown(label) if isinstance(label, str) else None,
        extra=_extra(raw, unread) if unread else "",
    )


def read_id(row: Json) -> int | None:
    """Return the id of a row: an integer of 64 bits or its decimal string; None if unreadable."""
    number = read_integer(row.get("id")) if isinstance(row, dict) else None
    return number if number is not None and number in _INT64 else None


def read_integer(value: Json) -> int | None:
    """Return an integer from a number or its decimal string; None for anything else."""
    text = value.text if isinstance(value, Numeral) else value
    return int(text) if isinstance(text, str) and _INTEGER.fullmatch(text) else None


def read_created_at(value: Json, *, now_ms: int) -> int:
    """Return the time of a record in milliseconds since 1970.

    Accepted are ISO 8601 with a zone, the end of a day as ``24:00:00``, and a number of seconds or
    milliseconds since 1970, which cannot be confused between 2020 and now. A time without a zone
    is ambiguous and refused.

    Raises:
        UnreadableRowError: it is not a time between 2020 and a day after ``now_ms``.
    """
    t_ms = read_time(value)
    if not is_believable(t_ms, now_ms=now_ms):
        raise UnreadableRowError(RejectCode.CREATED_AT_OUT_OF_RANGE)
    return t_ms


def read_time(value: Json) -> int:
    """Return any time in milliseconds since 1970.

    Raises:
        UnreadableRowError: it is not a time in a form of ``read_created_at``.
    """
    if isinstance(value, Numeral):
        return _numeric_time(value.text)
    if not isinstance(value, str):
        raise UnreadableRowError(RejectCode.CREATED_AT_MISSING)
    end_of_day = _END_OF_DAY.fullmatch(value)
    text = value if end_of_day is None else f"{end_of_day[1]}00:00:00{end_of_day[2]}"
    try:
        return from_iso(text) + (DAY_MS if end_of_day else 0)
    except (ValueError, OverflowError):
        raise UnreadableRowError(RejectCode.CREATED_AT_UNREADABLE) from None


def read_credits(value: Json) -> Credits:
    """Return ``creditsUsed``, a number or its decimal string, exactly.

    Raises:
        UnreadableRowError: it is neither, or outside of the limits of ``row_credits``.
    """
    text = value.text if isinstance(value, Numeral) else value
    if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
        raise UnreadableRowError(RejectCode.CREDITS_NOT_A_NUMBER)
    try:
        return row_credits(text)
    except CreditsError as error:
        raise UnreadableRowError(error.code) from None


def _numeric_time(text: str) -> int:
    try:
        number = parse_credits(text)  # any exact number
    except CreditsError:
        raise UnreadableRowError(RejectCode.CREATED_AT_OUT_OF_RANGE) from None
    is_in_seconds = -(10**11) < number < 10**11
    return int(number * 1000) if is_in_seconds else int(number)


def _needed_id(row: dict[str, Json]) -> int:
    number = read_id(row)
    if number is None:
        raise UnreadableRowError(RejectCode.ID_NOT_AN_INTEGER)
    return number


def _text(row: dict[str, Json], name: str, code: RejectCode, *, is_optional: bool = False) -> str:
    value = row.get(name)
    if value is None and is_optional:
        return ""
    if not isinstance(value, str):
        raise UnreadableRowError(code)
    return shown(value)


def _status(row: dict[str, Json]) -> int | None:
    status = read_integer(row.get("statusCode"))
    return status if status in STATUSES else None


def _unread(row: dict[str, Json], status: int | None) -> set[str]:
    """Return the fields whose value is not part of the record."""
    unread = row.keys() - _KNOWN_FIELDS
    if status is None and row.get("statusCode") is not None:
        unread.add("statusCode")
    if not isinstance(row.get("apiKeyLabel"), str | None):
        unread.add("apiKeyLabel")
    return unread


def _extra(raw: str, names: set[str]) -> str:
    """Return the fields with these names, unchanged, as one JSON object on one line."""
    json = JsonText(raw)
    kept = [
        f"{raw_name}:{text}"
        for name, raw_name in json.members()
        if (text := json.raw_value()) and name in names
    ]
    return _LONE_SURROGATE.sub(_replaced, on_one_line("{" + ",".join(kept) + "}"))


def _replaced(escape: re.Match[str]) -> str:
    return r"\ufffd" if escape[1] else escape[0]
