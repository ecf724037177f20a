"""The connection to the site: the only writer of the link and of the cookie's status.

Each public coroutine is one transition. Under the connection's lock it reads the current state,
derives the next one (``collecting.transitions``) and stores it in one transaction. No call to the
site is made under the lock.

The result of a call comes with the cookie that was sent. If the user has replaced that cookie since
(its generation differs), the result says nothing about the current cookie and changes no state.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable

from creditcurve.clocks import Clock
from creditcurve.collecting import transitions
from creditcurve.collecting.cookie import CookieNotUsableError, SentCookie
from creditcurve.collecting.renewal import Renewal
from creditcurve.collecting.schedule import Job, Schedule
from creditcurve.collecting.state import Observe, StateWriter, observe_nothing
from creditcurve.collecting.transitions import State
from creditcurve.cookie.parse import Cookie
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.coverage import GapKind
from creditcurve.domain.fault import Fault, FaultKind
from creditcurve.domain.link import LinkState
from creditcurve.domain.pace import STORAGE_RETRY_S, backoff_s
from creditcurve.domain.record import Answer
from creditcurve.domain.settings import Settings
from creditcurve.feed import Feed
from creditcurve.store import Appended, Store, StoreUnavailableError
from creditcurve.vault import VaultUnreadableError

log = logging.getLogger(__name__)


class Connection:
    """Turns outcomes and commands into the state of settings, cookie and link."""

    def __init__(  # noqa: PLR0913 - one for each part it works with
        self,
        *,
        store: Store,
        schedule: Schedule,
        feed: Feed,
        clock: Clock,
        jitter: Callable[[], float],
        default_origin: str,
        observe: Observe = observe_nothing,
    ) -> None:
        self._default_origin = default_origin
        self._writer = StateWriter(store=store, feed=feed, observe=observe)
        self._lock = asyncio.Lock()
        self._schedule = schedule
        self._clock = clock
        self._jitter = jitter

    @property
    def state(self) -> State:
        """The current state."""
        return self._writer.current

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The jobs that may run now: none while idle, no check while polls fail."""
        state = self.state
        if state.idle_at(self._now_ms) is not None:
            return ()
        return (Job.POLL, Job.CHECK) if state.link.state is LinkState.OK else (Job.POLL,)

    async def start(self) -> None:
        """Continue from the state of the last run; the rest of a pause is respected."""
        with contextlib.suppress(StoreUnavailableError):
            await self._settle()
        link = self.state.link
        if link.state in (LinkState.BLOCKED, LinkState.DEGRADED) and link.next_poll_ms is not None:
            self._schedule.resume_pause(Job.POLL, (link.next_poll_ms - self._now_ms) / 1000)

    async def apply_schedule(self) -> None:
        """Pause or start polls where the timetable says so."""
        if transitions.settled(self.state, self._now_ms) == self.state:
            return
        async with self._lock:
            before = self.state
            after = transitions.settled(before, self._now_ms)
            await self._writer.save(after)
            self._reschedule(before, after)

    async def cookie(self) -> SentCookie:
        """Return the stored cookie, to be sent with a call.

        Raises:
            CookieNotUsableError: it is missing, or it cannot be unsealed.
        """
        async with self._lock:
            try:
                value = await self._writer.cookie()
            except VaultUnreadableError as error:
                await self._mark_cookie_unreadable()
                raise CookieNotUsableError(CookieState.UNREADABLE) from error
            if value is None:
                raise CookieNotUsableError(CookieState.MISSING)
            return SentCookie(value, self.state.cookie)

    async def on_success(
        self, answer: Answer, sent: SentCookie, renewal: Renewal, *, asked_ms: int
    ) -> Appended:
        """Store the answer to a poll; it also proves the cookie, ends a fault and sets the pace."""
        async with self._lock:
            if not self._is_current(sent):
                return await self._writer.append(answer, asked_ms=asked_ms)
            after = transitions.after_success(self.state, renewal, self._now_ms)
            appended = await self._writer.append(
                answer, asked_ms=asked_ms, after=after, renewal=renewal
            )
            await self._set_pace(appended, rows=len(answer.records))
            return appended

    async def on_backfill(
        self, answer: Answer, sent: SentCookie, renewal: Renewal, *, asked_ms: int, hours: int
    ) -> Appended:
        """Store the answer to a back-fill; it may renew the cookie, and changes no other state."""
        async with self._lock:
            if not self._is_current(sent):
                return await self._writer.append(answer, asked_ms=asked_ms, hours=hours)
            after = transitions.after_renewal(self.state, renewal)
            return await self._writer.append(
                answer, asked_ms=asked_ms, after=after, renewal=renewal, hours=hours
            )

    async def on_valid(self, sent: SentCookie, renewal: Renewal) -> bool:
        """Mark the cookie valid after a good check; False if the cookie has been replaced since."""
        async with self._lock:
            if not self._is_current(sent):
                return False
            was_idle = self.state.idle_at(self._now_ms)
            renewed = await self._writer.renewed(renewal)
            await self._writer.save(transitions.after_check(self.state, renewal), cookie=renewed)
        if was_idle is not None:
            self._schedule.run_now(Job.POLL)
        return True

    async def on_renewal(self, sent: SentCookie, renewal: Renewal) -> None:
        """Store a cookie that a good answer renewed; no other state changes."""
        if not renewal.set_cookies:
            return
        async with self._lock:
            if not self._is_current(sent):
                return
            renewed = await self._writer.renewed(renewal)
            if renewed is not None:
                after = transitions.after_renewal(self.state, renewal)
                await self._writer.save(after, cookie=renewed)

    async def record_failure(self, fault: Fault, sent: SentCookie) -> None:
        """Turn a failed call into a state.

        Ignore it if the cookie has been replaced since the call; ignore a refusal of the cookie if
        the cookie has been renewed since the call.
        """
        async with self._lock:
            if not self._is_current(sent):
                return
            if fault.kind is not FaultKind.COOKIE:
                await self._back_off(fault)
            elif await self._writer.readable_cookie() == sent.value:
                await self._mark_cookie_invalid(fault)

    async def record_storage_failure(self, error: StoreUnavailableError) -> None:
        """Pause polls until the store may work again."""
        self._schedule.pause(Job.POLL, STORAGE_RETRY_S)
        async with self._lock:
            await self._writer.save_in_memory(
                transitions.after_storage_failure(
                    self.state, str(error), self._now_ms, pause_s=STORAGE_RETRY_S
                )
            )

    async def probe_storage(self) -> None:
        """After a failed write, try to write before the site is asked.

        Raises:
            StoreUnavailableError: writing still fails.
        """
        if self._writer.is_failing:
            async with self._lock:
                await self._writer.save(self.state)

    async def replace_cookie(
        self, cookie: Cookie, renewal: Renewal | None, *, origin: str
    ) -> CookieStatus:
        """Store a cookie that the user gave; without an answer to its check it is unverified."""
        async with self._lock:
            after = transitions.with_cookie(
                self.state, cookie, renewal, self._now_ms, origin=origin
            )
            renewed = None if renewal is None else renewal.cookie(cookie.header)
            await self._writer.save(after, cookie=renewed or cookie.header)
        log.info("cookie saved state=%s names=%d", after.cookie.state, len(after.cookie.names))
        self._schedule.run_now(Job.POLL)
        return after.cookie

    async def delete_cookie(self) -> None:
        """Delete the cookie and switch collecting off."""
        async with self._lock:
            await self._writer.delete_cookie(transitions.without_cookie(self.state, self._now_ms))
        log.info("cookie deleted")

    async def change_settings(self, change: Callable[[State], Settings]) -> Settings:
        """Store the settings that ``change`` derives from the current state.

        Raises:
            StoreUnavailableError: nothing has changed.
        """
        async with self._lock:
            before = self.state
            after = transitions.with_settings(before, change(before), self._now_ms)
            if after == before:
                return before.settings
            await self._writer.save(after)
            self._reschedule(before, after)
        return after.settings

    async def _settle(self) -> None:
        try:
            await self.cookie()
        except CookieNotUsableError:
            settle = transitions.settled
        else:
            settle = transitions.with_readable_cookie
        async with self._lock:
            after = transitions.with_origin(self.state, self._default_origin)
            await self._writer.save(settle(after, self._now_ms))

    @property
    def _now_ms(self) -> int:
        return self._clock.now_ms()

    def _is_current(self, sent: SentCookie) -> bool:
        return sent.status.generation == self.state.cookie.generation

    async def _set_pace(self, appended: Appended, *, rows: int) -> None:
        """Poll sooner while answers leave possible losses behind."""
        before = self.state
        is_loss = appended.left is GapKind.POSSIBLE_LOSS
        after = transitions.after_answer(before, is_loss=is_loss, new=appended.new, rows=rows)
        self._schedule.pause(Job.POLL, after.pace_s)
        if after != before:
            log.info("pace interval_s=%d instead_of=%d", after.pace_s, before.pace_s)
            await self._writer.save(after)

    async def _back_off(self, fault: Fault) -> None:
        state = self.state
        interval_s = state.settings.poll_interval_s
        pause_s = backoff_s(state.link, fault, interval_s=interval_s, jitter=self._jitter())
        self._schedule.pause(Job.POLL, pause_s)
        after = transitions.after_failure(state, fault, self._now_ms, pause_s=pause_s)
        await self._writer.save(after)

    async def _mark_cookie_invalid(self, fault: Fault) -> None:
        await self._writer.save(transitions.after_refusal(self.state, fault, self._now_ms))

    async def _mark_cookie_unreadable(self) -> None:
        after = transitions.with_unreadable_cookie(self.state, self._now_ms)
        if after != self.state:
            log.warning("cookie unreadable: the key that sealed it is missing")
            await self._writer.save(after)

    def _reschedule(self, before: State, after: State) -> None:
        if transitions.has_started(before, after):
            self._schedule.run_now(Job.POLL)
        elif after.link != before.link:
            self._schedule.pause(Job.POLL, after.pace_s)
