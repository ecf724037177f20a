"""The credit resets: each is a row from before its call, and again with its result."""

from typing import Any, Final

import apsw
import msgspec

from creditcurve.decoding import decode
from creditcurve.domain.reset import ResetEntry
from creditcurve.store.sqlite import versions

_ADD: Final = "INSERT INTO credit_reset (t, state, value) VALUES (?, ?, '{}') RETURNING id"
_PUT: Final = "UPDATE credit_reset SET state = ?, value = ? WHERE id = ?"
_NEWEST: Final = "SELECT value FROM credit_reset ORDER BY id DESC LIMIT ?"
_LAST: Final = "SELECT max(t) FROM credit_reset WHERE state NOT IN ('failed', 'skipped')"


def add(connection: apsw.Connection, entry: ResetEntry) -> ResetEntry:
    """Store a new reset; return it with its number."""
    number = int(connection.execute(_ADD, (entry.t_ms, entry.state.value)).get)
    entry = msgspec.structs.replace(entry, id=number)
    put(connection, entry)
    return entry


def put(connection: apsw.Connection, entry: ResetEntry) -> None:
    """Store a reset that has changed."""
    value = msgspec.json.encode(entry).decode()
    connection.execute(_PUT, (entry.state.value, value, entry.id))
    versions.advance_account(connection)


def newest(connection: apsw.Connection, limit: int) -> list[ResetEntry]:
    """Return the newest resets, newest first."""
    rows: list[Any] = connection.execute(_NEWEST, (limit,)).fetchall()
    return [decode(value, ResetEntry) for (value,) in rows]


def last_ms(connection: apsw.Connection) -> int | None:
    """Return when the last reset that may have been used was asked for."""
    found: int | None = connection.execute(_LAST).get
    return found
