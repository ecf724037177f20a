"""The costs of a poll and of a curve, counted in steps of SQLite's virtual machine."""

import time
from pathlib import Path
from typing import Final

import pytest

from creditcurve.clocks import SystemClock
from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer, Record
from creditcurve.domain.secret import Secret
from creditcurve.store import CurveQuery, Poll, SqliteStore
from creditcurve.vault import Vault
from unit.costs.steps import Steps

pytestmark = pytest.mark.slow

HOUR_MS: Final = 3_600_000
SIZES: Final = (100, 1_000, 10_000)


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def records(count: int, end_ms: int, step_ms: int) -> tuple[Record, ...]:
    return tuple(
        Record(
            id=number + 1,
            t_ms=end_ms - (count - number) * step_ms,
            type="USAGE",
            endpoint="v1/messages",
            model="opus",
            credits=number % 97,
            status=200,
        )
        for number in range(count)
    )


def poll(given: tuple[Record, ...], at_ms: int) -> Poll:
    return Poll(
        at_ms=at_ms,
        answer=Answer(records=given),
        interval_s=60,
        link=Link(),
        cookie_status=CookieStatus(),
    )


def opened(folder: Path) -> SqliteStore:
    folder.mkdir()
    vault = Vault.open(secret_key=Secret(b"k"), key_file=folder / "no.key", use_keyring=False)
    return SqliteStore.open(folder, vault=vault, clock=SystemClock())


async def test_a_poll_costs_by_its_new_rows(tmp_path: Path) -> None:
    steps = []
    for size in SIZES:
        end_ms = now_ms()
        given = records(size + 1, end_ms, 1_000)
        with Steps() as counted:
            store = opened(tmp_path / str(size))
            await store.records.append(poll(given[:-1], end_ms))
            counted.count = 0
            await store.records.append(poll(given, end_ms))
            steps.append(counted.count)
            await store.close()
    assert steps[-1] < steps[0] * 1.25, steps


async def test_a_poll_costs_no_more_for_each_of_many_new_rows(tmp_path: Path) -> None:
    steps = []
    for new in (1, 10, 100):
        end_ms = now_ms()
        given = records(1_000, end_ms, 1_000)
        with Steps() as counted:
            store = opened(tmp_path / str(new))
            await store.records.append(poll(given[:-new], end_ms))
            counted.count = 0
            await store.records.append(poll(given, end_ms))
            steps.append(counted.count)
            await store.close()
    assert steps[2] < 11 * steps[1] < 121 * steps[0], steps


async def test_an_event_costs_by_its_own_records(tmp_path: Path) -> None:
    """One new record, behind ten times as many old ones each time; then ten and a hundred."""
    alone: list[int] = []
    several: list[int] = []
    for size in SIZES:
        end_ms = now_ms()
        with Steps() as counted:
            store = opened(tmp_path / str(size))
            await store.records.append(poll(records(size, end_ms, 1_000), end_ms))
            for new, steps in ((1, alone), (size // 10, several)):
                counted.count = 0
                found = await store.records.since(size - new, 1_000)
                assert len(found.records) == new
                steps.append(counted.count)
            await store.close()
    assert max(alone) == min(alone), alone
    assert several[2] < 12 * several[1] < 144 * several[0], several


async def test_a_curve_costs_by_its_buckets_and_not_by_its_records(tmp_path: Path) -> None:
    """A day by minute, of ten times as many records each time."""
    steps = []
    for size in (1_440, 14_400, 144_000):
        end_ms = now_ms() // HOUR_MS * HOUR_MS
        step_ms = 24 * HOUR_MS // size
        with Steps() as counted:
            store = opened(tmp_path / str(size))
            for start in range(0, size, 50_000):
                chunk = records(size, end_ms, step_ms)[start : start + 50_000]
                await store.records.append(poll(chunk, end_ms))
            query = CurveQuery(from_ms=end_ms - 24 * HOUR_MS, to_ms=end_ms, bucket=60)
            counted.count = 0
            await store.curves.curve(query)
            steps.append(counted.count)
            await store.close()
    assert steps[-1] < steps[0] * 1.25, steps


async def test_a_curve_costs_no_more_for_each_of_many_buckets(tmp_path: Path) -> None:
    """By minute, with a request in each: 144 minutes, a day, ten days."""
    end_ms = now_ms() // HOUR_MS * HOUR_MS
    steps = []
    with Steps() as counted:
        store = opened(tmp_path / "data")
        await store.records.append(poll(records(14_400, end_ms, 60_000), end_ms))
        for minutes in (144, 1_440, 14_400):
            query = CurveQuery(from_ms=end_ms - minutes * 60_000, to_ms=end_ms, bucket=60)
            counted.count = 0
            await store.curves.curve(query)
            steps.append(counted.count)
        await store.close()
    assert steps[2] < 11 * steps[1] < 121 * steps[0], steps
