"""The morning digest: once a day, with the day before beside the usual."""

import pytest

from creditcurve.domain.account import Account
from creditcurve.domain.digest import Digest
from creditcurve.domain.instant import DAY_MS, HOUR_MS, from_iso
from creditcurve.domain.record import Record
from creditcurve.domain.settings import Digest as DigestSettings
from creditcurve.domain.unit import Unit
from support.history import store_history
from support.record_files import record
from support.world import NOW, SiteWorld

MIDNIGHT = NOW - NOW % DAY_MS


def past_days() -> list[Record]:
    """Return a request of each of 30 days: 100 credits a day by one key, and 50 by a new one."""
    days = [
        record(day, t_ms=MIDNIGHT - day * DAY_MS + HOUR_MS, credits=100, api_key="laptop")
        for day in range(1, 31)
    ]
    new = record(99, t_ms=MIDNIGHT - HOUR_MS, credits=50, api_key="ci", model="haiku")
    return [*days, new]


async def digests(world: SiteWorld) -> list[Digest]:
    """Return the digests in the outbox."""
    found = await world.store.outbox.open_messages()
    return [one.digest for one in found if one.digest is not None]


async def tick(world: SiteWorld, hours: float = 0) -> None:
    """Let time pass."""
    world.clock.advance(hours * 3_600)
    await world.alerting.digests.tick()


@pytest.fixture
async def morning(world: SiteWorld) -> SiteWorld:
    """It is half past twelve, and the digest is due at one o'clock."""
    await store_history(world, past_days(), 40)
    await world.change(time_zone="UTC", digest=DigestSettings(at="13:00"))
    return world


async def test_a_digest_describes_yesterday_beside_the_usual(morning: SiteWorld) -> None:
    account = Account(at_ms=NOW, unit=Unit.CREDITS, balance=900)
    await morning.store.account.save(account, {})
    await tick(morning, hours=0.5)
    (found,) = await digests(morning)
    assert (found.date, found.total, found.usual) == ("2025-11-22", 150, 100)
    assert [(one.key, one.v, one.usual) for one in found.models] == [
        ("opus", 100, 100),
        ("haiku", 50, 0),
    ]
    assert [(one.key, one.v) for one in found.keys] == [("laptop", 100), ("ci", 50)]
    assert (found.complete, found.balance) == (1.0, 900)
    assert found.empty_ms is not None


async def test_it_is_written_once_a_day_and_at_its_time(morning: SiteWorld) -> None:
    await tick(morning)
    assert await digests(morning) == []
    for _ in range(3):
        await tick(morning, hours=0.5)
    await morning.restart()
    await tick(morning)
    assert len(await digests(morning)) == 1
    await tick(morning, hours=24)
    assert [one.date for one in await digests(morning)] == ["2025-11-22", "2025-11-23"]


async def test_it_is_left_out_when_the_machine_was_off_in_the_morning(morning: SiteWorld) -> None:
    await tick(morning, hours=5)
    assert await digests(morning) == []


async def test_a_clock_that_is_set_back_repeats_no_digest(morning: SiteWorld) -> None:
    await tick(morning, hours=0.5)
    await tick(morning, hours=24)
    morning.clock.set_wall_clock(morning.clock.now_ms() - DAY_MS)
    await tick(morning)
    assert len(await digests(morning)) == 2


@pytest.mark.parametrize(
    ("now", "hours"), [("2026-03-09T12:30:00Z", 23), ("2026-11-02T13:30:00Z", 25)]
)
async def test_a_day_on_which_the_clocks_change_is_whole(
    world: SiteWorld, now: str, hours: int
) -> None:
    """A credit an hour in New York, where it is half past eight."""
    now_ms = from_iso(now)
    instants = range(now_ms - 60 * HOUR_MS, now_ms, HOUR_MS)
    records = [record(n + 1, t_ms=at, credits=1) for n, at in enumerate(instants)]
    world.clock.set_wall_clock(now_ms)
    await world.store.records.import_records(records)
    await world.change(time_zone="America/New_York", digest=DigestSettings(at="08:00"))
    await tick(world)
    (found,) = await digests(world)
    assert found.to_ms - found.from_ms == hours * HOUR_MS
    assert (found.date, found.total) == ((now[:8] + f"{int(now[8:10]) - 1:02}"), hours)
