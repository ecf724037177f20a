"""Collecting and store compared with a model: every true loss is flagged, no overlap is.

A site that remembers every row is polled through the real client, the real collecting and a real
database. Random courses contain new, late, changed and duplicate rows, answers cut to N rows or
empty, faults, restarts, switches, and back-fills that the site honours, ignores, refuses or answers
with other rows. After each step everything the store reports is compared with the model.

A *true loss* is a row that was made on time, that an answer with rows could have contained, and
that no answer contained. On time means that its ``createdAt`` is later than the site's last answer.
A row dated before an answer that lacked it may fall below the cut unseen; no client can know that,
so it is not a true loss. Neither is a row made since the last answer with rows: the next answer may
still contain it.

An *open stretch* is left by two successive answers: the later one shares no row with the known ones
and does not reach back to them. Each possible loss must be within an open stretch.
"""

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Awaitable
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from creditcurve.domain.coverage import Gap, GapKind, known_share
from creditcurve.domain.curve import BUCKETS_S, Curve
from creditcurve.domain.link import LinkState
from creditcurve.domain.record import Record
from creditcurve.store import Bucket, CurveQuery, ExportQuery, ModelTotal, SqliteStore
from creditcurve.upstream import UpstreamError
from support.clocks import HandClock
from support.model_site import Answered, Hours, Made, ModelSite, model_client
from support.world import World

START = 1_760_000_000_000
DAY = 86_400_000
LOSS, IDLE = GapKind.POSSIBLE_LOSS, GapKind.NOT_COLLECTING
BUCKETS: tuple[Bucket, ...] = ("auto", "none", 7, *BUCKETS_S)
MODELS = ("opus", "sonnet", "haiku")

T = TypeVar("T")
credit = st.integers(0, 50)
model = st.sampled_from(MODELS)
limits = st.none() | st.integers(1, 8)


class OpenStretch(msgspec.Struct, frozen=True):
    """A stretch that two successive answers leave open."""

    from_ms: int
    to_ms: int
    kind: GapKind

    def contains(self, gap: Gap) -> bool:
        """Return True if a gap is within it."""
        return self.kind is gap.kind and self.from_ms <= gap.from_ms and gap.to_ms <= self.to_ms


class Truth:
    """The knowledge of a careful reader of the answers so far.

    Attributes:
        seen: each row as the last answer with it contained it.
        open_stretches: the stretches that answers left open, including the one before the first.
        end_ms: the moment of the last answer.
        answered_ms: the moment of the last answer with rows.
        interval_s: the poll interval at the last answer.
    """

    def __init__(self) -> None:
        self.seen: dict[int, Made] = {}
        self.open_stretches: list[OpenStretch] = []
        self.end_ms: int | None = None
        self.answered_ms: int | None = None
        self.interval_s = 60

    def learn(self, answer: Answered, interval_s: int) -> None:
        """Add an answer."""
        if not answer.is_back_fill:
            self._open_stretch(answer, interval_s)
            self.end_ms, self.interval_s = answer.at_ms, interval_s
            if answer.rows:
                self.answered_ms = answer.at_ms
        firsts: dict[int, Made] = {}
        for made in answer.rows:
            firsts.setdefault(made.id, made)
        self.seen |= firsts

    def _open_stretch(self, answer: Answered, interval_s: int) -> None:
        oldest_ms = min((made.t_ms for made in answer.rows), default=answer.at_ms)
        if self.end_ms is None:
            self.open_stretches.append(OpenStretch(0, oldest_ms, IDLE))
            return
        if not answer.rows or self._overlaps(answer, oldest_ms):
            return
        from_ms = self.end_ms if self.answered_ms is None else self.answered_ms
        if oldest_ms <= from_ms:
            from_ms = self._newest_ms()
        grace_s = max(3 * max(interval_s, self.interval_s), 300)
        kind = LOSS if answer.at_ms - self.end_ms <= grace_s * 1000 else IDLE
        self.open_stretches.append(OpenStretch(from_ms, oldest_ms, kind))

    def _overlaps(self, answer: Answered, oldest_ms: int) -> bool:
        return oldest_ms <= self._newest_ms() or any(made.id in self.seen for made in answer.rows)

    def _newest_ms(self) -> int:
        """Return the time of the newest known row, or of the last answer without rows."""
        return max((made.t_ms for made in self.seen.values()), default=self.end_ms or 0)


class StoreAgainstModel(RuleBasedStateMachine):
    """Random courses of events, and the invariants after each of them."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = HandClock(START)
        self.site = ModelSite(self.clock)
        self.truth = Truth()
        self.late: set[int] = set()
        self.learned = 0
        self.revision = 0
        self.world = World(
            Path(self.folder.name) / "data",
            clock=self.clock,
            client=lambda: model_client(self.site, self.clock),
        )
        self.run(self.world.give_cookie())

    @property
    def store(self) -> SqliteStore:
        """The store that is open now."""
        return self.world.store

    def run(self, work: Awaitable[T]) -> T:
        """Run a coroutine: the rules are synchronous, but share one event loop."""

        async def wait() -> T:
            return await work

        return self.runner.run(wait())

    def teardown(self) -> None:
        """End the course."""
        self.run(self.world.close())
        self.runner.close()
        self.folder.cleanup()

    @initialize(limit=limits, hours=st.sampled_from(Hours), earlier=st.integers(0, 5))
    def found(self, limit: int | None, hours: Hours, earlier: int) -> None:
        """Begin with a site that has some rows or none."""
        self.site.limit, self.site.hours = limit, hours
        for back in range(earlier):
            self.site.make(START - back * 40_000, back, "opus")

    @rule(rows=st.lists(st.tuples(st.integers(0, 9), credit, model), min_size=1, max_size=9))
    def charge(self, rows: list[tuple[int, int, str]]) -> None:
        """Let time pass while requests are made, some at the same moment."""
        for seconds, credits_, name in rows:
            self.clock.advance(seconds)
            if self.is_late(self.clock.now_ms()):
                self.clock.advance(1)
            self.site.make(self.clock.now_ms(), credits_, name)

    @rule(back_s=st.integers(0, 900), credits_=credit, name=model)
    def charge_late(self, back_s: int, credits_: int, name: str) -> None:
        """Add a row that is dated before others."""
        made = self.site.make(self.clock.now_ms() - back_s * 1000, credits_, name)
        if self.is_late(made.t_ms):
            self.late.add(made.id)

    def is_late(self, t_ms: int) -> bool:
        """Return True if the site has answered since that moment."""
        return bool(self.site.answers) and t_ms <= self.site.answers[-1].at_ms

    @precondition(lambda self: self.site.rows)
    @rule(which=st.integers(0), credits_=credit, name=model, kind=st.sampled_from(["USAGE", "X"]))
    def change(self, which: int, credits_: int, name: str, kind: str) -> None:
        """Change a row's credits, model or type."""
        made = self.site.rows[1 + which % len(self.site.rows)]
        changed = msgspec.structs.replace(made, credits=credits_, model=name, type=kind, status=500)
        self.site.change(changed)

    @rule(limit=limits, order=st.none() | st.integers(0, 9))
    def answer_otherwise(self, limit: int | None, order: int | None) -> None:
        """Cut answers to N rows; duplicate and shuffle rows."""
        self.site.limit, self.site.order = limit, order

    @rule(hours=st.sampled_from(Hours))
    def answer_hours_otherwise(self, hours: Hours) -> None:
        """Honour ``hours``, ignore it, refuse it, or answer with other rows."""
        self.site.hours = hours

    @rule(seconds=st.sampled_from([0, 1, 10, 60, 61, 300, 301, 3_600, 40_000]))
    def wait(self, seconds: int) -> None:
        """Let time pass without a poll, up to half a day."""
        self.clock.advance(seconds)

    @rule(collecting=st.booleans(), interval_s=st.sampled_from([10, 60, 600]))
    def switch(self, collecting: bool, interval_s: int) -> None:
        """Switch collecting, and change the interval."""
        changed = msgspec.structs.replace(
            self.store.state.settings, collecting=collecting, poll_interval_s=interval_s
        )
        self.run(self.world.commands.settings.change(lambda _: changed))

    @rule(seconds=st.integers(0, 70))
    def poll(self, seconds: int) -> None:
        """Poll, with a back-fill where one is due."""
        self.clock.advance(seconds)
        polled = self.run(self.world.collecting.poller.poll())
        assert polled.at_ms == self.clock.now_ms()
        link = self.store.state.link
        assert link.state is (
            LinkState.OK if self.store.state.settings.collecting else LinkState.OFF
        )
        self.learn()

    @rule(
        rush=st.lists(st.integers(1, 9), min_size=1, max_size=9),
        limit=st.integers(1, 4),
        hours=st.sampled_from(Hours),
    )
    def poll_after_a_rush(self, rush: list[int], limit: int, hours: Hours) -> None:
        """Poll after about as many rows as an answer contains."""
        self.charge([(seconds, 1, "opus") for seconds in rush])
        self.site.limit, self.site.hours = limit, hours
        self.poll(1)

    @precondition(lambda self: self.truth.seen)
    @rule()
    def poll_in_silence(self) -> None:
        """Poll a site that answers without rows, although it has some."""
        self.site.is_silent = True
        assert self.run(self.world.collecting.poller.poll()).new == 0
        self.site.is_silent = False
        self.learn()

    @rule()
    def poll_in_vain(self) -> None:
        """Poll in vain: a failed poll proves nothing."""
        self.site.is_failing = True
        with pytest.raises(UpstreamError):
            self.run(self.world.collecting.poller.poll())
        self.site.is_failing = False

    def learn(self) -> None:
        """Add the answers since the last step to the model."""
        for answer in self.site.answers[self.learned :]:
            self.truth.learn(answer, self.store.state.settings.poll_interval_s)
        self.learned = len(self.site.answers)

    @rule()
    def restart(self) -> None:
        """Restart the program: every answer of the store is the same as before."""
        before = self.run(self.all_answers())
        self.run(self.world.restart())
        assert self.run(self.all_answers()) == before

    async def all_answers(self) -> object:
        """Return everything the store reports."""
        return (
            self.store.records.revision,
            self.store.state.settings,
            self.store.state.link,
            await self.records(),
            await self.store.curves.gaps(START - 2 * DAY, self.clock.now_ms()),
            await self.store.records.totals_by_model(),
            await self.store.records.summary(),
        )

    async def records(self) -> dict[int, Record]:
        """Return the stored rows by their ids."""
        pieces = self.store.records.export(ExportQuery())
        return {record.id: record async for piece in pieces for record in piece}

    @invariant()
    def rows_are_those_seen(self) -> None:
        """The stored rows are the answered ones, in their last version."""
        stored = self.run(self.records())
        assert {number: as_made(record) for number, record in stored.items()} == self.truth.seen
        summary = self.run(self.store.records.summary())
        assert summary.total == len(self.truth.seen)
        assert summary.counted == sum(made.counts for made in self.truth.seen.values())
        assert summary.versions.revision == self.store.records.revision >= self.revision
        self.revision = self.store.records.revision

    @invariant()
    def totals_are_those_of_the_rows(self) -> None:
        """The totals agree by model, and in the curve of every bucket."""
        credits_: dict[str, int] = defaultdict(int)
        requests: dict[str, int] = defaultdict(int)
        for made in self.truth.seen.values():
            if made.counts:
                credits_[made.model] += made.credits
                requests[made.model] += 1
        expected = [
            ModelTotal(model=name, requests=requests[name], credits=credits_[name])
            for name in sorted(requests)
        ]
        assert self.run(self.store.records.totals_by_model()) == expected
        for curve in self.run(self.curves()):
            assert curve.total == sum(credits_.values())
            assert curve.requests == sum(requests.values())
            assert {one.key: one.total for one in curve.series} == dict(credits_)

    async def curves(self) -> list[Curve]:
        """Return the curve over the whole time, in every bucket."""
        from_ms, to_ms = START - 2 * DAY, self.clock.now_ms() + 1
        queries = [CurveQuery(from_ms=from_ms, to_ms=to_ms, bucket=bucket) for bucket in BUCKETS]
        return [await self.store.curves.curve(query) for query in queries]

    @invariant()
    def gaps_are_what_may_be_missing(self) -> None:
        """Each true loss is in a gap, and each gap is within an open stretch."""
        now_ms = self.clock.now_ms()
        from_ms, to_ms = START - 2 * DAY, now_ms + DAY
        gaps = self.run(self.store.curves.gaps(from_ms, to_ms))
        self.check_form(gaps, from_ms, now_ms)
        for made in self.lost():
            assert any(gap.from_ms <= made.t_ms <= gap.to_ms for gap in gaps), (made, gaps)
        for gap in gaps:
            assert any(stretch.contains(gap) for stretch in self.open_stretches(now_ms)), (
                gap,
                self.open_stretches(now_ms),
            )
        share = known_share(gaps, from_ms=from_ms, to_ms=to_ms, now_ms=now_ms)
        assert share is not None
        assert (share == 1) == (not gaps)

    def check_form(self, gaps: tuple[Gap, ...], from_ms: int, now_ms: int) -> None:
        """Check that gaps are in order, apart, within the range and not in the future."""
        ends = [from_ms]
        for gap in gaps:
            assert ends[-1] <= gap.from_ms < gap.to_ms <= now_ms
            ends.append(gap.to_ms)

    def lost(self) -> list[Made]:
        """Return the true losses; none before the first answer with rows."""
        answered_ms = self.truth.answered_ms
        return [
            made
            for made in self.site.rows.values()
            if answered_ms is not None
            and made.t_ms <= answered_ms
            and made.id not in self.truth.seen
            and made.id not in self.late
        ]

    def open_stretches(self, now_ms: int) -> list[OpenStretch]:
        """Return the open stretches, with the one since the last answer once a poll is overdue."""
        end_ms = self.truth.end_ms
        if end_ms is None:
            return [OpenStretch(0, now_ms, IDLE)]
        grace_s = max(
            3 * max(self.truth.interval_s, self.store.state.settings.poll_interval_s), 300
        )
        overdue = [OpenStretch(end_ms, now_ms, IDLE)] if now_ms - end_ms > grace_s * 1000 else []
        return self.truth.open_stretches + overdue


def as_made(record: Record) -> Made:
    """Return a stored record in the site's form."""
    return Made(
        id=record.id,
        t_ms=record.t_ms,
        credits=int(record.credits),
        model=record.model,
        type=record.type,
        status=record.status or 0,
    )


def test_the_store_agrees_with_the_model() -> None:
    """Run ten courses; the slow tests run a thousand."""
    course = settings(max_examples=10, stateful_step_count=20)
    run_state_machine_as_test(StoreAgainstModel, settings=course)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_the_store_agrees_with_the_model_over_a_thousand_courses() -> None:
    """Run a thousand courses of fifty steps."""
    course = settings(max_examples=1_000, stateful_step_count=50)
    run_state_machine_as_test(StoreAgainstModel, settings=course)
