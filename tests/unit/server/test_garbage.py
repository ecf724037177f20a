"""Full garbage collections run once a minute with few connections, once an hour with many."""

import gc
from collections.abc import Iterator

import pytest

from creditcurve.server.garbage import FEW_CONNECTIONS, LATEST_S, SOON_S, Garbage
from support.clocks import HandClock

MANY = FEW_CONNECTIONS + 1


@pytest.fixture
def clock() -> HandClock:
    return HandClock(0)


@pytest.fixture
def garbage(clock: HandClock) -> Iterator[Garbage]:
    """Younger objects have been collected since the last full collection."""
    threshold = gc.get_threshold()
    gc.collect()
    gc.collect(1)
    yield Garbage(clock)
    gc.set_threshold(*threshold)
    gc.unfreeze()


@pytest.mark.parametrize(
    ("connections", "wait_s"), [(0, SOON_S), (FEW_CONNECTIONS, SOON_S), (MANY, LATEST_S)]
)
def test_it_waits_longer_with_many_connections(
    garbage: Garbage, clock: HandClock, connections: int, wait_s: float
) -> None:
    clock.advance(wait_s - 1)
    assert not garbage.is_due(connections)
    clock.advance(1)
    assert garbage.is_due(connections)


def test_an_idle_program_collects_nothing(garbage: Garbage, clock: HandClock) -> None:
    clock.advance(SOON_S)
    garbage.collect_if_due(0)
    clock.advance(SOON_S)
    assert not garbage.is_due(0)


def test_cycles_are_collected(garbage: Garbage, clock: HandClock) -> None:
    cycle: list[object] = []
    cycle.append(cycle)
    gc.collect(1)
    clock.advance(SOON_S)
    before = gc.get_stats()[2]["collected"]
    del cycle
    garbage.collect_if_due(0)
    assert gc.get_stats()[2]["collected"] > before


def test_python_runs_no_full_collection_by_itself(garbage: Garbage) -> None:
    young, middle, _ = gc.get_threshold()
    garbage.take_over()
    assert gc.get_freeze_count() > 0
    before = gc.get_stats()[2]["collections"]
    kept = [[number] for number in range(3 * young * middle * 10)]
    assert gc.get_stats()[2]["collections"] == before
    assert kept
