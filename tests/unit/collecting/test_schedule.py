"""The schedule: due times on the monotonic clock, and wake-ups."""

import asyncio
import contextlib
from collections.abc import Callable
from contextvars import Context
from typing import TypeVarTuple

import pytest

from creditcurve.collecting.schedule import Job, Schedule
from support.clocks import HandClock

START = 1_760_000_000_000


@pytest.fixture
def clock() -> HandClock:
    return HandClock(START)


@pytest.fixture
def schedule(clock: HandClock) -> Schedule:
    return Schedule(clock)


def run(schedule: Schedule, job: Job, *, pause_s: float | None = None) -> None:
    """Start and end a job whose outcome sets this pause."""
    schedule.started(job)
    if pause_s is not None:
        schedule.pause(job, pause_s)
    schedule.ended(job)


def test_at_first_every_job_is_due_and_the_poll_comes_first(schedule: Schedule) -> None:
    assert schedule.due(Job) is Job.POLL
    assert schedule.due([Job.CHECK]) is Job.CHECK
    assert schedule.due([]) is None


def test_a_pause_counts_from_the_end_of_the_job(schedule: Schedule, clock: HandClock) -> None:
    schedule.started(Job.POLL)
    schedule.pause(Job.POLL, 60)
    clock.advance(20)
    schedule.ended(Job.POLL)
    assert schedule.due_in_s(Job.POLL) == pytest.approx(60)
    clock.advance(59)
    assert schedule.due([Job.POLL]) is None
    clock.advance(1.001)
    assert schedule.due([Job.POLL]) is Job.POLL


def test_the_wall_clock_moves_no_due_time(schedule: Schedule, clock: HandClock) -> None:
    run(schedule, Job.POLL, pause_s=60)
    clock.set_wall_clock(START + 10 * 31_557_600_000)
    assert schedule.due_in_s(Job.POLL) == pytest.approx(60)


def test_an_outcome_that_sets_no_pause_does_not_repeat_the_job_at_once(schedule: Schedule) -> None:
    """Otherwise an unexpected failure would call the site without pause."""
    for job in Job:
        run(schedule, job)
        assert schedule.due_in_s(job) >= 60


def test_a_job_that_is_made_due_while_it_runs_runs_once_more(schedule: Schedule) -> None:
    """A new cookie is polled at once although a poll with the old one has just ended."""
    schedule.started(Job.POLL)
    schedule.run_now(Job.POLL)
    schedule.ended(Job.POLL)
    assert schedule.due([Job.POLL]) is Job.POLL
    run(schedule, Job.POLL, pause_s=60)
    assert schedule.due([Job.POLL]) is None


@pytest.mark.parametrize(("left_s", "expected_s"), [(50, 50), (-5, 0), (10**9, 7_200)])
def test_a_resumed_pause_is_at_most_two_hours(
    schedule: Schedule, left_s: float, expected_s: float
) -> None:
    """The rest of a pause comes from the wall clock, which may be off by years."""
    schedule.resume_pause(Job.POLL, left_s)
    assert schedule.due_in_s(Job.POLL) == pytest.approx(expected_s)


def test_a_postponed_job_is_not_due_even_if_it_was_to_run_now(schedule: Schedule) -> None:
    schedule.run_now(Job.POLL)
    schedule.postpone(Job.POLL, 15)
    assert schedule.due_in_s(Job.POLL) == pytest.approx(15)


@pytest.mark.parametrize(
    "change",
    [
        lambda schedule: schedule.run_now(Job.POLL),
        lambda schedule: schedule.pause(Job.POLL, 10),
        lambda schedule: schedule.ended(Job.POLL),
    ],
    ids=["run now", "another pause", "a job has ended"],
)
async def test_a_change_ends_the_wait(
    schedule: Schedule, change: Callable[[Schedule], None]
) -> None:
    run(schedule, Job.POLL, pause_s=3_600)
    waiting = asyncio.create_task(schedule.wait([Job.POLL]))
    await asyncio.sleep(0)
    assert not waiting.done()
    change(schedule)
    await asyncio.wait_for(waiting, 1)


async def test_a_wait_ends_when_a_job_is_due(schedule: Schedule) -> None:
    run(schedule, Job.POLL, pause_s=0.001)
    await asyncio.wait_for(schedule.wait([Job.POLL]), 1)


Ts = TypeVarTuple("Ts")


class TimedLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock is chosen, and which notes how long its timers wait."""

    def __init__(self, now_s: float) -> None:
        super().__init__()
        self._now_s = now_s
        self.waits_s: list[float] = []

    def time(self) -> float:
        """Return the chosen time."""
        return self._now_s

    def call_at(
        self,
        when: float,
        callback: Callable[[*Ts], object],
        *args: *Ts,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Note the wait."""
        self.waits_s.append(when - self._now_s)
        return super().call_at(when, callback, *args, context=context)


@pytest.mark.parametrize("now_s", [1_000 + half / 2 for half in range(20)])
def test_after_a_suspend_the_loop_looks_again_within_ten_seconds(
    schedule: Schedule, now_s: float
) -> None:
    """The clock of timers stops during it: afterwards the rest of the wait is still waited."""

    async def wait_until_changed() -> None:
        waiting = asyncio.create_task(schedule.wait([]))
        await asyncio.sleep(0)
        schedule.wake()
        await waiting

    with contextlib.closing(TimedLoop(now_s)) as loop:
        loop.run_until_complete(wait_until_changed())
        assert [wait_s for wait_s in loop.waits_s if 0 < wait_s < 10] == loop.waits_s != []
