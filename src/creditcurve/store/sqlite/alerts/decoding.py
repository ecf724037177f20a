"""Rows with one JSON value, as structs."""

from collections.abc import Sequence
from typing import Any, TypeVar

import apsw
import msgspec

from creditcurve.decoding import decode

S = TypeVar("S", bound=msgspec.Struct)


def decoded(cursor: apsw.Cursor, kind: type[S]) -> list[S]:
    """Return the values of rows with one column."""
    rows: Sequence[Any] = cursor.fetchall()
    return [decode(value, kind) for (value,) in rows]


def encoded(value: msgspec.Struct) -> str:
    """Return a value as JSON."""
    return msgspec.json.encode(value).decode()
