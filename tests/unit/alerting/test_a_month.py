"""A simulated month compared with a model: every episode is reported once, none falsely.

A real store is polled and watched while values oscillate, polls fail, the machine sleeps, the
program restarts, the wall clock is set, and the channel fails. The model knows the elapsed time and
all values. It finds the messages afterwards, from the definition of an episode.
"""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple
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
from creditcurve.domain.episode import MAX_DIP_S
from creditcurve.domain.instant import MINUTE_MS
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.record import Answer
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.store import Poll
from support.record_files import record
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
SILENCE = Rule(id="silence", kind=Kind.SILENCE, minutes=SILENCE_MINUTES)
AMOUNTS = st.sampled_from([0, 40, RECOVER_AT, 60, ABOVE, 101, 200])


class Seen(NamedTuple):
    """A poll with its value, a tick, or a restart of watching, at an elapsed time."""

    s: float
    kind: Literal["poll", "tick", "reset"]
    value: float = 0


def expected_of_spending(seen: Sequence[Seen], for_s: int) -> list[str]:
    """Return the messages about a value, from the polls."""
    polls = [one for one in seen if one.kind == "poll"]
    found: list[str] = []
    start = 0
    while (fired := _first_fired(polls, start, for_s)) is not None:
        found.append("fired")
        over = _first_over(polls, fired, max(for_s, MAX_DIP_S))
        if over is None:
            break
        found.append("recovered")
        start = over + 1
    return found


def _first_fired(polls: Sequence[Seen], start: int, for_s: int) -> int | None:
    """Return the first poll whose value has been above the threshold for long enough."""
    above_since: float | None = None
    for index in range(start, len(polls)):
        one = polls[index]
        above_since = None if one.value <= ABOVE else one.s if above_since is None else above_since
        if above_since is not None and one.s - above_since >= for_s:
            return index
    return None


def _first_over(polls: Sequence[Seen], fired: int, hold_s: int) -> int | None:
    """Return the first poll so long after a recovery that no value above the threshold followed."""
    recovered_s: float | None = None
    for index in range(fired + 1, len(polls)):
        one = polls[index]
        if one.value > ABOVE:
            recovered_s = None
        elif one.value <= RECOVER_AT and recovered_s is None:
            recovered_s = one.s
        if recovered_s is not None and one.s - recovered_s >= hold_s:
            return index
    return None


def expected_of_silence(seen: Sequence[Seen]) -> list[str]:
    """Return the messages about missing polls: the machine was awake, and no poll succeeded."""
    found: list[str] = []
    since_s = seen[0].s
    ended_s: float | None = None
    for one in seen:
        is_open = len(found) % 2 == 1
        if is_open and ended_s is not None and one.s - ended_s >= MAX_DIP_S:
            found.append("recovered")
            is_open, ended_s = False, None
        if one.kind == "poll" and is_open and ended_s is None:
            ended_s = one.s
        if one.kind != "tick":
            since_s = one.s
        elif not is_open and one.s - since_s > SILENCE_MINUTES * 60:
            found.append("fired")
    return found


class Month(RuleBasedStateMachine):
    """Steps of a month; the program ticks every minute."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.seen: list[Seen] = []
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
            settings=Settings(collecting=True),
            cookie=Secret(b"c"),
            cookie_status=CookieStatus(state=CookieState.VALID, generation=1),
            link=Link(state=LinkState.OK),
        )
        for one in (AT_ONCE, LATER, SILENCE):
            await self.outbox.store.alerts.save_rule(one, at_ms=self.outbox.clock.now_ms())
        await self.outbox.add_channels("one")

    def see(self, kind: Literal["poll", "tick", "reset"], value: float = 0) -> None:
        """Let the model see something."""
        self.seen.append(Seen(self.outbox.clock.monotonic_s(), kind, value))

    async def tick(self, minutes: int = 0) -> None:
        """Tick now, or at the end of each minute."""
        for _ in range(max(1, minutes)):
            if minutes:
                self.outbox.clock.advance(60)
            self.see("tick")
            await self.engine.tick()
            await self.outbox.deliver()

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
        await self.outbox.deliver()

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

    @invariant()
    def every_episode_was_reported_once(self) -> None:
        """Compare the accepted messages with those of the model."""
        accepted = self.outbox.receivers.accepted
        assert len({one.id for one in accepted}) == len(accepted)
        expected = {
            AT_ONCE.id: expected_of_spending(self.seen, AT_ONCE.for_s),
            LATER.id: expected_of_spending(self.seen, LATER.for_s),
            SILENCE.id: expected_of_silence(self.seen),
        }
        for name, notices in expected.items():
            found = Counter(one.notice for one in accepted if one.rule == name)
            assert found == Counter(notices), name

    def teardown(self) -> None:
        """Close everything."""
        self.run(self.outbox.store.close())
        self.loop.close()
        self.folder.cleanup()


def test_a_few_days() -> None:
    run_state_machine_as_test(Month, settings=settings(max_examples=6, stateful_step_count=25))


@pytest.mark.slow
def test_a_month() -> None:
    """About thirty days in each example."""
    run_state_machine_as_test(Month, settings=settings(max_examples=3, stateful_step_count=400))
