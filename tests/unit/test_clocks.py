"""Sleeping until a common moment."""

import asyncio

import pytest

from creditcurve.clocks import until_tick_s


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
