"""What alert rules are judged by, read from the tables within the caller's transaction."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import apsw
import msgspec

from creditcurve.domain.alert import (
    AwayQuestion,
    Kind,
    Rule,
    Snapshot,
    SpendQuestion,
    away_question,
    spend_question,
)
from creditcurve.domain.credits import Credits, total
from creditcurve.domain.instant import DAY_MS, HOUR_MS, MINUTE_MS
from creditcurve.domain.link import LinkState, idle_state
from creditcurve.domain.timetable import daily_window
from creditcurve.store.sqlite import reconciliation, stored_values
from creditcurve.store.sqlite.account import ACCOUNT, StoredAccount
from creditcurve.store.sqlite.amounts import from_sql, sum_of
from creditcurve.store.values import Observed

RATE_WINDOW_MS: Final = 15 * MINUTE_MS
ACCOUNT_FRESH_MS: Final = 15 * MINUTE_MS
"""A balance that was read earlier than this is not judged."""
BALANCE_LOOK_BACK_MS: Final = 30 * DAY_MS
SCHEDULED: Final = "scheduled"
_KEYS: Final = "alert_keys"

# Minutes up to the first full hour, full hours, and the minutes of the present hour.
_SPENT: Final = """
    SELECT source, sum(iif(typeof(credits) = 'integer', credits, 0)),
           group_concat(iif(typeof(credits) = 'text', credits, NULL), ' ')
      FROM (SELECT source, credits FROM rollup WHERE level = 60 AND t >= :from_ms AND t < :first_ms
            UNION ALL
            SELECT source, credits FROM rollup
             WHERE level = 3600 AND t >= :first_ms AND t < :last_ms
            UNION ALL
            SELECT source, credits FROM rollup WHERE level = 60 AND t >= :last_ms)
     GROUP BY source
"""
_SOURCES: Final = "SELECT id, model, api_key FROM source"
_API_KEYS: Final = "SELECT DISTINCT api_key FROM source WHERE api_key IS NOT NULL AND api_key <> ''"
_LOSSES: Final = "SELECT count(*) FROM coverage WHERE from_ms > ? AND before = 'possible_loss'"
_QUARANTINED: Final = "SELECT quarantined FROM tally"
_BALANCES: Final = "SELECT amount FROM balance WHERE t >= ? AND unit = ?"


class Source(NamedTuple):
    """What the credits of a rollup were spent on."""

    model: str
    api_key: str | None


class SeenKeys(msgspec.Struct, frozen=True):
    """When each API key was first seen, ms since 1970; 0 for those that are not new."""

    first_ms: dict[str, int] = {}


def of_poll(
    connection: apsw.Connection,
    rules: Iterable[Rule],
    observed: Observed,
    new_keys: tuple[str, ...],
) -> Snapshot:
    """Return everything that is known after a good poll."""
    sums = _Sums(connection, observed)
    kinds = {rule.kind for rule in rules}
    return msgspec.structs.replace(
        of_tick(connection, observed),
        spend={q: sums.of(q) for q in map(spend_question, rules) if q is not None},
        away={q: sums.away(q) for q in map(away_question, rules) if q is not None},
        rate_per_h=sums.rate_per_h() if Kind.RATE in kinds else None,
        usual_per_h=observed.usual_per_h,
        new_keys=new_keys,
        mismatches=_mismatches(connection, observed) if Kind.MISMATCH in kinds else None,
        losses=int(connection.execute(_LOSSES, (observed.now_ms - DAY_MS,)).get),
        unreadable=int(connection.execute(_QUARANTINED).get),
    )


def of_tick(connection: apsw.Connection, observed: Observed) -> Snapshot:
    """Return what is known without a poll: values that only a poll can change are not."""
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


def note_keys(connection: apsw.Connection, now_ms: int) -> None:
    """Store when API keys were first seen; the first call marks none as new."""
    stored = stored_values.get(connection, _KEYS, SeenKeys)
    known = {} if stored is None else stored.first_ms
    missing = [key for (key,) in connection.execute(_API_KEYS) if key not in known]
    if missing or stored is None:
        first_ms = 0 if stored is None else now_ms
        added = SeenKeys({**known, **dict.fromkeys(missing, first_ms)})
        stored_values.put(connection, _KEYS, added)


def new_keys(connection: apsw.Connection, now_ms: int) -> tuple[str, ...]:
    """Return the API keys that were first seen within the last day."""
    seen = stored_values.get(connection, _KEYS, SeenKeys) or SeenKeys()
    return tuple(key for key, first in seen.first_ms.items() if now_ms - first < DAY_MS)


class _Sums:
    """Sums of the last seconds by source, each window read once."""

    def __init__(self, connection: apsw.Connection, observed: Observed) -> None:
        self._connection = connection
        self._now_ms = observed.now_ms
        self._zone = observed.zone
        self._windows: dict[int, Mapping[int, Credits]] = {}
        self._sources: dict[int, Source] | None = None

    def of(self, question: SpendQuestion) -> Credits:
        """Return the credits of a window, of one model or key where one is named."""
        found = self._since(self._now_ms - question.window_s * 1000)
        if question.model is None and question.api_key is None:
            return total(found.values())
        sources = self._all_sources()
        return total(v for number, v in found.items() if _matches(sources[number], question))

    def away(self, question: AwayQuestion) -> Credits:
        """Return the credits since the away hours began; zero outside them."""
        window = daily_window(question.start, question.end, self._now_ms, self._zone)
        return 0 if window is None else total(self._since(window[0]).values())

    def rate_per_h(self) -> Credits:
        """Return the credits per hour over the last minutes."""
        spent = total(self._since(self._now_ms - RATE_WINDOW_MS).values())
        return spent * (HOUR_MS // RATE_WINDOW_MS)

    def _since(self, from_ms: int) -> Mapping[int, Credits]:
        found = self._windows.get(from_ms)
        if found is None:
            found = self._windows[from_ms] = _spent(self._connection, from_ms, self._now_ms)
        return found

    def _all_sources(self) -> dict[int, Source]:
        if self._sources is None:
            rows: Any = self._connection.execute(_SOURCES)
            self._sources = {number: Source(model, key) for number, model, key in rows}
        return self._sources


def _spent(connection: apsw.Connection, from_ms: int, now_ms: int) -> dict[int, Credits]:
    """Return the credits by source since a minute."""
    from_ms = -(-from_ms // MINUTE_MS) * MINUTE_MS
    last_ms = now_ms // HOUR_MS * HOUR_MS
    first_ms = min(-(-from_ms // HOUR_MS) * HOUR_MS, last_ms)
    bounds = {"from_ms": from_ms, "first_ms": first_ms, "last_ms": max(from_ms, last_ms)}
    rows: Any = connection.execute(_SPENT, bounds)
    return {source: sum_of(whole, texts) for source, whole, texts in rows}


def _matches(source: Source, question: SpendQuestion) -> bool:
    if question.model is not None:
        return source.model == question.model
    return source.api_key == question.api_key


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
