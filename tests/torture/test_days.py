"""Three simulated months: nothing grows, and the store equals a model.

The store, the collecting and the rules of alerts are the real ones; only the clock is the test's.
Each day has faults of the site, a refused cookie, hours of sleep or a full disk; on some the clock
is set, and two days of the course have 23 and 25 hours.
"""

import asyncio
import contextlib
import ctypes
import gc
import logging
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

import pytest

from creditcurve.diagnostics import Resources
from creditcurve.domain.curve import Curve
from creditcurve.domain.instant import DAY_MS, HOUR_MS, from_iso
from creditcurve.domain.link import LinkState
from creditcurve.store import CurveQuery
from support.checker import check_database
from support.clocks import HandClock
from support.days import ZONE, DaysSite, Model, TrueClock
from support.model_site import model_client
from support.small_disk import small_disk
from support.torture import Figures, Scale
from support.world import World

WHOLE: Final = 90
BEGIN: Final = from_iso("2025-10-20T00:00:00Z")
"""Six days before a day of 25 hours in Berlin."""
INTERVAL_S: Final = 600
KEPT_DAYS: Final = 2
MAX_GROWTH: Final = 1.05
MAX_JOURNAL: Final = 8 * 1024 * 1024
DISK_MB: Final = 64


class Days:
    """A running world, and the events of its days."""

    def __init__(self, folder: Path, chance: Random) -> None:
        self.clock = HandClock(BEGIN)
        self.time = TrueClock(self.clock)
        self.site = DaysSite(self.time)
        self.model = Model(self.site)
        self.chance = chance
        self.folder = folder
        self.world = World(
            folder / "data", clock=self.clock, client=lambda: model_client(self.site, self.clock)
        )

    async def pass_hours(self, hours: float) -> None:
        """Let time pass, with requests and the polls that are due."""
        for _ in range(round(hours * 3600 / INTERVAL_S)):
            for _ in range(self.chance.randrange(3)):
                self.site.charge(self.chance)
            await self.world.advance(INTERVAL_S)
        self.model.learn()

    async def sleep(self) -> None:
        """Suspend the machine; others go on to spend."""
        for _ in range(self.chance.randrange(30)):
            self.site.charge(self.chance)
        await self.world.advance(self.chance.randrange(1, 10) * 3600)

    async def fail(self) -> None:
        """Let the site fail for hours, or answer without rows."""
        fault = self.chance.choice(("is_failing", "is_silent"))
        setattr(self.site, fault, True)
        await self.pass_hours(2)
        setattr(self.site, fault, False)

    async def refuse(self) -> None:
        """Let the site refuse the cookie until the user gives it again."""
        self.site.is_refusing = True
        await self.pass_hours(1)
        assert self.world.link_state() is LinkState.COOKIE_INVALID
        self.site.is_refusing = False
        await self.world.commands.cookie.check()

    async def set_clock(self) -> None:
        """Set the wall clock forward or back for an hour."""
        change_ms = self.chance.choice((-1, 1, 20)) * HOUR_MS
        self.clock.set_wall_clock(self.clock.now_ms() + change_ms)
        await self.pass_hours(1)
        self.clock.set_wall_clock(self.time.now_ms())

    async def fill_disk(self) -> None:
        """Leave no space for an hour."""
        await self.world.store._database.truncate_log()  # the journal has no space left
        filler = self.folder / "filler"
        with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(65_536))
        await self.pass_hours(1)
        assert self.world.link_state() is LinkState.STORAGE_ERROR
        filler.unlink()
        await self.world.advance(120)

    async def day(self) -> None:
        """Pass one day with two of these events, then remove old records."""
        events = [self.sleep, self.fail, self.refuse, self.set_clock, self.fill_disk]
        for event in self.chance.sample(events, 2):
            await self.pass_hours(5)
            await event()
        await self.pass_hours(24 - (self.time.now_ms() - BEGIN) % DAY_MS / HOUR_MS)
        while await self.world.store.retention.prune(KEPT_DAYS):
            pass


@pytest.fixture
async def days(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Days]:
    caplog.set_level(logging.CRITICAL, "creditcurve")  # pytest keeps every line in memory
    with small_disk(tmp_path, size_mb=DISK_MB) as disk:
        days = Days(disk, Random(23))
        await days.world.give_cookie()
        await days.world.change(
            collecting=True, poll_interval_s=INTERVAL_S, retention_days=KEPT_DAYS
        )
        days.world.start()
        try:
            yield days
        finally:
            await days.world.close()


@pytest.mark.slow
@pytest.mark.timeout(7200)
async def test_months_leave_nothing_behind_and_lose_nothing(
    days: Days, scale: Scale, figures: Figures
) -> None:
    count = max(3, scale.count(WHOLE))
    await asyncio.gather(*(days.world.store.versions() for _ in range(50)))  # fills the pools
    await days.day()
    first = now = used(days)
    for _ in range(count - 1):
        await days.day()
        now = used(days)
        assert (now.descriptors or 0) <= (first.descriptors or 0)
        assert (now.threads, now.tasks) == (first.threads, first.tasks)
        await compare(days)
    growth = (now.memory_bytes or 1) / (first.memory_bytes or 1)
    assert growth <= MAX_GROWTH
    figures.add("simulated days", count, f"{days.model.count:,} records, memory x {growth:.3f}")


def by_day(curve: Curve) -> Counter[str]:
    """Return the credits of each day in Berlin, without days that spent none."""
    spent = Counter[str]()
    for series in curve.series:
        for t_ms, credits_ in zip(series.t, series.v, strict=True):
            at = datetime.fromtimestamp(t_ms / 1000, UTC).astimezone(ZONE)
            spent[at.date().isoformat()] += int(credits_)
    return +spent


def used(days: Days) -> Resources:
    """Measure the process, and check the size of the journal."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)  # glibc keeps freed memory; it is no growth
    journal = days.folder / "data" / "creditcurve.db-wal"
    assert journal.stat().st_size <= MAX_JOURNAL
    return Resources.now()


async def compare(days: Days) -> None:
    """Compare totals, models and days with the model, and verify the file."""
    store = days.world.store
    totals = await store.records.totals_by_model()
    assert {one.model: one.credits for one in totals} == days.model.by_model
    assert sum(one.requests for one in totals) == days.model.count
    query = CurveQuery(
        from_ms=BEGIN - DAY_MS, to_ms=days.time.now_ms() + DAY_MS, bucket=86_400, zone=ZONE
    )
    assert by_day(await store.curves.curve(query)) == +days.model.by_day
    copy = days.folder / "copy.db"
    await store.storage.backup(
        copy
    )  # another SQLite in this process would release the locks of this one
    content = check_database(copy)
    copy.unlink()
    for made in days.site.rows.values():
        if made.t_ms >= content.horizon_ms and made.id not in content.ids:
            assert not any(start <= made.t_ms < end for start, end in content.spans), made
