"""The connection to the site: the only writer of the link and of the cookie's status.

A change is made within ``transition``: read the current state, derive the next one
(``collecting.transitions``), store it in one transaction, then publish it. No call to the site is
made within it. ``collecting.outcomes`` makes the changes that follow from calls,
``collecting.changes`` those that follow from the user and from time.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable

import msgspec

from creditcurve.clocks import Clock
from creditcurve.collecting import transitions
from creditcurve.collecting.cookie import CookieNotUsableError, SentCookie
from creditcurve.collecting.renewal import Renewal
from creditcurve.collecting.transitions import State
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer
from creditcurve.domain.secret import Secret
from creditcurve.feed import Feed
from creditcurve.store import Appended, Observed, Poll, Store, StoreUnavailableError
from creditcurve.vault import VaultUnreadableError

log = logging.getLogger(__name__)


Observe = Callable[[], Observed | None]
"""Returns what alert rules need beside the stored data, at the moment an answer is stored."""


def observe_nothing() -> None:
    """Judge no alert rules."""


class Connection:
    """Reads and writes the state of settings, cookie and link."""

    def __init__(
        self, *, store: Store, feed: Feed, clock: Clock, observe: Observe = observe_nothing
    ) -> None:
        self._store = store
        self._observe = observe
        self._feed = feed
        self._clock = clock
        self._lock = asyncio.Lock()

    @property
    def state(self) -> State:
        """The current state."""
        shelf = self._store.state
        return State(settings=shelf.settings, cookie=shelf.cookie_status, link=shelf.link)

    @contextlib.asynccontextmanager
    async def transition(self) -> AsyncIterator[State]:
        """Keep other changes out from reading the state to storing the next one."""
        async with self._lock:
            yield self.state

    @property
    def is_failing(self) -> bool:
        """True if the last write failed."""
        return self._store.storage.failing is not None

    async def cookie(self) -> SentCookie:
        """Return the stored cookie, to be sent with a call.

        Raises:
            CookieNotUsableError: it is missing, or it cannot be unsealed.
        """
        async with self.transition():
            try:
                value = await self._store.state.cookie()
            except VaultUnreadableError as error:
                await self._mark_cookie_unreadable()
                raise CookieNotUsableError(CookieState.UNREADABLE) from error
            if value is None:
                raise CookieNotUsableError(CookieState.MISSING)
            return SentCookie(value, self.state.cookie)

    async def readable_cookie(self) -> Secret | None:
        """Return the stored cookie, or None if it is missing or cannot be unsealed."""
        with contextlib.suppress(VaultUnreadableError):
            return await self._store.state.cookie()
        return None

    async def renewed(self, renewal: Renewal) -> Secret | None:
        """Return the stored cookie as an answer renewed it, or None.

        Not the cookie that was sent: another answer may have renewed that one in the meantime.
        """
        stored = await self.readable_cookie() if renewal.set_cookies else None
        return None if stored is None else renewal.cookie(stored)

    async def save(self, after: State, *, cookie: Secret | None = None) -> None:
        """Store the state, and the cookie if one is given, in one transaction.

        Raises:
            StoreUnavailableError: nothing was stored.
        """
        before = self.state
        await self._store.state.save(
            settings=after.settings if after.settings != before.settings else None,
            cookie_status=after.cookie,
            link=after.link,
            cookie=cookie,
        )
        self._publish(before, after)

    async def append(
        self,
        answer: Answer,
        *,
        asked_ms: int,
        after: State | None = None,
        renewal: Renewal | None = None,
        hours: int | None = None,
    ) -> Appended:
        """Store an answer, the state after it and a renewed cookie in one transaction.

        Args:
            answer: the answer.
            asked_ms: when the site was asked.
            after: the state after it; None if the answer changes no state.
            renewal: the cookies that the answer sets.
            hours: the hours that were asked for, if it answers a back-fill.

        Raises:
            StoreUnavailableError: nothing was stored.
        """
        before = self.state
        state = after or before
        poll = Poll(
            at_ms=asked_ms,
            answer=answer,
            interval_s=state.settings.poll_interval_s,
            link=state.link,
            cookie_status=state.cookie,
            renewed=None if renewal is None else await self.renewed(renewal),
            hours=hours,
            was_scheduled=before.link.was_scheduled,
            observed=self._observe(),
        )
        appended = await self._store.records.append(poll)
        _log_change(before.link, self.state.link)
        self._feed.records_changed(appended.revision)
        if appended.are_alerts_changed:
            self._feed.alerts_changed()
        return appended

    async def delete_cookie(self, after: State) -> None:
        """Delete the cookie and store the state, in one transaction.

        Raises:
            StoreUnavailableError: nothing was stored.
        """
        before = self.state
        await self._store.state.delete_cookie(after.settings, after.link)
        self._publish(before, after)

    async def save_in_memory(self, after: State) -> None:
        """Set the link in memory, and store it if that is possible."""
        before = self.state
        with contextlib.suppress(StoreUnavailableError):
            await self._store.state.save_link(after.link)
        self._publish(before, after)

    async def _mark_cookie_unreadable(self) -> None:
        after = transitions.with_unreadable_cookie(self.state, self._clock.now_ms())
        if after != self.state:
            log.warning("cookie unreadable: the key that sealed it is missing")
            await self.save(after)

    def _publish(self, before: State, after: State) -> None:
        _log_change(before.link, after.link)
        if after.settings != before.settings:
            self._feed.settings_changed()
        has_other_unit = after.settings.unit != before.settings.unit
        if has_other_unit or msgspec.structs.replace(after, settings=before.settings) != before:
            self._feed.status_changed()


def _log_change(before: Link, link: Link) -> None:
    """Write one line per change of state, not one per call."""
    if (before.state, before.code) != (link.state, link.code):
        level = logging.INFO if link.code is None else logging.WARNING
        log.log(level, "link state=%s code=%s", link.state, link.code)
