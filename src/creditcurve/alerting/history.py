"""History: reads the past values that a rule is replayed on."""

import asyncio
from datetime import tzinfo
from random import Random
from typing import Final

import msgspec

from creditcurve.alerting.usual import LOOK_BACK_MS, usual_before
from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.alert.judging import RUN_OUT_RECOVERED
from creditcurve.domain.alert.past import Past
from creditcurve.domain.curve import Curve, GroupBy, TooManyRequestsError
from creditcurve.domain.expected_empty import PastExpectations
from creditcurve.domain.instant import DAY_MS
from creditcurve.domain.spending import Spending, hour_bucket_s, hour_of, hourly_sums
from creditcurve.domain.sums import Sums
from creditcurve.store import CurveQuery, Store

STEPS_S: Final = (60, 300, 900)
"""The finest step is used whose sums are not too many for one answer."""
MAX_QUARANTINED: Final = 1_000


class History:
    """Reads past values from a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def past(self, rule: Rule, from_ms: int, to_ms: int, zone: tzinfo) -> Past:
        """Return the values that a rule needs of a range; the rest is left empty."""
        by_key = rule.api_key is not None or rule.kind is Kind.NEW_KEY
        before_ms = max(DAY_MS, (rule.window_s or 0) * 1000)
        curve = await self._curve(from_ms - before_ms, to_ms, by_key=by_key)
        gaps = tuple(gap for gap in curve.gaps if gap.to_ms > from_ms)
        past = Past(
            from_ms=from_ms,
            to_ms=to_ms,
            step_ms=(curve.bucket_s or STEPS_S[0]) * 1000,
            zone=zone,
            gaps=gaps,
            spent=_spent(curve, rule.api_key if by_key else rule.model),
            differing_hours=[one.t_ms for one in curve.differences if not one.in_gap],
        )
        return await self._with_details(rule, past, curve)

    async def _with_details(self, rule: Rule, past: Past, curve: Curve) -> Past:
        """Add what only one kind of rule needs."""
        replace = msgspec.structs.replace
        match rule.kind:
            case Kind.RATE:
                usual = await usual_before(self._store, past.to_ms, past.zone)
                return replace(past, usual=usual)
            case Kind.BALANCE:
                return await self._with_balances(past)
            case Kind.RUNS_OUT:
                return await self._with_run_outs(await self._with_balances(past), rule)
            case Kind.NEW_KEY:
                return await self._with_keys(past, curve)
            case Kind.UNREADABLE:
                page = await self._store.quarantine.page(limit=MAX_QUARANTINED, before=None)
                return replace(past, unreadable=sorted(row.at_ms for row in page.rows))
            case _:
                return past

    async def _with_balances(self, past: Past) -> Past:
        found = await self._store.account.history(past.from_ms - DAY_MS, past.to_ms)
        account = self._store.account.account
        maximum = None if account is None else account.maximum
        return msgspec.structs.replace(
            past,
            balances=(found.t, found.balance),
            maximum=max(found.balance, default=None) if maximum is None else maximum,
        )

    async def _with_run_outs(self, past: Past, rule: Rule) -> Past:
        """Add the expectations of the balance at each hour."""
        from_ms, to_ms = hour_of(past.from_ms, past.zone), hour_of(past.to_ms, past.zone)
        first_ms = from_ms - LOOK_BACK_MS
        curve = await self._store.curves.curve(
            CurveQuery(from_ms=first_ms, to_ms=to_ms, bucket=hour_bucket_s(past.zone, to_ms))
        )
        sums = {at: float(v) for at, v in hourly_sums(curve, past.zone).items()}
        known_ms = next((gap.to_ms for gap in curve.gaps if gap.from_ms <= first_ms), first_ms)
        spending = Spending(sums, from_ms=hour_of(known_ms, past.zone), to_ms=to_ms, zone=past.zone)
        within_h = RUN_OUT_RECOVERED * (rule.within_h or 0.0)
        expectations = PastExpectations(spending, within_h=within_h, random=Random(to_ms))  # noqa: S311 - a simulation
        found = await asyncio.to_thread(
            lambda: dict(expectations.by_hour(from_ms, past.balance_at))
        )
        return msgspec.structs.replace(past, run_outs=found)

    async def _with_keys(self, past: Past, curve: Curve) -> Past:
        """Add when keys were first used; without earlier requests none of them is new."""
        earlier = await self._store.curves.curve(
            CurveQuery(from_ms=0, to_ms=curve.from_ms, bucket=86_400, by=GroupBy.API_KEY)
        )
        known = {series.key for series in earlier.series}
        if not known:
            first_ms = min((one.t[0] for one in curve.series), default=0)
            known = {one.key for one in curve.series if one.t[0] == first_ms}
        # A request of a step is polled at the end of it.
        polled = {one.key: one.t[0] + past.step_ms for one in curve.series}
        found = {key: at for key, at in polled.items() if key and key not in known}
        return msgspec.structs.replace(past, key_instants=found)

    async def _curve(self, from_ms: int, to_ms: int, *, by_key: bool) -> Curve:
        group = GroupBy.API_KEY if by_key else GroupBy.MODEL
        for step_s in STEPS_S[:-1]:
            query = CurveQuery(from_ms=from_ms, to_ms=to_ms, bucket=step_s, by=group)
            try:
                return await self._store.curves.curve(query)
            except TooManyRequestsError:
                continue
        query = CurveQuery(from_ms=from_ms, to_ms=to_ms, bucket=STEPS_S[-1], by=group)
        return await self._store.curves.curve(query)


def _spent(curve: Curve, key: str | None) -> Sums:
    """Return the credits of the series of a key, or of all of them."""
    amounts: dict[int, float] = {}
    for series in curve.series:
        if key is None or series.key == key:
            for t_ms, v in zip(series.t, series.v, strict=True):
                amounts[t_ms] = float(v) + amounts.get(t_ms, 0.0)
    return Sums(amounts)
