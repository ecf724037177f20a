"""A simulated month compared with a model: every episode is reported once, none falsely.

A real store is polled and watched while values oscillate, polls fail, the machine sleeps, the
program restarts, the wall clock is set, the channel fails, and rules are snoozed. Quiet hours hold
the messages of each night.
"""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from creditcurve.alerting.engine import Engine
from creditcurve.alerting.expectations import Expectations
from creditcurve.channels.protocol import ChannelError
from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.record import Answer
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import QuietHours, Settings
from creditcurve.store import EpisodesQuery, Poll
from support.record_files import record
from unit.alerting.month_model import Seen, expected_of_silence, expected_of_spending
from unit.alerting.outboxes import Outbox, address

WINDOW_S = 120
ABOVE, RECOVER_AT = 100, 50
SILENCE_MINUTES = 30
AT_ONCE = Rule(id="at once", kind=Kind.SPEND, window_s=WINDOW_S, above=ABOVE, recover_at=RECOVER_AT)
LATER = Rule(
    id="later",
    kind=Kind.SPEND,
    window_s=WINDOW_S,
    above=ABOVE,
    recover_at=RECOVER_AT,
    for_s=900,
)
REPEATED = Rule(
    id="repeated",
    kind=Kind.SPEND,
    window_s=WINDOW_S,
    above=ABOVE,
    recover_at=RECOVER_AT,
    repeat_s=1_800,
)
SPENDING = (AT_ONCE, LATER, REPEATED)
QUIET = QuietHours(start="23:00", end="07:00")
SILENCE = Rule(id="silence", kind=Kind.SILENCE, minutes=SILENCE_MINUTES)
AMOUNTS = st.sampled_from([0, 40, RECOVER_AT, 60, ABOVE, 101, 200])


class Month(RuleBasedStateMachine):
    """Steps of a month; the program ticks every minute."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.seen: list[Seen] = []
        self.dropped: Counter[tuple[str, str]] = Counter()
        self.tried: set[str] = set()
        self.spent: list[tuple[int, int]] = []
        self.outbox = Outbox(Path(self.folder.name) / "data")
        self.engine = self.new_engine()
        self.run(self.set_up())
        self.see("reset")

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a step."""
        self.loop.run_until_complete(work)

    def new_engine(self) -> Engine:
        """Create the engine, as a start of the program does."""

        async def unknown(_zone: object) -> int | None:
            return None

        outbox = self.outbox
        return Engine(
            store=outbox.store,
            feed=outbox.feed,
            clock=outbox.clock,
            expectations=Expectations(
                store=outbox.store,
                clock=outbox.clock,
                zone=lambda: ZoneInfo("UTC"),
                expected_empty=unknown,
            ),
            data_dir=Path(self.folder.name),
        )

    async def set_up(self) -> None:
        """Collect with a valid cookie, and store the rules and a channel."""
        await self.outbox.store.state.save(
            settings=Settings(collecting=True, quiet_hours=QUIET),
            cookie=Secret(b"c"),
            cookie_status=CookieStatus(state=CookieState.VALID, generation=1),
            link=Link(state=LinkState.OK),
        )
        for one in (*SPENDING, SILENCE):
            await self.outbox.store.alerts.save_rule(one, at_ms=self.outbox.clock.now_ms())
        await self.outbox.add_channels("one")

    def see(
        self,
        kind: Literal["poll", "tick", "reset", "snooze"],
        value: float = 0,
        rule_id: str = "",
    ) -> None:
        """Let the model see something."""
        clock = self.outbox.clock
        self.seen.append(Seen(clock.monotonic_s(), clock.now_ms(), kind, value, rule_id))

    async def deliver(self) -> None:
        """Deliver the due messages; in quiet hours only messages that were tried before."""
        before = len(self.outbox.receivers.received)
        await self.outbox.deliver()
        ids = {identity for _, identity in self.outbox.receivers.received[before:]}
        assert not self.is_quiet() or ids <= self.tried
        self.tried |= ids

    def is_quiet(self) -> bool:
        """Return whether it is night."""
        hour = self.outbox.clock.now_ms() // HOUR_MS % 24
        return hour >= 23 or hour < 7

    async def open_parts(self) -> Counter[tuple[str, str]]:
        """Return the rules and notices of the messages that are not sent."""
        found = await self.outbox.store.outbox.open_messages()
        return Counter((part.rule.id, part.notice) for one in found for part in one.contents)

    async def tick(self, minutes: int = 0) -> None:
        """Tick now, or at the end of each minute."""
        for _ in range(max(1, minutes)):
            if minutes:
                self.outbox.clock.advance(60)
            self.see("tick")
            await self.engine.tick()
            await self.deliver()

    async def poll_once(self, credits_: int) -> None:
        """Store a good poll with one request of a second ago."""
        now_ms = self.outbox.clock.now_ms()
        number, at_ms = len(self.spent) + 1, now_ms - 1_000
        self.spent.append((at_ms // MINUTE_MS * MINUTE_MS, credits_))
        first_ms = -(-(now_ms - WINDOW_S * 1_000) // MINUTE_MS) * MINUTE_MS
        self.see("poll", sum(one for t_ms, one in self.spent if first_ms <= t_ms < now_ms))
        state = self.outbox.store.state
        await self.outbox.store.records.append(
            Poll(
                at_ms=now_ms,
                answer=Answer(records=(record(number, t_ms=at_ms, credits=credits_),)),
                interval_s=60,
                link=Link(state=LinkState.OK, last_success_ms=now_ms),
                cookie_status=state.cookie_status,
                observed=self.engine.observe(),
            )
        )
        await self.deliver()

    @rule(credits_=AMOUNTS, minutes=st.integers(3, 20))
    def poll(self, credits_: int, minutes: int) -> None:
        """Poll some minutes later."""
        self.run(self.tick(minutes))
        self.run(self.poll_once(credits_))

    @rule(minutes=st.integers(1, 90))
    def polls_fail(self, minutes: int) -> None:
        """Let time pass without a good poll."""
        self.run(self.tick(minutes))

    @rule(hours=st.integers(1, 12))
    def sleep(self, hours: int) -> None:
        """Suspend the machine."""
        self.outbox.clock.advance(hours * 3_600)
        self.see("reset")
        self.run(self.tick())

    @rule(minutes=st.integers(-600, 600).filter(lambda minutes: abs(minutes) > 1))
    def set_clock(self, minutes: int) -> None:
        """Set the wall clock."""
        clock = self.outbox.clock
        clock.set_wall_clock(clock.now_ms() + minutes * MINUTE_MS)
        self.see("reset")
        self.run(self.tick())

    @rule()
    def restart(self) -> None:
        """End the program and start it again."""
        self.run(self.outbox.restart())
        self.engine = self.new_engine()
        self.see("reset")
        self.run(self.tick())

    @rule(credits_=AMOUNTS, minutes=st.integers(3, 20))
    def channel_fails(self, credits_: int, minutes: int) -> None:
        """Let the channel fail for some minutes, and wait until its messages are tried again."""
        self.outbox.receivers.errors[address("one")] = ChannelError("down")
        self.run(self.tick(3))
        self.run(self.poll_once(credits_))
        self.run(self.tick(minutes))
        self.outbox.receivers.errors.clear()
        self.run(self.tick(15))

    @rule(one=st.sampled_from(SPENDING), minutes=st.sampled_from([0, 10, 90, 600, 1_440]))
    def snooze(self, one: Rule, minutes: int) -> None:
        """Snooze a rule that has had an episode, or end its snooze."""
        self.run(self.snooze_rule(one.id, minutes))

    async def snooze_rule(self, name: str, minutes: int) -> None:
        """Snooze a rule by its newest episode; this drops its unsent messages or restores them."""
        alerts = self.outbox.store.alerts
        page = await alerts.episodes(EpisodesQuery(limit=1_000))
        number = next((one.id for one in page.episodes if one.episode.rule == name), None)
        if number is None:
            return
        now_ms = self.outbox.clock.now_ms()
        until_ms = now_ms + minutes * MINUTE_MS if minutes else None
        before = await self.open_parts()
        await alerts.snooze(number, until_ms, at_ms=now_ms)
        after = await self.open_parts()
        self.dropped = self.dropped + (before - after) - (after - before)
        self.see("snooze", until_ms or 0, name)
        await self.deliver()

    @invariant()
    def every_message_was_sent_once(self) -> None:
        """Compare the messages with those of the model."""
        self.run(self.compare())

    async def compare(self) -> None:
        """Compare sent, held and dropped messages with those of the model."""
        accepted, waiting = self.outbox.receivers.accepted, await self.open_parts()
        assert len(set(accepted)) == len(accepted)
        assert self.is_quiet() or not waiting
        expected = {one.id: expected_of_spending(self.seen, one) for one in SPENDING}
        expected[SILENCE.id] = expected_of_silence(self.seen, SILENCE_MINUTES)
        found = Counter((one.rule, one.notice) for one in accepted) + waiting + self.dropped
        assert found == Counter((name, one) for name, every in expected.items() for one in every)

    def teardown(self) -> None:
        """Close everything."""
        self.run(self.outbox.store.close())
        self.loop.close()
        self.folder.cleanup()


@pytest.mark.slow
def test_a_few_days() -> None:
    run_state_machine_as_test(Month, settings=settings(max_examples=6, stateful_step_count=25))


@pytest.mark.slow
def test_a_month() -> None:
    """About thirty days in each example."""
    run_state_machine_as_test(Month, settings=settings(max_examples=3, stateful_step_count=400))
