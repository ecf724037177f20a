"""The table of channels; their addresses and secrets are sealed."""

from typing import Any, Final, cast

import apsw
import msgspec

from creditcurve.domain.channel import Channel
from creditcurve.store.sqlite import versions
from creditcurve.store.sqlite.alerts.decoding import decoded, encoded

_CHANNELS: Final = "SELECT value FROM alert_channel ORDER BY rowid"
_PUT_CHANNEL: Final = """
    INSERT INTO alert_channel (id, value, sealed) VALUES (?, ?, ?)
        ON CONFLICT (id) DO UPDATE
       SET value = excluded.value, sealed = ifnull(excluded.sealed, sealed)
"""
_SEALED: Final = "SELECT sealed FROM alert_channel WHERE id = ?"
_ALL_SEALED: Final = "SELECT id, sealed FROM alert_channel WHERE sealed IS NOT NULL"
_RESEAL: Final = "UPDATE alert_channel SET sealed = ? WHERE id = ?"
_FORGET: Final = "UPDATE alert_channel SET sealed = NULL"
_HAS_CHANNELS: Final = "SELECT count(*) FROM sqlite_schema WHERE name = 'alert_channel'"
_DELETE_CHANNEL: Final = "DELETE FROM alert_channel WHERE id = ?"


def stored_channels(connection: apsw.Connection) -> tuple[Channel, ...]:
    """Return the channels, oldest first."""
    return tuple(decoded(connection.execute(_CHANNELS), Channel))


def put_channel(connection: apsw.Connection, channel: Channel, sealed: bytes | None) -> None:
    """Store a channel; without a sealed address the stored one is kept."""
    connection.execute(_PUT_CHANNEL, (channel.id, encoded(channel), sealed))
    versions.advance_alerts(connection)


def put_health(connection: apsw.Connection, channel: Channel) -> None:
    """Store the health of a channel; one that was deleted meanwhile is not stored again."""
    for stored in stored_channels(connection):
        if stored.id == channel.id:
            put_channel(connection, _with_health(stored, channel), None)


def delete_channel(connection: apsw.Connection, channel: str) -> bool:
    """Delete a channel; return whether there was one of that id."""
    connection.execute(_DELETE_CHANNEL, (channel,))
    if not connection.changes():
        return False
    versions.advance_alerts(connection)
    return True


def sealed_address(connection: apsw.Connection, channel: str) -> bytes | None:
    """Return the sealed address of a channel."""
    found: Any = connection.execute(_SEALED, (channel,)).fetchone()
    return None if found is None or found[0] is None else bytes(found[0])


def sealed_addresses(connection: apsw.Connection) -> list[tuple[str, bytes]]:
    """Return the sealed address of each channel by its id."""
    rows = cast("list[tuple[str, bytes]]", connection.execute(_ALL_SEALED).fetchall())
    return [(channel, bytes(sealed)) for channel, sealed in rows]


def reseal_address(connection: apsw.Connection, channel: str, sealed: bytes) -> None:
    """Replace the sealed address of a channel."""
    connection.execute(_RESEAL, (sealed, channel))


def delete_addresses(connection: apsw.Connection) -> None:
    """Delete all addresses and secrets, for a copy, which may be of an older schema."""
    if connection.execute(_HAS_CHANNELS).get:
        connection.execute(_FORGET)


def _with_health(stored: Channel, seen: Channel) -> Channel:
    """Return the stored channel with the health of another: the user may have renamed it."""
    return msgspec.structs.replace(
        stored,
        failing_since_ms=seen.failing_since_ms,
        failed_ms=seen.failed_ms,
        succeeded_ms=seen.succeeded_ms,
        error=seen.error,
        sent_ms=seen.sent_ms,
        resumes_ms=seen.resumes_ms,
    )
