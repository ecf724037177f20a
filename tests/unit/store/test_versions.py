"""Two answers to the same question with equal versions are equal, whatever happened in between."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.link import Link
from creditcurve.domain.reconciliation import ChartHour
from creditcurve.domain.record import Answer, Record
from creditcurve.domain.reject import Reject, RejectCode
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.domain.versions import Versions
from creditcurve.store import CurveQuery, Poll, RecordsQuery, SqliteStore
from creditcurve.vault import Vault
from support.examples import examples

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
START = 1_760_000_400_000


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.t_ms = START

    def now_ms(self) -> int:
        """Return the set moment."""
        return self.t_ms

    def monotonic_s(self) -> float:
        """Return the same in seconds."""
        return self.t_ms / 1000


class World:
    """A store, its clock, and all answers it has given by question and versions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock()
        self.vault = Vault.open(
            secret_key=Secret(b"test key"), key_file=folder / "unused.key", use_keyring=False
        )
        self.store = self.opened()
        self.answers: dict[tuple[str, Versions], Any] = {}
        self.versions = Versions()
        self.ids = 0

    def opened(self) -> SqliteStore:
        """Open the store."""
        return SqliteStore.open(self.folder / "data", vault=self.vault, clock=self.clock)

    async def restart(self) -> None:
        """Close the store and open it again."""
        await self.store.close()
        self.store = self.opened()

    async def poll(self, ages: tuple[int, ...], interval_s: int, hours: int | None) -> None:
        """Store a poll that returned records of these ages, in minutes."""
        now_ms = self.clock.now_ms()
        records = tuple(self.record(now_ms - age * MINUTE) for age in ages)
        await self.store.records.append(
            Poll(
                at_ms=now_ms,
                answer=Answer(records=records, rejects=self.rejects(len(ages) % 2)),
                interval_s=interval_s,
                link=Link(),
                cookie_status=CookieStatus(),
                hours=hours,
            )
        )

    def record(self, t_ms: int) -> Record:
        """A record of that minute; the same minute gives the same record."""
        return Record(
            id=t_ms // MINUTE,
            t_ms=t_ms // MINUTE * MINUTE,
            type="USAGE",
            endpoint="v1/messages",
            model="opus",
            credits=t_ms // MINUTE % 7,
        )

    def rejects(self, count: int) -> tuple[Reject, ...]:
        """Return so many different rows to quarantine."""
        self.ids += count
        return tuple(
            Reject(raw=f"row {self.ids}", code=RejectCode.ROW_NOT_AN_OBJECT) for _ in range(count)
        )

    async def take_from_quarantine(self) -> None:
        """Replace a quarantined row by a record."""
        rows = await self.store.quarantine.uncut(after=0, limit=1)
        record = self.record(self.clock.now_ms() - 17 * MINUTE)
        await self.store.quarantine.replace([row.id for row in rows], [record])

    async def save_chart(self, hours: int) -> None:
        """Store the site's sums of the last full hours."""
        now_ms = self.clock.now_ms()
        start = now_ms // HOUR * HOUR
        chart = [ChartHour(start - number * HOUR, number % 3) for number in range(1, hours + 1)]
        await self.store.curves.save_chart(chart, at_ms=now_ms)

    async def change_settings(self, interval_s: int) -> None:
        """Set the poll interval."""
        await self.store.state.save(settings=Settings(poll_interval_s=interval_s))

    async def check(self) -> None:
        """Ask everything; hold each answer against the earlier ones with the same versions."""
        store = self.store
        for question, asked in questions(store).items():
            answer = await asked()
            versions = answer.versions
            known = self.answers.setdefault((question, versions), self.comparable(answer))
            assert self.comparable(answer) == known, question
        versions = await store.versions()
        assert store.state.versioned_settings.version == versions.settings
        assert versions.revision >= self.versions.revision
        assert versions.coverage >= self.versions.coverage
        assert versions.settings >= self.versions.settings
        assert versions.sums >= self.versions.sums
        self.versions = versions

    def comparable(self, answer: Any) -> Any:
        """Return the answer with "now" for the present moment, which ends the last gap."""
        plain = msgspec.to_builtins(answer)
        gaps = plain.get("gaps", ())
        is_overdue = answer.versions.coverage % 2 == 1
        if gaps and is_overdue and gaps[-1]["to_ms"] == min(self.clock.now_ms(), plain["to_ms"]):
            gaps[-1]["to_ms"] = "now"
        return plain


def questions(store: SqliteStore) -> dict[str, Callable[[], Awaitable[Any]]]:
    whole = CurveQuery(from_ms=START - DAY, to_ms=START + 30 * DAY)
    hour = CurveQuery(from_ms=START - HOUR, to_ms=START + HOUR, bucket=60)
    return {
        "whole": lambda: store.curves.curve(whole),
        "hour": lambda: store.curves.curve(hour),
        "page": lambda: store.records.page(RecordsQuery(limit=5)),
        "summary": store.records.summary,
        "quarantine": lambda: store.quarantine.page(limit=5, before=None),
        "since": lambda: store.records.since(0, 10),
    }


async def test_a_late_poll_that_closes_the_time_since_the_last_one_changes_the_coverage(
    tmp_path: Path,
) -> None:
    world = World(tmp_path)
    await world.poll((5,), 60, None)
    seen = [await world.store.versions()]
    for wait, ages in ((11, None), (0, (16,)), (11, None), (0, ())):
        world.clock.t_ms += wait * MINUTE
        if ages is not None:
            await world.poll(ages, 60, None)
        await world.check()
        seen.append(await world.store.versions())
    coverage = [versions.coverage for versions in seen]
    assert coverage == sorted(set(coverage)), "a new and higher one each time"
    await world.store.close()


async def test_an_odd_version_of_the_coverage_says_that_the_next_poll_is_overdue(
    tmp_path: Path,
) -> None:
    """Before the first poll it is, too."""
    world = World(tmp_path)
    assert (await world.store.versions()).coverage % 2 == 1
    await world.poll((5,), 60, None)
    begun = (await world.store.versions()).coverage
    assert begun % 2 == 0
    world.clock.t_ms += 11 * MINUTE
    assert (await world.store.versions()).coverage == begun + 1
    await world.poll((16,), 60, None)
    assert (await world.store.versions()).coverage % 2 == 0
    await world.store.close()


async def test_polls_in_time_do_not_change_coverage(tmp_path: Path) -> None:
    world = World(tmp_path)
    await world.poll((5,), 60, None)
    before = await world.store.versions()
    for minute in range(1, 30):
        world.clock.t_ms += MINUTE
        await world.poll((5 + minute,), 60, None)
        await world.check()
    assert (await world.store.versions()).coverage == before.coverage
    await world.store.close()


async def test_an_hour_that_can_be_compared_since_a_poll_changes_the_sums(tmp_path: Path) -> None:
    """The site's sum of the hour came before the poll that proves the end of the hour."""
    world = World(tmp_path)
    world.clock.t_ms = START - 90 * MINUTE
    await world.poll((1,), 600, None)
    for _ in range(8):
        world.clock.t_ms += 10 * MINUTE
        await world.poll((), 600, None)
    world.clock.t_ms += 14 * MINUTE
    await world.save_chart(1)
    await world.check()
    before = await world.store.records.summary()
    await world.poll((), 600, None)
    await world.check()
    after = await world.store.records.summary()
    assert before.reconciliation != after.reconciliation
    assert before.versions.coverage == after.versions.coverage
    assert before.versions.sums < after.versions.sums
    await world.store.close()


async def test_a_clock_that_is_set_back_lowers_no_version(tmp_path: Path) -> None:
    world = World(tmp_path)
    await world.poll((5,), 60, None)
    world.clock.t_ms += 11 * MINUTE
    before = await world.store.versions()
    world.clock.t_ms -= 11 * MINUTE
    assert await world.store.versions() == before
    await world.poll((5,), 60, None)
    assert (await world.store.versions()).coverage > before.coverage
    await world.store.close()


intervals = st.sampled_from([10, 60, 600])
steps = st.one_of(
    st.tuples(
        st.just("wait"),
        st.sampled_from([MINUTE, 4 * MINUTE, 11 * MINUTE, HOUR, 2 * DAY]),
    ),
    st.tuples(
        st.just("poll"),
        st.lists(st.integers(0, 90), max_size=4).map(tuple),
        intervals,
        st.sampled_from([None, None, 24]),
    ),
    st.tuples(st.just("take_from_quarantine")),
    st.tuples(st.just("save_chart"), st.integers(1, 4)),
    st.tuples(st.just("change_settings"), intervals),
    st.tuples(st.just("prune")),
    st.tuples(st.just("restart")),
)


@examples(20)
@given(st.lists(steps, min_size=2, max_size=14))
def test_equal_versions_mean_equal_answers(course: list[tuple[Any, ...]]) -> None:
    async def run(folder: Path) -> None:
        world = World(folder)
        try:
            for name, *arguments in course:
                if name == "wait":
                    world.clock.t_ms += arguments[0]
                elif name == "prune":
                    await world.store.retention.prune(1)
                else:
                    await getattr(world, name)(*arguments)
                await world.check()
        finally:
            await world.store.close()

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder)))
