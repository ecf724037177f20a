"""Sleeping until a common moment, and the time zone of the machine."""

import asyncio
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from creditcurve.clocks import LocalZone, local_zone, until_tick_s
from creditcurve.domain.curve import midnights
from creditcurve.domain.instant import DAY_MS
from support.calls import calls

YEAR_DAYS = 365


class FixedLoop(asyncio.SelectorEventLoop):
    """An event loop at one moment of its clock."""

    def __init__(self, at_s: float) -> None:
        super().__init__()
        self._at_s = at_s

    def time(self) -> float:
        """Return the moment."""
        return self._at_s


def wait_s(at_s: float, period_s: float) -> float:
    async def ask() -> float:
        return until_tick_s(period_s)

    loop = FixedLoop(at_s)
    try:
        return loop.run_until_complete(ask())
    finally:
        loop.close()


@pytest.mark.parametrize(("at_s", "period_s"), [(1_000.25, 15), (1_000.25, 30), (1_003.123, 15)])
def test_tasks_that_begin_at_different_moments_wake_together(at_s: float, period_s: float) -> None:
    assert (at_s + wait_s(at_s, period_s)) % period_s == pytest.approx(0)
    assert wait_s(at_s, period_s) <= period_s


@pytest.mark.parametrize("at_s", [1_200.0, 1_199.9995, 1_199.5])
def test_a_task_that_wakes_early_or_at_the_moment_sleeps_a_whole_period(at_s: float) -> None:
    assert 30 <= wait_s(at_s, 30) < 31


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A machine whose variable TZ can be set; call ``time.tzset`` afterwards."""
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def test_the_zone_of_the_machine_is_used_by_its_name(machine: pytest.MonkeyPatch) -> None:
    """The days of a year in it take one call each."""
    machine.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    assert local_zone() == ZoneInfo("Asia/Shanghai")
    to_ms = YEAR_DAYS * DAY_MS
    made = calls(lambda: list(midnights(0, to_ms, local_zone())))
    assert made < 2.5 * YEAR_DAYS


@pytest.mark.parametrize(
    ("variable", "hours"),
    [("", 0), (":Asia/Tokyo", 9), ("/usr/share/zoneinfo/Asia/Tokyo", 9), ("UTC0", 0), ("MSK-3", 3)],
)
def test_every_form_of_the_variable_is_the_machines_zone(
    machine: pytest.MonkeyPatch, variable: str, hours: int
) -> None:
    machine.setenv("TZ", variable)
    time.tzset()
    at = datetime(2026, 1, 1)  # noqa: DTZ001 - a local time
    offset = at.replace(tzinfo=local_zone()).utcoffset()
    assert offset == at.astimezone().utcoffset() == timedelta(hours=hours)


def test_a_zone_without_a_name_is_used_as_the_machine_has_it(machine: pytest.MonkeyPatch) -> None:
    machine.setenv("TZ", "<+0530>-5:30")
    time.tzset()
    zone = local_zone()
    assert isinstance(zone, LocalZone)
    assert datetime(2026, 1, 1, tzinfo=zone).utcoffset() == timedelta(hours=5.5)
