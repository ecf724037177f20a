"""What a user can ask for: refresh, set, check and delete the cookie, change settings, import.

Each command leaves the store, the link and the feed in agreement, and wakes the collector where
what is due may have changed. Settings change here and nowhere else.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence

import msgspec

from creditcurve.clocks import Clock
from creditcurve.collecting.poll import CookieNotUsable, Polled, Polling, with_login
from creditcurve.cookie.parse import Cookie, parse_cookie, renew
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.fault import Fault, FaultKind
from creditcurve.domain.link import Link, LinkState, idle, idle_state, started
from creditcurve.domain.record import Record
from creditcurve.domain.settings import Settings, zone_of
from creditcurve.feed import Feed
from creditcurve.store import Imported, Store
from creditcurve.upstream import CheckAnswer, UpstreamClient, UpstreamError

log = logging.getLogger(__name__)


class CookieRejected(Exception):  # noqa: N818 - a refusal, with the reason the upstream gave
    """The upstream refuses the cookie that was offered; the stored one is untouched."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.detail)
        self.fault = fault


class CannotVerify(Exception):  # noqa: N818 - a refusal, with the fault that caused it
    """Whether the cookie works could not be found out; nothing was changed."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.detail)
        self.fault = fault


class SettingRefused(Exception):  # noqa: N818 - a refusal, naming the field
    """A setting's value cannot be taken; nothing was changed."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field


class Commands:
    """The user's commands. ``wake`` is set whenever the collector should look again."""

    def __init__(
        self,
        *,
        store: Store,
        upstream: UpstreamClient,
        polling: Polling,
        feed: Feed,
        clock: Clock,
    ) -> None:
        self._store = store
        self._upstream = upstream
        self._polling = polling
        self._feed = feed
        self._clock = clock
        self._saving = asyncio.Lock()
        self.wake = asyncio.Event()

    async def refresh(self) -> Polled:
        """Poll now, collecting or not; calls that come together share one poll.

        Raises:
            CookieNotUsable, UpstreamError, StoreUnavailableError: as ``Polling.poll`` does.
        """
        try:
            return await self._polling.poll()
        finally:
            self.wake.set()

    async def set_cookie(
        self, pasted: str, *, verify: bool = True, force: bool = False
    ) -> CookieStatus:
        """Read what was pasted, try it on the upstream, and store it if that accepts it.

        Raises:
            CookieParseError: no usable cookie is in it.
            CookieRejected: the upstream refuses it.
            CannotVerify: the upstream could not be asked.
        """
        now_ms = self._clock.now_ms()
        cookie = parse_cookie(pasted, host=self._upstream.host, now_ms=now_ms, force=force)
        async with self._saving:
            answer = await self._try(cookie) if verify else None
            return await self._keep(cookie, answer)

    async def check_cookie(self) -> CookieStatus:
        """Try the stored cookie now, with exactly one call.

        Raises:
            CookieNotUsable: there is none to try.
            CannotVerify: the upstream could not be asked.
        """
        try:
            await self._polling.check()
        except UpstreamError as error:
            if error.fault.kind is not FaultKind.COOKIE:
                raise CannotVerify(error.fault) from error
        self.wake.set()
        return self._store.state.cookie_status

    async def delete_cookie(self) -> None:
        """Forget the cookie and stop collecting."""
        async with self._saving, self._polling.concluding:
            settings = msgspec.structs.replace(self._store.state.settings, collecting=False)
            link = idle(self._store.state.link, LinkState.NO_COOKIE, at_ms=self._clock.now_ms())
            await self._store.state.delete_cookie(settings, link)
        log.info("cookie deleted")
        self._feed.settings()
        self._feed.status()
        self.wake.set()

    async def take_in(self, records: Sequence[Record]) -> Imported:
        """Store records that were exported before: what is known stands, the rest is added.

        Raises:
            StoreUnavailableError: nothing was stored.
        """
        taken = await self._store.records.import_records(records)
        self._feed.records(taken.revision)
        return taken

    async def change_settings(self, change: Callable[[Settings], Settings]) -> Settings:
        """Store the settings whole, as ``change`` makes them of the present ones.

        Raises:
            SettingRefused: a value is out of bounds in a way its type does not tell.
            CookieNotUsable: collecting is switched on without a cookie to call with.
        """
        async with self._polling.concluding:
            before = self._store.state.settings
            settings = change(before)
            self._accept(settings)
            if settings == before:
                return settings
            await self._store.state.save_settings(settings)
            self._feed.settings()
            if _schedule(settings) != _schedule(before):
                await self._reschedule(settings, before)
        self.wake.set()
        return settings

    def _accept(self, settings: Settings) -> None:
        try:
            zone_of(settings.time_zone)
        except ValueError as error:
            raise SettingRefused("time_zone", str(error)) from error
        cookie = self._store.state.cookie_status
        is_switched_on = settings.collecting and not self._store.state.settings.collecting
        if is_switched_on and not cookie.is_usable:
            raise CookieNotUsable(cookie.state)

    async def _reschedule(self, settings: Settings, before: Settings) -> None:
        """The switch or the interval has moved: the link says so at once."""
        link, at_ms = self._store.state.link, self._clock.now_ms()
        rest = idle_state(settings, self._store.state.cookie_status)
        if rest is not None:
            link = idle(link, rest, at_ms=at_ms)
        elif not before.collecting:
            link = started(link, at_ms=at_ms)
            self._polling.last_attempt_s = None
        elif link.state is LinkState.OK:
            link = self._next_after(settings.poll_interval_s, link)
        log.info("collecting=%s interval_s=%d", settings.collecting, settings.poll_interval_s)
        await self._store.state.save_link(link)
        self._feed.status()

    def _next_after(self, interval_s: int, link: Link) -> Link:
        self._polling.pause_s = float(interval_s)
        if link.last_attempt_ms is None:
            return link
        next_poll_ms = link.last_attempt_ms + interval_s * 1000
        return msgspec.structs.replace(
            link, next_poll_ms=max(next_poll_ms, self._clock.now_ms()), speedup=0
        )

    async def _try(self, cookie: Cookie) -> CheckAnswer:
        try:
            return await self._upstream.check(cookie.header)
        except UpstreamError as error:
            if error.fault.kind is FaultKind.COOKIE:
                raise CookieRejected(error.fault) from error
            raise CannotVerify(error.fault) from error

    async def _keep(self, cookie: Cookie, answer: CheckAnswer | None) -> CookieStatus:
        """Store a cookie with what the answer to its check renewed; it is untried without one."""
        at_ms, host = self._clock.now_ms(), self._upstream.host
        lines = () if answer is None else answer.set_cookies
        header = renew(cookie.header, lines, host=host, now_ms=at_ms) or cookie.header
        async with self._polling.concluding:
            status = CookieStatus(
                state=CookieState.UNVERIFIED if answer is None else CookieState.VALID,
                names=cookie.names,
                saved_at_ms=at_ms,
                checked_at_ms=None if answer is None else at_ms,
                expires_at_ms=cookie.expires_at_ms,
                generation=self._store.state.cookie_status.generation + 1,
            )
            status = with_login(status, lines, host=host, at_ms=at_ms)
            await self._store.state.save_cookie(header, status, self._link_with(status, at_ms))
        log.info("cookie saved state=%s names=%d", status.state, len(status.names))
        self._polling.last_attempt_s = None
        self._feed.status()
        self.wake.set()
        return status

    def _link_with(self, status: CookieStatus, at_ms: int) -> Link:
        """The link once a cookie is there: under way, unless something else keeps it at rest."""
        rest = idle_state(self._store.state.settings, status)
        if rest is None:
            return started(self._store.state.link, at_ms=at_ms)
        return idle(self._store.state.link, rest, at_ms=at_ms)


def _schedule(settings: Settings) -> tuple[bool, int]:
    return settings.collecting, settings.poll_interval_s
