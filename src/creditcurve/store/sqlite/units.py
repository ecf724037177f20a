"""From when on amounts are in the present unit; earlier ones are never added to them."""

from typing import Final

import apsw
import msgspec

from creditcurve.domain.account import Account
from creditcurve.store.sqlite import stored_values, versions

UNIT_SINCE: Final = "unit_since"

_LAST_UNIT: Final = "SELECT unit FROM balance ORDER BY t DESC LIMIT 1"


class UnitSince(msgspec.Struct, frozen=True):
    """The instant of the first reading in the present unit, ms since 1970."""

    t_ms: int


def since_ms(connection: apsw.Connection) -> int | None:
    """Return when the unit changed last; None if it never did, or the user has chosen a unit."""
    if stored_values.settings(connection).unit != "auto":
        return None
    found = stored_values.get(connection, UNIT_SINCE, UnitSince)
    return None if found is None else found.t_ms


def first_ms(connection: apsw.Connection, from_ms: int, to_ms: int) -> int:
    """Return the first instant of a range whose amounts are in the present unit, or its end."""
    return min(max(from_ms, since_ms(connection) or from_ms), max(from_ms, to_ms))


def note(connection: apsw.Connection, account: Account) -> bool:
    """Store that the unit has changed, if a reading is in another than the last one."""
    last = connection.execute(_LAST_UNIT).get
    if last is None or account.unit is None or last == account.unit.value:
        return False
    stored_values.put(connection, UNIT_SINCE, UnitSince(account.at_ms))
    versions.advance_sums(connection)
    return True
