"""The store held to a model: every true loss is flagged, nothing that overlaps is.

A site that knows every row it ever made is polled through the real client, the real polling and a
real database, over random courses of new, late, changed and doubled rows, answers cut to N rows or
silent, faults, restarts, switches, and back-fills honoured, ignored, refused or answered with other
rows. After each step all that the store says is compared with what the model knows.

A *true loss* is a row that was made on time, that an answer with rows could have shown, and that
none has shown. On time: its ``createdAt`` lies after the moment the site last answered. A row that
comes late, dated before an answer that lacked it, may slip below the cut unseen, and no client can
know: it is none. Nor is what was made since the last answer with rows: the next one still tells.
A *doubt* is a stretch that successive answers leave open: the later one shares no row with what is
known and does not reach back to it. Each possible loss must lie within a doubt.
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

from creditcurve.collecting.poll import Polling
from creditcurve.commands import Commands
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.coverage import Gap, GapKind, known_share
from creditcurve.domain.curve import BUCKETS_S, Curve
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.record import Record
from creditcurve.domain.secret import Secret
from creditcurve.feed import Feed
from creditcurve.simulator import DEMO_COOKIE
from creditcurve.store import Bucket, CurveQuery, ExportQuery, ModelTotal, SqliteStore, Vault
from creditcurve.upstream import UpstreamError
from support.clocks import HandClock
from support.model_site import Hours, Made, ModelClient, ModelSite, Told

START = 1_760_000_000_000
DAY = 86_400_000
LOSS, IDLE = GapKind.POSSIBLE_LOSS, GapKind.NOT_COLLECTING
BUCKETS: tuple[Bucket, ...] = ("auto", "none", 7, *BUCKETS_S)
MODELS = ("opus", "sonnet", "haiku")

T = TypeVar("T")
credit = st.integers(0, 50)
model = st.sampled_from(MODELS)
limits = st.none() | st.integers(1, 8)


class Doubt(msgspec.Struct, frozen=True):
    """A stretch that two successive answers leave open."""

    from_ms: int
    to_ms: int
    kind: GapKind

    def holds(self, gap: Gap) -> bool:
        """Whether a gap lies within it."""
        return self.kind is gap.kind and self.from_ms <= gap.from_ms and gap.to_ms <= self.to_ms


class Truth:
    """What the answers so far show to one who reads them with care.

    Attributes:
        seen: each row as it was last told.
        doubts: what they leave open, before the first of them too.
        first_ms: where what is known begins; None before the first answer.
        end_ms: the moment of the last one.
        told_ms: the moment of the last one with rows.
        intervals: the poll interval at the last answer.
    """

    def __init__(self) -> None:
        self.seen: dict[int, Made] = {}
        self.doubts: list[Doubt] = []
        self.end_ms: int | None = None
        self.told_ms: int | None = None
        self.interval_s = 60

    def learn(self, told: Told, interval_s: int) -> None:
        """Take in an answer."""
        if not told.is_back_fill:
            self._doubt(told, interval_s)
            self.end_ms, self.interval_s = told.at_ms, interval_s
            if told.rows:
                self.told_ms = told.at_ms
        firsts: dict[int, Made] = {}
        for made in told.rows:
            firsts.setdefault(made.id, made)
        self.seen |= firsts

    def _doubt(self, told: Told, interval_s: int) -> None:
        oldest_ms = min((made.t_ms for made in told.rows), default=told.at_ms)
        if self.end_ms is None:
            self.doubts.append(Doubt(0, oldest_ms, IDLE))
            return
        if not told.rows or self._overlaps(told, oldest_ms):
            return
        from_ms = self.end_ms if self.told_ms is None else self.told_ms
        if oldest_ms <= from_ms:
            from_ms = self._newest_ms()
        grace_s = max(3 * max(interval_s, self.interval_s), 300)
        kind = LOSS if told.at_ms - self.end_ms <= grace_s * 1000 else IDLE
        self.doubts.append(Doubt(from_ms, oldest_ms, kind))

    def _overlaps(self, told: Told, oldest_ms: int) -> bool:
        return oldest_ms <= self._newest_ms() or any(made.id in self.seen for made in told.rows)

    def _newest_ms(self) -> int:
        """The newest row that is known; a site that has none said so at its last answer."""
        return max((made.t_ms for made in self.seen.values()), default=self.end_ms or 0)


class StoreAgainstModel(RuleBasedStateMachine):
    """The courses of events, and what holds after each of them."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = HandClock(START)
        self.site = ModelSite(self.clock)
        self.truth = Truth()
        self.late: set[int] = set()
        self.heard = 0
        self.revision = 0
        self.store = self.opened()
        status = CookieStatus(state=CookieState.VALID, generation=1)
        self.run(self.store.state.save_cookie(DEMO_COOKIE, status, Link()))
        self.begin()

    def opened(self) -> SqliteStore:
        """The store, as it lies in the folder."""
        folder = Path(self.folder.name)
        vault = Vault.open(
            secret_key=Secret(b"test key"), key_file=folder / "unused.key", use_keyring=False
        )
        return SqliteStore.open(folder / "data", vault=vault, clock=self.clock)

    def begin(self) -> None:
        """The parts above the store, as a start of the program makes them."""
        self.upstream = ModelClient(self.site, self.clock)
        feed = Feed(self.store.records.revision)
        self.polling = Polling(
            store=self.store,
            upstream=self.upstream,
            feed=feed,
            clock=self.clock,
            jitter=lambda: 0.5,
        )
        self.commands = Commands(
            store=self.store,
            upstream=self.upstream,
            polling=self.polling,
            feed=feed,
            clock=self.clock,
        )

    def run(self, work: Awaitable[T]) -> T:
        """Wait for it: a course is no coroutine, but all of it is on one loop."""

        async def wait() -> T:
            return await work

        return self.runner.run(wait())

    def teardown(self) -> None:
        """The end of a course."""
        self.run(self.polling.close())
        self.run(self.upstream.aclose())
        self.run(self.store.close())
        self.runner.close()
        self.folder.cleanup()

    @initialize(limit=limits, hours=st.sampled_from(Hours), earlier=st.integers(0, 5))
    def found(self, limit: int | None, hours: Hours, earlier: int) -> None:
        """The site as the program meets it, with some rows or none yet."""
        self.site.limit, self.site.hours = limit, hours
        for back in range(earlier):
            self.site.make(START - back * 40_000, back, "opus")

    @rule(rows=st.lists(st.tuples(st.integers(0, 9), credit, model), min_size=1, max_size=9))
    def charge(self, rows: list[tuple[int, int, str]]) -> None:
        """Time passes, and requests are made meanwhile; some at the same moment."""
        for seconds, credits_, name in rows:
            self.clock.advance(seconds)
            if self.is_late(self.clock.now_ms()):
                self.clock.advance(1)
            self.site.make(self.clock.now_ms(), credits_, name)

    @rule(back_s=st.integers(0, 900), credits_=credit, name=model)
    def charge_late(self, back_s: int, credits_: int, name: str) -> None:
        """A row appears that is dated before others."""
        made = self.site.make(self.clock.now_ms() - back_s * 1000, credits_, name)
        if self.is_late(made.t_ms):
            self.late.add(made.id)

    def is_late(self, t_ms: int) -> bool:
        """Whether the site has answered since that moment."""
        return bool(self.site.told) and t_ms <= self.site.told[-1].at_ms

    @precondition(lambda self: self.site.rows)
    @rule(which=st.integers(0), credits_=credit, name=model, kind=st.sampled_from(["USAGE", "X"]))
    def change(self, which: int, credits_: int, name: str, kind: str) -> None:
        """A row is charged otherwise, belongs to another model, or counts no longer."""
        made = self.site.rows[1 + which % len(self.site.rows)]
        changed = msgspec.structs.replace(made, credits=credits_, model=name, type=kind, status=500)
        self.site.change(changed)

    @rule(limit=limits, order=st.none() | st.integers(0, 9))
    def answer_otherwise(self, limit: int | None, order: int | None) -> None:
        """Cut to N rows; doubled and out of order."""
        self.site.limit, self.site.order = limit, order

    @rule(hours=st.sampled_from(Hours))
    def answer_hours_otherwise(self, hours: Hours) -> None:
        """Honoured, ignored, refused, or answered with other rows."""
        self.site.hours = hours

    @rule(seconds=st.sampled_from([0, 1, 10, 60, 61, 300, 301, 3_600, 40_000]))
    def wait(self, seconds: int) -> None:
        """Time passes without a poll, up to half a day."""
        self.clock.advance(seconds)

    @rule(collecting=st.booleans(), interval_s=st.sampled_from([10, 60, 600]))
    def switch(self, collecting: bool, interval_s: int) -> None:
        """Off and on, slower and faster."""
        changed = msgspec.structs.replace(
            self.store.state.settings, collecting=collecting, poll_interval_s=interval_s
        )
        self.run(self.commands.change_settings(lambda _: changed))

    @rule(seconds=st.integers(0, 70))
    def poll(self, seconds: int) -> None:
        """A poll that is answered, with the back-fill that it may call for."""
        self.clock.advance(seconds)
        polled = self.run(self.polling.poll())
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
        """More rows than an answer holds, or nearly."""
        self.charge([(seconds, 1, "opus") for seconds in rush])
        self.site.limit, self.site.hours = limit, hours
        self.poll(1)

    @precondition(lambda self: self.truth.seen)
    @rule()
    def poll_in_silence(self) -> None:
        """The site answers with no row at all, although it told of some before."""
        self.site.is_silent = True
        assert self.run(self.polling.poll()).new == 0
        self.site.is_silent = False
        self.learn()

    @rule()
    def poll_in_vain(self) -> None:
        """A poll that fails proves nothing."""
        self.site.is_failing = True
        with pytest.raises(UpstreamError):
            self.run(self.polling.poll())
        self.site.is_failing = False

    def learn(self) -> None:
        """Show the model what the site has answered since."""
        for told in self.site.told[self.heard :]:
            self.truth.learn(told, self.store.state.settings.poll_interval_s)
        self.heard = len(self.site.told)

    @rule()
    def restart(self) -> None:
        """The program ends and begins anew: not one answer of the store is another."""
        before = self.run(self.all_told())
        self.run(self.polling.close())
        self.run(self.upstream.aclose())
        self.run(self.store.close())
        self.store = self.opened()
        self.begin()
        assert self.run(self.all_told()) == before

    async def all_told(self) -> object:
        """All that the store says."""
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
        """The stored rows by their ids."""
        pieces = self.store.records.export(ExportQuery())
        return {record.id: record async for piece in pieces for record in piece}

    @invariant()
    def rows_are_those_seen(self) -> None:
        """Each as it was last told, and no other."""
        stored = self.run(self.records())
        assert {number: as_made(record) for number, record in stored.items()} == self.truth.seen
        summary = self.run(self.store.records.summary())
        assert summary.total == len(self.truth.seen)
        assert summary.counted == sum(made.counts for made in self.truth.seen.values())
        assert summary.versions.revision == self.store.records.revision >= self.revision
        self.revision = self.store.records.revision

    @invariant()
    def totals_are_those_of_the_rows(self) -> None:
        """By model, and as a curve of every bucket."""
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
        """The whole time as a curve, in every bucket."""
        from_ms, to_ms = START - 2 * DAY, self.clock.now_ms() + 1
        queries = [CurveQuery(from_ms=from_ms, to_ms=to_ms, bucket=bucket) for bucket in BUCKETS]
        return [await self.store.curves.curve(query) for query in queries]

    @invariant()
    def gaps_are_what_may_be_missing(self) -> None:
        """Each true loss lies in a gap, and each gap within a doubt."""
        now_ms = self.clock.now_ms()
        from_ms, to_ms = START - 2 * DAY, now_ms + DAY
        gaps = self.run(self.store.curves.gaps(from_ms, to_ms))
        self.check_form(gaps, from_ms, now_ms)
        for made in self.lost():
            assert any(gap.from_ms <= made.t_ms <= gap.to_ms for gap in gaps), (made, gaps)
        for gap in gaps:
            assert any(doubt.holds(gap) for doubt in self.doubts(now_ms)), (
                gap,
                self.doubts(now_ms),
            )
        share = known_share(gaps, from_ms=from_ms, to_ms=to_ms, now_ms=now_ms)
        assert share is not None
        assert (share == 1) == (not gaps)

    def check_form(self, gaps: tuple[Gap, ...], from_ms: int, now_ms: int) -> None:
        """In order, apart, within the range, none later than now."""
        ends = [from_ms]
        for gap in gaps:
            assert ends[-1] <= gap.from_ms < gap.to_ms <= now_ms
            ends.append(gap.to_ms)

    def lost(self) -> list[Made]:
        """The true losses; before the first answer with rows there are none."""
        told_ms = self.truth.told_ms
        return [
            made
            for made in self.site.rows.values()
            if told_ms is not None
            and made.t_ms <= told_ms
            and made.id not in self.truth.seen
            and made.id not in self.late
        ]

    def doubts(self, now_ms: int) -> list[Doubt]:
        """All that is open, what lies after the last answer too once the next is overdue."""
        end_ms = self.truth.end_ms
        if end_ms is None:
            return [Doubt(0, now_ms, IDLE)]
        grace_s = max(
            3 * max(self.truth.interval_s, self.store.state.settings.poll_interval_s), 300
        )
        overdue = [Doubt(end_ms, now_ms, IDLE)] if now_ms - end_ms > grace_s * 1000 else []
        return self.truth.doubts + overdue


def as_made(record: Record) -> Made:
    """A stored record as the site made it."""
    return Made(
        id=record.id,
        t_ms=record.t_ms,
        credits=int(record.credits),
        model=record.model,
        type=record.type,
        status=record.status or 0,
    )


def test_the_store_says_what_the_model_knows() -> None:
    """Fifty courses of events; ``make test-slow`` runs a thousand."""
    course = settings(max_examples=50, stateful_step_count=20)
    run_state_machine_as_test(StoreAgainstModel, settings=course)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_the_store_says_what_the_model_knows_over_a_thousand_courses() -> None:
    """A thousand courses of fifty steps."""
    course = settings(max_examples=1_000, stateful_step_count=50)
    run_state_machine_as_test(StoreAgainstModel, settings=course)
