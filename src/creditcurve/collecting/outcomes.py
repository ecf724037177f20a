"""The outcomes of calls to the site: what each of them changes.

The result of a call comes with the cookie that was sent. If the user has replaced that cookie since
(its generation differs), the result says nothing about the current cookie and changes no state.
"""

import logging
from collections.abc import Callable

from creditcurve.clocks import Clock
from creditcurve.collecting import transitions
from creditcurve.collecting.connection import Connection
from creditcurve.collecting.cookie import SentCookie
from creditcurve.collecting.renewal import Renewal
from creditcurve.collecting.schedule import Job, Schedule
from creditcurve.domain.coverage import GapKind
from creditcurve.domain.fault import Fault, FaultKind
from creditcurve.domain.pace import STORAGE_RETRY_S, backoff_s
from creditcurve.domain.record import Answer
from creditcurve.store import Appended, StoreUnavailableError

log = logging.getLogger(__name__)


class Outcomes:
    """Turns answers and failures into the connection's state and the time of the next poll."""

    def __init__(
        self,
        *,
        connection: Connection,
        schedule: Schedule,
        clock: Clock,
        jitter: Callable[[], float],
    ) -> None:
        self._connection = connection
        self._schedule = schedule
        self._clock = clock
        self._jitter = jitter

    async def on_success(
        self, answer: Answer, sent: SentCookie, renewal: Renewal, *, asked_ms: int
    ) -> Appended:
        """Store the answer to a poll; it also proves the cookie, ends a fault and sets the pace."""
        async with self._connection.transition() as state:
            if not self._is_current(sent):
                return await self._connection.append(answer, asked_ms=asked_ms)
            after = transitions.after_success(state, renewal, self._now_ms)
            appended = await self._connection.append(
                answer, asked_ms=asked_ms, after=after, renewal=renewal
            )
            await self._set_pace(appended, rows=len(answer.records))
            return appended

    async def on_backfill(
        self, answer: Answer, sent: SentCookie, renewal: Renewal, *, asked_ms: int, hours: int
    ) -> Appended:
        """Store the answer to a back-fill; it may renew the cookie, and changes no other state."""
        async with self._connection.transition() as state:
            if not self._is_current(sent):
                return await self._connection.append(answer, asked_ms=asked_ms, hours=hours)
            after = transitions.after_renewal(state, renewal)
            return await self._connection.append(
                answer, asked_ms=asked_ms, after=after, renewal=renewal, hours=hours
            )

    async def on_valid(self, sent: SentCookie, renewal: Renewal) -> bool:
        """Mark the cookie valid after a good check; False if the cookie has been replaced since."""
        async with self._connection.transition() as state:
            if not self._is_current(sent):
                return False
            was_idle = state.idle_at(self._now_ms)
            renewed = await self._connection.renewed(renewal)
            await self._connection.save(transitions.after_check(state, renewal), cookie=renewed)
        if was_idle is not None:
            self._schedule.run_now(Job.POLL)
        return True

    async def on_renewal(self, sent: SentCookie, renewal: Renewal) -> None:
        """Store a cookie that a good answer renewed; no other state changes."""
        if not renewal.set_cookies:
            return
        async with self._connection.transition() as state:
            if not self._is_current(sent):
                return
            renewed = await self._connection.renewed(renewal)
            if renewed is not None:
                after = transitions.after_renewal(state, renewal)
                await self._connection.save(after, cookie=renewed)

    async def record_failure(self, fault: Fault, sent: SentCookie) -> None:
        """Turn a failed call into a state.

        Ignore it if the cookie has been replaced since the call; ignore a refusal of the cookie if
        the cookie has been renewed since the call.
        """
        async with self._connection.transition() as state:
            if not self._is_current(sent):
                return
            if fault.kind is not FaultKind.COOKIE:
                await self._back_off(fault)
            elif await self._connection.readable_cookie() == sent.value:
                after = transitions.after_refusal(state, fault, self._now_ms)
                await self._connection.save(after)

    async def record_storage_failure(self, error: StoreUnavailableError) -> None:
        """Pause polls until the store may work again."""
        self._schedule.pause(Job.POLL, STORAGE_RETRY_S)
        async with self._connection.transition() as state:
            await self._connection.save_in_memory(
                transitions.after_storage_failure(
                    state, str(error), self._now_ms, pause_s=STORAGE_RETRY_S
                )
            )

    async def probe_storage(self) -> None:
        """After a failed write, try to write before the site is asked.

        Raises:
            StoreUnavailableError: writing still fails.
        """
        if self._connection.is_failing:
            async with self._connection.transition() as state:
                await self._connection.save(state)

    @property
    def _now_ms(self) -> int:
        return self._clock.now_ms()

    def _is_current(self, sent: SentCookie) -> bool:
        return sent.status.generation == self._connection.state.cookie.generation

    async def _set_pace(self, appended: Appended, *, rows: int) -> None:
        """Poll sooner while answers leave possible losses behind."""
        before = self._connection.state
        is_loss = appended.left is GapKind.POSSIBLE_LOSS
        after = transitions.after_answer(before, is_loss=is_loss, new=appended.new, rows=rows)
        self._schedule.pause(Job.POLL, after.pace_s)
        if after != before:
            log.info("pace interval_s=%d instead_of=%d", after.pace_s, before.pace_s)
            await self._connection.save(after)

    async def _back_off(self, fault: Fault) -> None:
        state = self._connection.state
        interval_s = state.settings.poll_interval_s
        pause_s = backoff_s(state.link, fault, interval_s=interval_s, jitter=self._jitter())
        self._schedule.pause(Job.POLL, pause_s)
        after = transitions.after_failure(state, fault, self._now_ms, pause_s=pause_s)
        await self._connection.save(after)
