"""The poll: ask the site for usage, store the answer, and fill back records that may be missing.

One poll at a time: calls that come together share one flight. A flight belongs to the cookie it was
started with; once the user has replaced that cookie, a new flight follows when the old one has
ended.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

import msgspec

from creditcurve.clocks import Clock
from creditcurve.collecting.check import Check
from creditcurve.collecting.connection import Connection
from creditcurve.collecting.cookie import CookieNotUsableError, SentCookie
from creditcurve.collecting.renewal import Renewal
from creditcurve.collecting.schedule import Job, Schedule
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.fault import FaultKind
from creditcurve.store import Appended, Store, StoreUnavailableError
from creditcurve.upstream import SchemaChangedError, Sites, UpstreamError, UsageAnswer

BACKFILL_HOURS: Final = 24
"""Clients of the site are known to ask for ``hours=24``."""

log = logging.getLogger(__name__)


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
        store: Store,
        sites: Sites,
        connection: Connection,
        check: Check,
        schedule: Schedule,
        clock: Clock,
        on_success: Callable[[], None],
    ) -> None:
        self._store = store
        self._sites = sites
        self._connection = connection
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
            await self._connection.record_storage_failure(error)
            raise
        finally:
            self._schedule.ended(Job.POLL)

    async def _fetch_and_store(self) -> PollResult:
        await self._connection.probe_storage()
        sent = await self._verified_cookie()
        asked_ms = self._clock.now_ms()
        answer = await self._usage(sent, asked_ms)
        appended = await self._connection.on_success(
            answer.answer, sent, self._renewal(answer, sent), asked_ms=asked_ms
        )
        self._on_success()
        new, updated = appended.new, appended.updated
        if appended.is_first or not appended.overlaps:
            more = await self._backfill()
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
                await self._connection.record_failure(error.fault, sent)
            raise
        return await self._connection.cookie()  # the answer may have renewed it

    async def _usage(self, sent: SentCookie, asked_ms: int) -> UsageAnswer:
        try:
            return await self._sites.at(sent.status.origin).usage(sent.value)
        except UpstreamError as error:
            await self._quarantine(error, asked_ms)
            await self._connection.record_failure(error.fault, sent)
            raise

    async def _backfill(self) -> Appended | None:
        """Ask once for older records; a failure does not make the poll fail."""
        try:
            sent = await self._connection.cookie()
        except CookieNotUsableError:
            return None
        if sent.status.state is not CookieState.VALID:
            return None
        asked_ms = self._clock.now_ms()
        try:
            site = self._sites.at(sent.status.origin)
            answer = await site.usage(sent.value, hours=BACKFILL_HOURS)
        except UpstreamError as error:
            log.info("backfill failed code=%s", error.fault.code)
            await self._quarantine(error, asked_ms)
            if error.fault.kind is FaultKind.COOKIE:
                await self._connection.record_failure(error.fault, sent)
            return None
        return await self._connection.on_backfill(
            answer.answer,
            sent,
            self._renewal(answer, sent),
            asked_ms=asked_ms,
            hours=BACKFILL_HOURS,
        )

    async def _quarantine(self, error: UpstreamError, at_ms: int) -> None:
        """Quarantine an answer that could not be parsed."""
        if isinstance(error, SchemaChangedError):
            await self._store.quarantine.add(error.rejects, at_ms)

    def _renewal(self, answer: UsageAnswer, sent: SentCookie) -> Renewal:
        return Renewal(
            set_cookies=answer.set_cookies,
            host=self._sites.at(sent.status.origin).host,
            at_ms=self._clock.now_ms(),
        )


def _retrieve_exception(flight: asyncio.Task[PollResult]) -> None:
    """Avoid asyncio's warning for a flight without waiters: the state contains the failure."""
    if not flight.cancelled():
        flight.exception()
