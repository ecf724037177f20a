"""Expectations that rules compare with: the usual rate, and when the balance is empty.

Each is computed only while an enabled rule needs it, and then kept for some time.
"""

import math
from collections.abc import Awaitable, Callable
from datetime import datetime, tzinfo
from typing import Final

from creditcurve.alerting.usual import usual_before
from creditcurve.clocks import Clock
from creditcurve.domain.alert import Kind
from creditcurve.domain.credits import Credits
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.usual import UsualHour, class_of
from creditcurve.store import Store

FORECAST_S: Final = 300.0


class Expectations:
    """Keeps the expectations of the present hour and of the balance.

    Attributes:
        zone: returns the zone of hours and days.
    """

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        zone: Callable[[], tzinfo],
        expected_empty: Callable[[tzinfo], Awaitable[int | None]],
    ) -> None:
        self.zone = zone
        self._store = store
        self._clock = clock
        self._expected_empty = expected_empty
        self._usual: tuple[UsualHour, ...] = ()
        self._usual_hour = -1
        self._empty_ms: int | None = None
        self._balance: Credits | None = None
        self._forecast_s = -math.inf

    def usual_per_h(self) -> Credits | None:
        """Return the usual rate of this hour, if it is known."""
        at = datetime.fromtimestamp(self._clock.now_ms() / 1000, self.zone())
        key = (class_of(at), at.hour)
        return next((one.p75 for one in self._usual if (one.day_class, one.hour) == key), None)

    def runs_out_ms(self) -> int | None:
        """Return when the balance is expected to be empty; None after it has risen."""
        balance = self._present_balance()
        if balance is None or self._balance is None or balance > self._balance:
            return None
        return self._empty_ms

    async def refresh(self) -> None:
        """Compute what enabled rules need and is no longer recent."""
        hour = self._clock.now_ms() // HOUR_MS
        if hour != self._usual_hour and self._is_watched(Kind.RATE):
            self._usual = await usual_before(self._store, self._clock.now_ms(), self.zone())
            self._usual_hour = hour
        now_s = self._clock.monotonic_s()
        if now_s - self._forecast_s >= FORECAST_S and self._is_watched(Kind.RUNS_OUT):
            self._balance = self._present_balance()
            self._empty_ms = await self._expected_empty(self.zone())
            self._forecast_s = now_s

    def _present_balance(self) -> Credits | None:
        account = self._store.account.account
        return None if account is None else account.balance

    def _is_watched(self, kind: Kind) -> bool:
        rules = self._store.alerts.setup.rules
        return any(rule.enabled and rule.kind is kind for rule in rules)
