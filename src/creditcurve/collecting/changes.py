"""Changes of the connection's state that follow from the user's commands and from time."""

import contextlib
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from creditcurve.clocks import Clock
from creditcurve.collecting import transitions
from creditcurve.collecting.connection import Connection
from creditcurve.collecting.cookie import CookieNotUsableError
from creditcurve.collecting.renewal import Renewal
from creditcurve.collecting.schedule import Job, Schedule
from creditcurve.collecting.transitions import State
from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.link import LinkState
from creditcurve.domain.settings import Settings
from creditcurve.store import StoreUnavailableError

if TYPE_CHECKING:
    from creditcurve.cookie.parse import Cookie

log = logging.getLogger(__name__)


class Changes:
    """Changes settings and cookie, and starts or pauses polls with them."""

    def __init__(
        self, *, connection: Connection, schedule: Schedule, clock: Clock, default_origin: str
    ) -> None:
        self._connection = connection
        self._schedule = schedule
        self._clock = clock
        self._default_origin = default_origin

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The jobs that may run now: none while idle, no check while polls fail."""
        state = self._connection.state
        if state.idle_at(self._now_ms) is not None:
            return ()
        return (Job.POLL, Job.CHECK) if state.link.state is LinkState.OK else (Job.POLL,)

    async def start(self) -> None:
        """Continue from the state of the last run; the rest of a pause is respected."""
        with contextlib.suppress(StoreUnavailableError):
            await self._settle()
        link = self._connection.state.link
        if link.state in (LinkState.BLOCKED, LinkState.DEGRADED) and link.next_poll_ms is not None:
            self._schedule.resume_pause(Job.POLL, (link.next_poll_ms - self._now_ms) / 1000)

    async def apply_schedule(self) -> None:
        """Pause or start polls where the timetable says so."""
        state = self._connection.state
        if transitions.settled(state, self._now_ms) == state:
            return
        async with self._connection.transition() as before:
            after = transitions.settled(before, self._now_ms)
            await self._connection.save(after)
            self._reschedule(before, after)

    async def replace_cookie(
        self, cookie: "Cookie", renewal: Renewal | None, *, origin: str
    ) -> CookieStatus:
        """Store a cookie that the user gave; without an answer to its check it is unverified."""
        async with self._connection.transition() as state:
            after = transitions.with_cookie(state, cookie, renewal, self._now_ms, origin=origin)
            renewed = None if renewal is None else renewal.cookie(cookie.header)
            await self._connection.save(after, cookie=renewed or cookie.header)
        log.info("cookie saved state=%s names=%d", after.cookie.state, len(after.cookie.names))
        self._schedule.run_now(Job.POLL)
        return after.cookie

    async def delete_cookie(self) -> None:
        """Delete the cookie and switch collecting off."""
        async with self._connection.transition() as state:
            await self._connection.delete_cookie(transitions.without_cookie(state, self._now_ms))
        log.info("cookie deleted")

    async def change_settings(self, change: Callable[[State], Settings]) -> Settings:
        """Store the settings that ``change`` derives from the current state.

        Raises:
            StoreUnavailableError: nothing has changed.
        """
        async with self._connection.transition() as before:
            after = transitions.with_settings(before, change(before), self._now_ms)
            if after == before:
                return before.settings
            await self._connection.save(after)
            self._reschedule(before, after)
        return after.settings

    async def _settle(self) -> None:
        try:
            await self._connection.cookie()
        except CookieNotUsableError:
            settle = transitions.settled
        else:
            settle = transitions.with_readable_cookie
        async with self._connection.transition() as state:
            after = transitions.with_origin(state, self._default_origin)
            await self._connection.save(settle(after, self._now_ms))

    def _reschedule(self, before: State, after: State) -> None:
        if transitions.has_started(before, after):
            self._schedule.run_now(Job.POLL)
        elif after.link != before.link:
            self._schedule.pause(Job.POLL, after.pace_s)

    @property
    def _now_ms(self) -> int:
        return self._clock.now_ms()
