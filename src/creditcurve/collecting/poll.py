"""The poll: ask the site for usage, store the answer, and back-fill where records may be missing.

One poll at a time: calls that come together share one flight. A flight belongs to the cookie it was
started with; once the user has replaced that cookie, a new flight follows when the old one has
ended.
"""

import asyncio
from collections.abc import Callable

import msgspec

from creditcurve.clocks import Clock
from creditcurve.collecting.check import Check
from creditcurve.collecting.connection import Connection
from creditcurve.collecting.cookie import CookieNotUsableError, SentCookie
from creditcurve.collecting.outcomes import Outcomes
from creditcurve.collecting.schedule import Job, Schedule
from creditcurve.collecting.usage import UsageReader
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.fault import FaultKind
from creditcurve.store import StoreUnavailableError
from creditcurve.upstream import UpstreamError


class PollResult(msgspec.Struct, frozen=True, kw_only=True):
    """How many records a poll added and changed, and when it ended (ms since 1970)."""

    new: int
    updated: int
    at_ms: int


class Poller:
    """Polls the site; ``poll`` may be called at any time by anyone."""

    def __init__(  # noqa: PLR0913 - one for each part it works with
        self,
        *,
        usage: UsageReader,
        connection: Connection,
        outcomes: Outcomes,
        check: Check,
        schedule: Schedule,
        clock: Clock,
        on_success: Callable[[], None],
    ) -> None:
        self._usage = usage
        self._connection = connection
        self._outcomes = outcomes
        self._check = check
        self._schedule = schedule
        self._clock = clock
        self._on_success = on_success
        self._flight: asyncio.Task[PollResult] | None = None
        self._generation = 0

    async def poll(self) -> PollResult:
        """Poll now, or join the poll that is running with the same cookie.

        Raises:
            CookieNotUsableError: there is no cookie to call with.
            UpstreamError: the call failed; link and cookie status say so already.
            StoreUnavailableError: the answer could not be stored.
        """
        while True:
            status = self._connection.state.cookie
            if status.state in (CookieState.MISSING, CookieState.INVALID):
                raise CookieNotUsableError(status.state)
            if self._flight is None or self._flight.done():
                self._flight = asyncio.create_task(self._run(), name="poll")
                self._flight.add_done_callback(_retrieve_exception)
                self._generation = status.generation
            if self._generation == status.generation:
                return await asyncio.shield(self._flight)
            await asyncio.wait([self._flight])

    async def close(self) -> None:
        """Cancel the poll that is running, if any."""
        if self._flight is not None and not self._flight.done():
            self._flight.cancel()
            await asyncio.gather(self._flight, return_exceptions=True)

    async def _run(self) -> PollResult:
        self._schedule.started(Job.POLL)
        try:
            return await self._fetch_and_store()
        except StoreUnavailableError as error:
            await self._outcomes.record_storage_failure(error)
            raise
        finally:
            self._schedule.ended(Job.POLL)

    async def _fetch_and_store(self) -> PollResult:
        await self._outcomes.probe_storage()
        sent = await self._verified_cookie()
        appended = await self._usage.read(sent)
        self._on_success()
        new, updated = appended.new, appended.updated
        if appended.is_first or not appended.overlaps:
            more = await self._usage.backfill()
            if more is not None:
                new, updated = new + more.new, updated + more.updated
        return PollResult(new=new, updated=updated, at_ms=self._clock.now_ms())

    async def _verified_cookie(self) -> SentCookie:
        """Return the cookie; check an unverified one before its first poll."""
        sent = await self._connection.cookie()
        if sent.status.state is not CookieState.UNVERIFIED:
            return sent
        try:
            await self._check.check(sent)
        except UpstreamError as error:
            if error.fault.kind is not FaultKind.COOKIE:
                await self._outcomes.record_failure(error.fault, sent)
            raise
        return await self._connection.cookie()  # the answer may have renewed it


def _retrieve_exception(flight: asyncio.Task[PollResult]) -> None:
    """Avoid asyncio's warning for a flight without waiters: the state contains the failure."""
    if not flight.cancelled():
        flight.exception()
