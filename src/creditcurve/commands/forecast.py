"""Forecast: when the balance runs out, computed on a thread and kept until something changes."""

import asyncio
from datetime import datetime, tzinfo
from random import Random
from typing import Final

import msgspec

from creditcurve.clocks import Clock
from creditcurve.domain.back_test import KeptBackTest
from creditcurve.domain.coverage import known_share
from creditcurve.domain.expected_empty import expected_empty_ms
from creditcurve.domain.forecast import PACE_HOURS
from creditcurve.domain.instant import DAY_MS, HOUR_MS
from creditcurve.domain.run_out import RunOut, run_out
from creditcurve.domain.situation import Situation
from creditcurve.domain.spending import Spending, hour_bucket_s, hour_of, hourly_sums
from creditcurve.domain.versions import Versions
from creditcurve.store import CurveQuery, Store

LOOK_BACK_MS: Final = 84 * DAY_MS
"""Twelve weeks: the habits of a season."""
PACE_BUCKET_S: Final = 60
EMPTY_LOOK_BACK_MS: Final = 400 * DAY_MS


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """The answer, since when the balance is zero, and the versions of its data."""

    run_out: RunOut
    empty_since_ms: int | None
    versions: Versions


_Key = tuple[Versions, int, str]


class Forecasts:
    """Answers when the balance runs out; equal data within one hour give one computation.

    A computation takes a slow machine seconds, and a new record makes it outdated. Calls that wait
    for it share the next one, so that no queue forms.
    """

    def __init__(self, *, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._key: _Key | None = None
        self._found: Forecast | None = None
        self._begun = 0
        self._finished = 0
        """The number of the computation that gave the present answer."""
        self._lock = asyncio.Lock()
        self._test = KeptBackTest()

    async def __call__(self, zone: tzinfo) -> Forecast:
        """Return the forecast; a day begins at midnight of ``zone``."""
        known = self._begun
        async with self._lock:
            is_newer = self._finished > known  # begun after this call
            if self._found and self._key and is_newer and self._key[2] == str(zone):
                return self._found
            number = self._begun = self._begun + 1
            key = (await self._store.versions(), self._clock.now_ms() // HOUR_MS, str(zone))
            if self._found is None or key != self._key:
                self._found = await self._forecast(zone, key)
                self._key = key
            self._finished = number
            return self._found

    async def expected_empty_ms(self, zone: tzinfo) -> int | None:
        """Return when the balance is expected to be empty, for alerts; None without a balance."""
        situation = await self._situation(zone)
        random = Random(situation.now_ms)  # noqa: S311 - a simulation
        return await asyncio.to_thread(expected_empty_ms, situation, random)

    async def _forecast(self, zone: tzinfo, key: _Key) -> Forecast:
        situation = await self._situation(zone)
        random = Random(repr(key))  # noqa: S311 - a simulation
        found = await asyncio.to_thread(run_out, situation, random, self._test)
        return Forecast(
            run_out=found, empty_since_ms=await self._empty_since(situation), versions=key[0]
        )

    async def _situation(self, zone: tzinfo) -> Situation:
        now_ms = self._clock.now_ms()
        first_ms, to_ms = hour_of(now_ms - LOOK_BACK_MS, zone), hour_of(now_ms, zone)
        curve = await self._store.curves.curve(
            CurveQuery(from_ms=first_ms, to_ms=to_ms, bucket=hour_bucket_s(zone, now_ms))
        )
        gaps = curve.gaps
        if gaps and gaps[0].from_ms <= first_ms:
            first_ms = min(hour_of(gaps[0].to_ms - 1, zone) + HOUR_MS, to_ms)
            gaps = gaps[1:]
        sums = {at: float(v) for at, v in hourly_sums(curve, zone).items() if at >= first_ms}
        share = known_share(gaps, from_ms=first_ms, to_ms=to_ms, now_ms=now_ms)
        settings = self._store.state.settings
        return Situation(
            account=self._store.account.account,
            auto_reset=settings.auto_reset,
            was_reset_today=await self._was_reset_today(now_ms, zone),
            spending=Spending(sums, from_ms=first_ms, to_ms=to_ms, zone=zone),
            coverage=share or 0.0,
            recent=await self._recent(now_ms),
            now_ms=now_ms,
            zone=zone,
        )

    async def _recent(self, now_ms: int) -> float:
        """Return the amount of the last hours, to the minute."""
        curve = await self._store.curves.curve(
            CurveQuery(from_ms=now_ms - PACE_HOURS * HOUR_MS, to_ms=now_ms, bucket=PACE_BUCKET_S)
        )
        return float(curve.total)

    async def _was_reset_today(self, now_ms: int, zone: tzinfo) -> bool:
        last_ms = await self._store.account.last_reset_ms()
        if last_ms is None:
            return False
        days = (datetime.fromtimestamp(t_ms / 1000, zone).date() for t_ms in (last_ms, now_ms))
        return next(days) == next(days)

    async def _empty_since(self, at: Situation) -> int | None:
        """Return since when the balance has been zero."""
        if at.account is None or at.account.balance is None or at.account.balance > 0:
            return None
        found = await self._store.account.history(at.now_ms - EMPTY_LOOK_BACK_MS, at.now_ms + 1)
        since_ms = at.account.at_ms
        for t_ms, balance in zip(reversed(found.t), reversed(found.balance), strict=True):
            if balance > 0:
                break
            since_ms = t_ms
        return since_ms
