"""Snoozes by rule: an episode that begins while its rule is snoozed sends no message either."""

from collections.abc import Collection
from typing import Final

import apsw
import msgspec

from creditcurve.store.sqlite import stored_values, versions

_SNOOZES: Final = "alert_snoozes"


class StoredSnoozes(msgspec.Struct, frozen=True):
    """The newest snooze of each rule.

    Attributes:
        until_ms: when it ends or ended, ms since 1970.
        dropped: the ids of the messages that it dropped.
    """

    until_ms: dict[str, int] = {}
    dropped: dict[str, tuple[str, ...]] = {}


def snoozes(connection: apsw.Connection) -> dict[str, int]:
    """Return when the newest snooze of each rule ends or ended."""
    return _stored(connection).until_ms


def dropped_by_snooze(connection: apsw.Connection, rule: str) -> tuple[str, ...]:
    """Return the ids of the messages that the newest snooze of a rule has dropped."""
    return _stored(connection).dropped.get(rule, ())


def put_snooze(
    connection: apsw.Connection, rule: str, until_ms: int | None, dropped: Collection[str] = ()
) -> None:
    """Snooze a rule until an instant; None ends its snooze."""
    before = _stored(connection)
    ends = {one: end_ms for one, end_ms in before.until_ms.items() if one != rule}
    ids = {one: found for one, found in before.dropped.items() if one != rule}
    if until_ms is not None:
        ends[rule] = until_ms
    if dropped:
        ids[rule] = tuple(dropped)
    stored_values.put(connection, _SNOOZES, StoredSnoozes(ends, ids))
    versions.advance_alerts(connection)


def _stored(connection: apsw.Connection) -> StoredSnoozes:
    return stored_values.get(connection, _SNOOZES, StoredSnoozes) or StoredSnoozes()
