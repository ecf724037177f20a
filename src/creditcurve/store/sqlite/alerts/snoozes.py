"""Snoozes by rule: an episode that begins while its rule is snoozed sends no message either."""

from typing import Final

import apsw
import msgspec

from creditcurve.store.sqlite import stored_values, versions

_SNOOZES: Final = "alert_snoozes"


class StoredSnoozes(msgspec.Struct, frozen=True):
    """When the newest snooze of each rule ends or ended, ms since 1970."""

    until_ms: dict[str, int] = {}


def snoozes(connection: apsw.Connection) -> dict[str, int]:
    """Return when the newest snooze of each rule ends or ended."""
    return (stored_values.get(connection, _SNOOZES, StoredSnoozes) or StoredSnoozes()).until_ms


def put_snooze(connection: apsw.Connection, rule: str, until_ms: int | None) -> None:
    """Snooze a rule until an instant; None ends its snooze."""
    others = {one: end_ms for one, end_ms in snoozes(connection).items() if one != rule}
    added = {} if until_ms is None else {rule: until_ms}
    stored_values.put(connection, _SNOOZES, StoredSnoozes(others | added))
    versions.advance_alerts(connection)
