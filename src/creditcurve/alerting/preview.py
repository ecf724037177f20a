"""Preview: the episodes that a rule would have had on the stored history.

Nothing is stored of the cookie's and the disk's past, or of failed polls. For rules on them the
episodes that were really reported are returned, and the preview is incomplete.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Final

import msgspec

from creditcurve.alerting.history import History
from creditcurve.clocks import Clock
from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.alert.past import Past, is_replayable, snapshots
from creditcurve.domain.coverage import Gap, GapKind
from creditcurve.domain.episode import Episode, State
from creditcurve.domain.instant import DAY_MS, MINUTE_MS
from creditcurve.domain.replay import episodes_on
from creditcurve.store import EpisodesQuery, Store

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
        self._history = History(store)
        self._clock = clock
        self._zone = zone

    async def __call__(self, rule: Rule, days: int) -> Preview:
        """Return the episodes of the last days."""
        to_ms = self._clock.now_ms() // MINUTE_MS * MINUTE_MS
        from_ms = to_ms - days * DAY_MS
        if not is_replayable(rule.kind):
            return await self._recorded(rule.kind, from_ms, to_ms)
        past = await self._history.past(rule, from_ms, to_ms, self._zone())
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


def _is_complete(kind: Kind, past: Past) -> bool:
    if kind in (Kind.BALANCE, Kind.RUNS_OUT) and past.balance_at(past.from_ms) is None:
        return False
    return not any(_hides(gap) for gap in past.gaps)


def _hides(gap: Gap) -> bool:
    is_paused = gap.kind is GapKind.SCHEDULED
    return not is_paused and gap.to_ms - gap.from_ms > SHORT_GAP_MS
