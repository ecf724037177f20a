"""The loop: wait until a job is due, then run it.

No job is started or stopped from outside. Every round looks at the state and the schedule again, so
nothing can get out of step. The loop ends only by cancellation.
"""

import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from creditcurve.collecting.changes import Changes
from creditcurve.collecting.cookie import CookieNotUsableError
from creditcurve.collecting.reread import reread_quarantine
from creditcurve.collecting.schedule import Job, Schedule
from creditcurve.domain.pace import STORAGE_RETRY_S
from creditcurve.feed import Feed
from creditcurve.store import Store, StoreUnavailableError
from creditcurve.upstream import UpstreamError

UNEXPECTED_PAUSE_S: Final = 60.0
"""The pause after a failure that no state describes."""

log = logging.getLogger(__name__)


class CollectingLoop:
    """Runs the jobs when they are due."""

    def __init__(
        self,
        *,
        store: Store,
        changes: Changes,
        schedule: Schedule,
        feed: Feed,
        jobs: Mapping[Job, Callable[[], Awaitable[object]]],
    ) -> None:
        self._store = store
        self._changes = changes
        self._schedule = schedule
        self._feed = feed
        self._jobs = jobs

    async def run(self) -> None:
        """Collect until cancelled."""
        await self._changes.start()
        with contextlib.suppress(StoreUnavailableError):
            await reread_quarantine(self._store, self._feed)
        while True:
            await self._run(await self._next_job())

    async def _next_job(self) -> Job:
        while True:
            with contextlib.suppress(StoreUnavailableError):
                await self._changes.apply_schedule()
            job = self._schedule.due(self._changes.jobs)
            if job is not None:
                return job
            await self._schedule.wait(self._changes.jobs)

    async def _run(self, job: Job) -> None:
        """Run one job; failures of the site are part of the link's state already."""
        try:
            await self._jobs[job]()
        except (UpstreamError, CookieNotUsableError) as error:
            log.debug("job failed job=%s error=%s", job, type(error).__name__)
        except StoreUnavailableError as error:
            log.debug("job failed job=%s error=%s", job, error)
            self._schedule.postpone(job, STORAGE_RETRY_S)
        except Exception:
            log.exception("unexpected failure job=%s", job)
            self._schedule.postpone(job, UNEXPECTED_PAUSE_S)
