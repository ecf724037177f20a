"""The snapshot that rules are judged by, read within the caller's transaction."""

from collections.abc import Iterable
from typing import Any, Final

import apsw
import msgspec

from creditcurve.domain.alert import Kind, Rule, Snapshot
from creditcurve.domain.credits import Credits
from creditcurve.domain.instant import DAY_MS, MINUTE_MS
from creditcurve.domain.link import LinkState, idle_state
from creditcurve.store.sqlite import reconciliation, stored_values
from creditcurve.store.sqlite.account import ACCOUNT, StoredAccount
from creditcurve.store.sqlite.alerts.spending import spent
from creditcurve.store.sqlite.amounts import from_sql
from creditcurve.store.values.polling import Observed

ACCOUNT_FRESH_MS: Final = 15 * MINUTE_MS
"""A balance that was read earlier than this is not judged."""
BALANCE_LOOK_BACK_MS: Final = 30 * DAY_MS
SCHEDULED: Final = "scheduled"
_LOSSES: Final = "SELECT count(*) FROM coverage WHERE from_ms > ? AND before = 'possible_loss'"
_QUARANTINED: Final = "SELECT quarantined FROM tally"
_BALANCES: Final = "SELECT amount FROM balance WHERE t >= ? AND unit = ?"


def of_poll(
    connection: apsw.Connection,
    rules: Iterable[Rule],
    observed: Observed,
    new_keys: tuple[str, ...],
) -> Snapshot:
    """Return everything that is known after a good poll."""
    kinds = {rule.kind for rule in rules}
    found = spent(connection, rules, observed)
    return msgspec.structs.replace(
        of_tick(connection, observed),
        spend=found.spend,
        away=found.away,
        rate_per_h=found.rate_per_h,
        usual_per_h=observed.usual_per_h,
        new_keys=new_keys,
        mismatches=_mismatches(connection, observed) if Kind.MISMATCH in kinds else None,
        losses=int(connection.execute(_LOSSES, (observed.now_ms - DAY_MS,)).get),
        unreadable=int(connection.execute(_QUARANTINED).get),
    )


def of_tick(connection: apsw.Connection, observed: Observed) -> Snapshot:
    """Return the values that are known without a poll; those of a poll are missing."""
    cookie = stored_values.cookie_status(connection)
    link = stored_values.link(connection)
    idle = idle_state(stored_values.settings(connection), cookie)
    balance, maximum = _balance(connection, observed.now_ms)
    is_paused = idle is LinkState.OFF or link.code == SCHEDULED
    return Snapshot(
        now_ms=observed.now_ms,
        balance=balance,
        maximum=maximum,
        runs_out_ms=None if balance is None else observed.runs_out_ms,
        cookie=cookie.state,
        cookie_expires_ms=cookie.expires_at_ms,
        is_collecting=not is_paused,
        last_success_ms=None if idle is not None else link.last_success_ms,
        disk_free=observed.disk_free,
    )


def _balance(connection: apsw.Connection, now_ms: int) -> tuple[Credits | None, Credits | None]:
    """Return the balance and its maximum, if they were read recently."""
    account = (stored_values.get(connection, ACCOUNT, StoredAccount) or StoredAccount()).account
    if account is None or account.balance is None or account.unit is None:
        return None, None
    if not -ACCOUNT_FRESH_MS <= now_ms - account.at_ms <= ACCOUNT_FRESH_MS:
        return None, None
    if account.maximum is not None:
        return account.balance, account.maximum
    since = (now_ms - BALANCE_LOOK_BACK_MS, account.unit.value)
    rows: Any = connection.execute(_BALANCES, since)
    return account.balance, max((from_sql(amount) for (amount,) in rows), default=None)


def _mismatches(connection: apsw.Connection, observed: Observed) -> int:
    now_ms = observed.now_ms
    return len(reconciliation.differences(connection, now_ms - DAY_MS, now_ms))
