"""The schedule: when each job is due, and when the loop wakes.

Due times use the monotonic clock: they do not move when the wall clock is set. The schedule is the
only owner of these times. Others report that a job has started or ended and how long to pause.
"""

import asyncio
import contextlib
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from creditcurve.clocks import Clock, until_tick_s
from creditcurve.domain.pace import CHECK_INTERVAL_S

MAX_WAIT_S: Final = 7.5
"""The loop looks again about this often: the event loop's own clock stops during a suspend, and a
poll is promised within ten seconds of the return."""
MAX_RESUMED_PAUSE_S: Final = 7_200.0
"""A restart trusts the wall clock for the rest of a pause, but not further than this."""


class Job(StrEnum):
    """Something that is done again and again; if several are due, the first one here is next."""

    POLL = "poll"
    CHECK = "check"


_DEFAULT_PAUSE_S: Final = {Job.POLL: 60.0, Job.CHECK: float(CHECK_INTERVAL_S)}
"""The pause after a job whose outcome sets none, so that no outcome repeats a job without pause."""


class Schedule:
    """Due times and wake-ups of all jobs; every job is due at once at first."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ended_s: dict[Job, float] = {}
        self._pause_s = dict(_DEFAULT_PAUSE_S)
        self._due_now = set(Job)
        self._changed = asyncio.Event()

    def due_in_s(self, job: Job) -> float:
        """Return the seconds until a job is due, 0 if it is due now."""
        if job in self._due_now:
            return 0.0
        due_s = self._ended_s[job] + self._pause_s[job]
        return max(0.0, due_s - self._clock.monotonic_s())

    def due(self, jobs: Iterable[Job]) -> Job | None:
        """Return the first of these jobs that is due, or None."""
        return next((job for job in jobs if self.due_in_s(job) == 0.0), None)

    def started(self, job: Job) -> None:
        """Record the start of a job."""
        self._due_now.discard(job)
        self._ended_s[job] = self._clock.monotonic_s()
        self._pause_s[job] = _DEFAULT_PAUSE_S[job]

    def ended(self, job: Job) -> None:
        """Record the end of a job: its pause begins now."""
        self._ended_s[job] = self._clock.monotonic_s()
        self.wake()

    def pause(self, job: Job, seconds: float) -> None:
        """Set the seconds between the last end of a job and its next start."""
        self._pause_s[job] = float(seconds)
        self.wake()

    def postpone(self, job: Job, seconds: float) -> None:
        """Make a job due ``seconds`` from now, even if it was to run now."""
        self._due_now.discard(job)
        self._ended_s[job] = self._clock.monotonic_s()
        self._pause_s[job] = seconds

    def resume_pause(self, job: Job, left_s: float) -> None:
        """Continue a pause that had ``left_s`` seconds left when the program started."""
        self.postpone(job, min(max(left_s, 0.0), MAX_RESUMED_PAUSE_S))

    def run_now(self, job: Job) -> None:
        """Make a job due now; if it is running, it runs once more afterwards."""
        self._due_now.add(job)
        self.wake()

    def wake(self) -> None:
        """Let the loop look again for jobs that are due."""
        self._changed.set()

    async def wait(self, jobs: Iterable[Job]) -> None:
        """Wait until one of these jobs is due or the schedule changes, at most ``MAX_WAIT_S``."""
        wait_s = min([until_tick_s(MAX_WAIT_S), *map(self.due_in_s, jobs)])
        self._changed.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await self._changed.wait()
