"""Preview: the episodes that a rule would have had on the stored history.

Nothing is stored of the cookie's and the disk's past, or of failed polls. For rules on them the
episodes that were really reported are returned, and the preview is incomplete.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Final

import msgspec

from creditcurve.alerting.example import example
from creditcurve.alerting.history import History
from creditcurve.alerting.message import rendered
from creditcurve.alerting.style import Style
from creditcurve.channels import Message as Outgoing
from creditcurve.clocks import Clock
from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.alert.past import Past, is_replayable, snapshots
from creditcurve.domain.coverage import Gap, GapKind
from creditcurve.domain.episode import Episode, State
from creditcurve.domain.instant import DAY_MS, MINUTE_MS
from creditcurve.domain.outbox import Message
from creditcurve.domain.replay import replayed
from creditcurve.store import EpisodesQuery, Store

SHORT_GAP_MS: Final = 5 * MINUTE_MS
"""A shorter gap hides no episode worth mentioning."""


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """The episodes of a range, and the message that the rule would send.

    Attributes:
        from_ms: the start of the range.
        to_ms: its end.
        episodes: those that would have fired, oldest first.
        is_complete: whether all of the range is known.
        message: the first message of the newest episode, or an example of one.
        is_example: whether the message is an example: no message of the range is known.
    """

    from_ms: int
    to_ms: int
    episodes: Sequence[Episode]
    is_complete: bool
    message: Outgoing
    is_example: bool


class Previews:
    """Replays rules on the stored history."""

    def __init__(
        self, *, store: Store, clock: Clock, zone: Callable[[], tzinfo], style: Callable[[], Style]
    ) -> None:
        self._store = store
        self._history = History(store)
        self._clock = clock
        self._zone = zone
        self._style = style

    async def __call__(self, rule: Rule, days: int) -> Preview:
        """Return the episodes of the last days."""
        to_ms = self._clock.now_ms() // MINUTE_MS * MINUTE_MS
        from_ms = to_ms - days * DAY_MS
        if not is_replayable(rule.kind):
            return await self._recorded(rule, from_ms, to_ms)
        past = await self._history.past(rule, from_ms, to_ms, self._zone())
        found = await asyncio.to_thread(lambda: replayed(rule, snapshots(rule, past)))
        return Preview(
            from_ms=from_ms,
            to_ms=to_ms,
            episodes=found.episodes,
            is_complete=_is_complete(rule.kind, past),
            message=await self._message(rule, found.reported),
            is_example=found.reported is None,
        )

    async def _recorded(self, rule: Rule, from_ms: int, to_ms: int) -> Preview:
        rules = {one.id for one in self._store.alerts.setup.rules if one.kind is rule.kind}
        page = await self._store.alerts.episodes(EpisodesQuery(from_ms=from_ms, limit=1_000))
        found = [
            one.episode
            for one in reversed(page.episodes)
            if one.episode.rule in rules and one.episode.state is not State.PENDING
        ]
        return Preview(
            from_ms=from_ms,
            to_ms=to_ms,
            episodes=found,
            is_complete=False,
            message=await self._message(rule, None),
            is_example=True,
        )

    async def _message(self, rule: Rule, reported: Episode | None) -> Outgoing:
        """Return the message about an episode as it was when it was reported, or an example."""
        now_ms = self._clock.now_ms()
        episode = reported or example(rule, self._store.account.account, now_ms)
        at_ms = episode.changed_ms
        content = await self._store.alerts.content(rule, episode, at_ms, self._zone())
        return rendered(Message(id="preview", due_ms=at_ms, contents=(content,)), self._style())


def _is_complete(kind: Kind, past: Past) -> bool:
    if kind in (Kind.BALANCE, Kind.RUNS_OUT) and past.balance_at(past.from_ms) is None:
        return False
    return not any(_hides(gap) for gap in past.gaps)


def _hides(gap: Gap) -> bool:
    is_paused = gap.kind is GapKind.SCHEDULED
    return not is_paused and gap.to_ms - gap.from_ms > SHORT_GAP_MS
