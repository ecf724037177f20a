"""Preview: the episodes that a rule would have had on the stored history.

Nothing is stored of the cookie's and the disk's past, or of failed polls. For rules on them the
episodes that were really reported are returned, and the preview is incomplete.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Final

import msgspec

from creditcurve.alerting.usual import usual_before
from creditcurve.clocks import Clock
from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.alert.past import Past, is_replayable, snapshots
from creditcurve.domain.coverage import Gap, GapKind
from creditcurve.domain.curve import Curve, GroupBy, TooManyRequestsError
from creditcurve.domain.episode import Episode, State
from creditcurve.domain.instant import DAY_MS, MINUTE_MS
from creditcurve.domain.replay import episodes_on
from creditcurve.domain.sums import Sums
from creditcurve.store import CurveQuery, EpisodesQuery, Store

STEPS_S: Final = (60, 300, 900)
"""The finest step is used whose sums are not too many for one answer."""
MAX_QUARANTINED: Final = 1_000
SHORT_GAP_MS: Final = 5 * MINUTE_MS
"""A shorter gap hides no episode worth mentioning."""


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """The episodes of a range, and whether all of it is known."""

    from_ms: int
    to_ms: int
    episodes: Sequence[Episode]
    is_complete: bool


class Previews:
    """Replays rules on the stored history."""

    def __init__(self, *, store: Store, clock: Clock, zone: Callable[[], tzinfo]) -> None:
        self._store = store
        self._clock = clock
        self._zone = zone

    async def __call__(self, rule: Rule, days: int) -> Preview:
        """Return the episodes of the last days."""
        to_ms = self._clock.now_ms() // MINUTE_MS * MINUTE_MS
        from_ms = to_ms - days * DAY_MS
        if not is_replayable(rule.kind):
            return await self._recorded(rule.kind, from_ms, to_ms)
        past = await self._past(rule, from_ms, to_ms)
        found = await asyncio.to_thread(lambda: episodes_on(rule, snapshots(rule, past)))
        return Preview(
            from_ms=from_ms, to_ms=to_ms, episodes=found, is_complete=_is_complete(rule.kind, past)
        )

    async def _recorded(self, kind: Kind, from_ms: int, to_ms: int) -> Preview:
        rules = {rule.id for rule in self._store.alerts.setup.rules if rule.kind is kind}
        page = await self._store.alerts.episodes(EpisodesQuery(from_ms=from_ms, limit=1_000))
        found = [
            one.episode
            for one in reversed(page.episodes)
            if one.episode.rule in rules and one.episode.state is not State.PENDING
        ]
        return Preview(from_ms=from_ms, to_ms=to_ms, episodes=found, is_complete=False)

    async def _past(self, rule: Rule, from_ms: int, to_ms: int) -> Past:
        """Return what a rule needs of a range; the rest is left empty."""
        by_key = rule.api_key is not None or rule.kind is Kind.NEW_KEY
        before_ms = max(DAY_MS, (rule.window_s or 0) * 1000)
        curve = await self._curve(from_ms - before_ms, to_ms, by_key=by_key)
        gaps = tuple(gap for gap in curve.gaps if gap.to_ms > from_ms)
        past = Past(
            from_ms=from_ms,
            to_ms=to_ms,
            step_ms=(curve.bucket_s or STEPS_S[0]) * 1000,
            zone=self._zone(),
            gaps=gaps,
            spent=_spent(curve, rule.api_key if by_key else rule.model),
            differing_hours=[one.t_ms for one in curve.differences if not one.in_gap],
        )
        return await self._with_details(rule.kind, past, curve)

    async def _with_details(self, kind: Kind, past: Past, curve: Curve) -> Past:
        """Add what only one kind of rule needs."""
        replace = msgspec.structs.replace
        match kind:
            case Kind.RATE:
                usual = await usual_before(self._store, past.to_ms, past.zone)
                return replace(past, usual=usual)
            case Kind.BALANCE:
                return await self._with_balances(past)
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

    async def _with_keys(self, past: Past, curve: Curve) -> Past:
        """Add when keys were first used; without earlier requests none of them is new."""
        earlier = await self._store.curves.curve(
            CurveQuery(from_ms=0, to_ms=curve.from_ms, bucket=86_400, by=GroupBy.API_KEY)
        )
        known = {series.key for series in earlier.series}
        if not known:
            first = min(curve.series, key=lambda one: one.t[0], default=None)
            known = set() if first is None else {first.key}
        found = {one.key: one.t[0] for one in curve.series if one.key and one.key not in known}
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


def _is_complete(kind: Kind, past: Past) -> bool:
    if kind is Kind.BALANCE and past.balance_at(past.from_ms) is None:
        return False
    return not any(_hides(gap) for gap in past.gaps)


def _hides(gap: Gap) -> bool:
    is_paused = gap.kind is GapKind.SCHEDULED
    return not is_paused and gap.to_ms - gap.from_ms > SHORT_GAP_MS
