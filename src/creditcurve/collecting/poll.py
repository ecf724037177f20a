"""One call to the upstream at a time: fetch, store, judge, publish.

``collector`` calls on its ticks and ``commands`` when the user asks; calls that come together share
one flight. Every result carries the generation of the cookie that fetched it: what an older cookie
brought says nothing about the present one.
"""

import asyncio
import logging
from collections.abc import Callable

import msgspec

from creditcurve.clocks import Clock
from creditcurve.cookie.parse import issued_login, renew
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.coverage import GapKind
from creditcurve.domain.fault import Fault, FaultKind
from creditcurve.domain.link import (
    FORBIDDEN_LIMIT,
    Link,
    LinkState,
    cookie_refused,
    failed,
    idle,
    idle_state,
    repaced,
    storage_failed,
    succeeded,
)
from creditcurve.domain.pace import backoff_s, next_speedup, pace_s
from creditcurve.domain.reconciliation import full_hours
from creditcurve.domain.secret import Secret
from creditcurve.feed import Feed
from creditcurve.store import (
    Appended,
    Poll,
    Quarantined,
    Store,
    StoreUnavailableError,
    VaultUnreadableError,
)
from creditcurve.upstream import (
    READING,
    CheckAnswer,
    SchemaChangedError,
    UpstreamClient,
    UpstreamError,
    UsageAnswer,
    read_again,
)

BACKFILL_HOURS = 24
"""What a back-fill asks for (``upstream.md`` of the site's clients: ``hours=24`` was seen)."""
STORAGE_RETRY_S = 15.0
READ_AGAIN_CHUNK = 200
"""Rows read at one go on the event loop: some milliseconds."""

log = logging.getLogger(__name__)


class Polled(msgspec.Struct, frozen=True, kw_only=True):
    """What one poll brought: records new and changed, and when (ms since 1970)."""

    new: int
    updated: int
    at_ms: int


class CookieNotUsable(Exception):  # noqa: N818 - a refusal: no call was made
    """There is no cookie to call with; ``state`` says which lack it is."""

    def __init__(self, state: CookieState) -> None:
        super().__init__(state.value)
        self.state = state


class Polling:
    """Makes the calls, and is the only one to write what they bring.

    Attributes:
        last_attempt_s: when the last poll ended, on the monotonic clock; None before the first.
        pause_s: seconds from then until the next one is due.
        last_check_s: when the cookie was last checked, on the monotonic clock.
        concluding: held by whoever turns an answer or a wish into the state of link, cookie and
            settings, from reading what is there until it is stored: so each builds on what the
            other left. Never over a call to the upstream.
    """

    def __init__(
        self,
        *,
        store: Store,
        upstream: UpstreamClient,
        feed: Feed,
        clock: Clock,
        jitter: Callable[[], float],
    ) -> None:
        self._store = store
        self._upstream = upstream
        self._feed = feed
        self._clock = clock
        self._jitter = jitter
        self._flight: asyncio.Task[Polled] | None = None
        self.concluding = asyncio.Lock()
        self.last_attempt_s: float | None = None
        self.last_check_s: float | None = None
        self.pause_s: float = 0.0

    async def poll(self) -> Polled:
        """Poll now, or join the poll that is under way.

        Raises:
            CookieNotUsable: there is no cookie to call with, or none any more.
            UpstreamError: the call failed; link and cookie state tell of it already.
            StoreUnavailableError: the answer could not be kept.
        """
        if self._store.state.cookie_status.state is CookieState.MISSING:
            raise CookieNotUsable(CookieState.MISSING)
        if self._flight is None or self._flight.done():
            self._flight = asyncio.create_task(self._poll(), name="poll")
            self._flight.add_done_callback(_note_failure)
        return await asyncio.shield(self._flight)

    async def check(self, *, hours: int | None = None) -> None:
        """Try the stored cookie on the validity endpoint; keep the site's own sums, if they come.

        Args:
            hours: of how many hours the sums are asked for; without it exactly one call is made.

        Raises:
            CookieNotUsable: none is stored, or it cannot be read.
            UpstreamError: the call failed; a cookie fault is recorded, a passing one is not.
        """
        cookie, status = await self._cookie()
        await self._check(cookie, status, hours=hours)

    async def settle_cookie(self) -> None:
        """At the start: say whether the cookie can still be read; if again, it is what it was."""
        try:
            _, status = await self._cookie()
        except CookieNotUsable:
            return
        if status.state is CookieState.UNREADABLE:
            again = msgspec.structs.replace(status, state=_state_when_readable(status))
            await self._store.state.save_cookie_status(again, self._store.state.link)

    async def read_again(self) -> None:
        """At the start: read what was set aside anew, if this version's reader has not yet.

        Raises:
            StoreUnavailableError: what was read until then has been taken in; the rest waits.
        """
        if await self._store.quarantine.parser_version() == READING:
            return
        last = 0
        while rows := await self._store.quarantine.uncut(after=last, limit=READ_AGAIN_CHUNK):
            last = rows[-1].id
            await self._take_out(rows)
        await self._store.quarantine.save_parser_version(READING)

    async def close(self) -> None:
        """End the poll that is under way, if any."""
        if self._flight is not None and not self._flight.done():
            self._flight.cancel()
            await asyncio.gather(self._flight, return_exceptions=True)

    async def _poll(self) -> Polled:
        try:
            return await self._fetch_and_store()
        finally:
            self.last_attempt_s = self._clock.monotonic_s()

    async def _fetch_and_store(self) -> Polled:
        cookie, status = await self._cookie()
        if status.state is CookieState.INVALID:
            raise CookieNotUsable(status.state)
        await self._probe_storage()
        if status.state is CookieState.UNVERIFIED:
            await self._check_first(cookie, status)
            cookie, status = await self._cookie()  # the answer may have renewed it
        asked_ms = self._clock.now_ms()
        try:
            answer = await self._upstream.usage(cookie)
        except UpstreamError as error:
            await self._set_aside(error, asked_ms)
            await self._judge(error.fault, cookie, status.generation)
            raise
        appended = await self._append(status.generation, answer, asked_ms)
        new, updated = appended.new, appended.updated
        if self._needs_backfill(appended):
            more = await self._backfill()
            new, updated = new + more.new, updated + more.updated
        return Polled(new=new, updated=updated, at_ms=self._clock.now_ms())

    async def _check_first(self, cookie: Secret, status: CookieStatus) -> None:
        """A cookie nobody has tried yet is tried before the first poll; failing is the poll's."""
        try:
            await self._check(cookie, status)
        except UpstreamError as error:
            if error.fault.kind is not FaultKind.COOKIE:
                await self._judge(error.fault, cookie, status.generation)
            raise

    async def _cookie(self) -> tuple[Secret, CookieStatus]:
        status = self._store.state.cookie_status
        try:
            cookie = await self._store.state.cookie()
        except VaultUnreadableError as error:
            await self._mark_unreadable(status)
            raise CookieNotUsable(CookieState.UNREADABLE) from error
        if cookie is None:
            raise CookieNotUsable(CookieState.MISSING)
        return cookie, status

    async def _mark_unreadable(self, status: CookieStatus) -> None:
        if status.state is CookieState.UNREADABLE:
            return
        unreadable = msgspec.structs.replace(status, state=CookieState.UNREADABLE)
        link = idle(self._store.state.link, LinkState.NO_COOKIE, at_ms=self._clock.now_ms())
        await self._store.state.save_cookie_status(unreadable, link)
        self._feed.status()
        log.warning("cookie unreadable: the key that sealed it is gone")

    async def _take_out(self, rows: list[Quarantined]) -> None:
        read = {row.id: read_again(row.raw, now_ms=row.at_ms) for row in rows}
        known_from_ms = self._store.retention.horizon.t_ms
        told = {
            number: records
            for number, records in read.items()
            if records and all(one.t_ms >= known_from_ms for one in records)
        }
        if not told:
            return
        taken = await self._store.quarantine.replace(
            list(told), [one for records in told.values() for one in records]
        )
        log.info("quarantine read again rows=%d new=%d", len(told), taken.new)
        self._feed.records(taken.revision)

    async def _set_aside(self, error: UpstreamError, at_ms: int) -> None:
        """Of an answer that cannot be read at all, keep what it said."""
        if not isinstance(error, SchemaChangedError):
            return
        try:
            await self._store.quarantine.add(error.rejects, at_ms)
        except StoreUnavailableError as failure:
            await self._suffer_storage(failure)
            raise

    async def _probe_storage(self) -> None:
        """After a failed write: see whether writing works again before asking the upstream."""
        if self._store.failing is not None:
            await self._write_link(self._store.state.link)

    async def _append(self, generation: int, answer: UsageAnswer, asked_ms: int) -> Appended:
        async with self.concluding:
            renewed = await self._renewed(answer.set_cookies)
            before = self._store.state.link
            poll = Poll(
                at_ms=asked_ms,
                answer=answer.answer,
                interval_s=self._store.state.settings.poll_interval_s,
                link=before,
                cookie_status=self._store.state.cookie_status,
            )
            if generation == self._store.state.cookie_status.generation:
                poll = self._with_good_news(poll, renewed, answer)
            appended = await self._store_poll(poll)
        _log_edge(before, poll.link)
        try:
            if generation == self._store.state.cookie_status.generation:
                await self._pace(appended, rows=len(answer.answer.records))
        finally:
            self._feed.records(appended.revision)
        return appended

    def _with_good_news(self, poll: Poll, renewed: Secret | None, answer: UsageAnswer) -> Poll:
        """A good answer also proves the cookie, mends the link and may renew the session."""
        settings = self._store.state.settings
        is_resting = idle_state(settings, self._store.state.cookie_status) is not None
        pause = pace_s(settings.poll_interval_s, poll.link.speedup)
        self.pause_s = float(pause)
        now_ms = self._clock.now_ms()
        status = self._proved(answer.set_cookies)
        link = succeeded(poll.link, at_ms=now_ms, pause_s=pause, collecting=not is_resting)
        return msgspec.structs.replace(poll, link=link, cookie_status=status, renewed=renewed)

    async def _renewed(self, set_cookies: tuple[bytes, ...]) -> Secret | None:
        """The stored cookie with what a good answer renewed; None where it renewed nothing.

        Not the cookie that was sent: another answer may have renewed that one meanwhile. Hold
        ``concluding`` until it is stored.
        """
        stored = await self._readable_cookie() if set_cookies else None
        if stored is None:
            return None
        now_ms = self._clock.now_ms()
        return renew(stored, set_cookies, host=self._upstream.host, now_ms=now_ms)

    async def _readable_cookie(self) -> Secret | None:
        try:
            return await self._store.state.cookie()
        except VaultUnreadableError:
            return None

    def _proved(self, set_cookies: tuple[bytes, ...]) -> CookieStatus:
        """What a good answer says of the cookie: it is valid, and may have been renewed."""
        valid = msgspec.structs.replace(
            self._store.state.cookie_status, state=CookieState.VALID, reason=None
        )
        return self._with_login(valid, set_cookies)

    def _with_login(self, status: CookieStatus, set_cookies: tuple[bytes, ...]) -> CookieStatus:
        at_ms = self._clock.now_ms()
        return with_login(status, set_cookies, host=self._upstream.host, at_ms=at_ms)

    async def _pace(self, appended: Appended, *, rows: int) -> None:
        """Poll sooner while answers leave possible losses behind, and say so."""
        link, interval_s = self._store.state.link, self._store.state.settings.poll_interval_s
        haste = next_speedup(
            link.speedup,
            interval_s=interval_s,
            is_loss=appended.left is GapKind.POSSIBLE_LOSS,
            new=appended.new,
            rows=rows,
        )
        if link.state is not LinkState.OK or haste == link.speedup:
            return
        self.pause_s = float(pace_s(interval_s, haste))
        log.info("pace interval_s=%d instead_of=%d", self.pause_s, interval_s)
        await self._write_link(repaced(link, speedup=haste, pause_s=self.pause_s))

    @staticmethod
    def _needs_backfill(appended: Appended) -> bool:
        return appended.is_first or not appended.overlaps

    async def _backfill(self) -> Appended:
        """Ask once for more of the past; whatever comes of it, the poll itself was good."""
        nothing = Appended(revision=self._store.records.revision, new=0, updated=0)
        cookie, status = await self._readable_cookie(), self._store.state.cookie_status
        if cookie is None or status.state is not CookieState.VALID:
            return nothing
        asked_ms = self._clock.now_ms()
        try:
            answer = await self._upstream.usage(cookie, hours=BACKFILL_HOURS)
        except UpstreamError as error:
            log.info("backfill failed code=%s", error.fault.code)
            await self._set_aside(error, asked_ms)
            if error.fault.kind is FaultKind.COOKIE:
                await self._judge(error.fault, cookie, status.generation)
            return nothing
        return await self._append_backfill(status.generation, answer, asked_ms)

    async def _append_backfill(
        self, generation: int, answer: UsageAnswer, asked_ms: int
    ) -> Appended:
        async with self.concluding:
            renewed = await self._renewed(answer.set_cookies)
            poll = Poll(
                at_ms=asked_ms,
                answer=answer.answer,
                interval_s=self._store.state.settings.poll_interval_s,
                link=self._store.state.link,
                cookie_status=self._store.state.cookie_status,
                hours=BACKFILL_HOURS,
            )
            if generation == self._store.state.cookie_status.generation:
                status = self._with_login(poll.cookie_status, answer.set_cookies)
                poll = msgspec.structs.replace(poll, cookie_status=status, renewed=renewed)
            appended = await self._store_poll(poll)
        self._feed.records(appended.revision)
        return appended

    async def _store_poll(self, poll: Poll) -> Appended:
        try:
            return await self._store.records.append(poll)
        except StoreUnavailableError as error:
            await self._suffer_storage(error)
            raise

    async def _check(
        self, cookie: Secret, status: CookieStatus, *, hours: int | None = None
    ) -> None:
        try:
            answer = await self._upstream.check(cookie, hours=hours)
        except UpstreamError as error:
            if error.fault.kind is FaultKind.COOKIE:
                await self._judge(error.fault, cookie, status.generation)
            raise
        finally:
            self.last_check_s = self._clock.monotonic_s()
        async with self.concluding:
            renewed = await self._renewed(answer.set_cookies)
            if status.generation != self._store.state.cookie_status.generation:
                return
            await self._save_proved(renewed, answer)
        await self._reconcile(answer)
        self._feed.status()

    async def _save_proved(self, renewed: Secret | None, answer: CheckAnswer) -> None:
        now_ms = self._clock.now_ms()
        valid = msgspec.structs.replace(self._proved(answer.set_cookies), checked_at_ms=now_ms)
        link = self._store.state.link
        if link.state is LinkState.COOKIE_INVALID:
            rest = idle_state(self._store.state.settings, valid)
            link = idle(link, rest or LinkState.OK, at_ms=now_ms)
        if renewed is None:
            await self._store.state.save_cookie_status(valid, link)
        else:
            await self._store.state.save_cookie(renewed, valid, link)

    async def _reconcile(self, answer: CheckAnswer) -> None:
        """Keep the site's own sums of the hours that are over; a chart without any says nothing."""
        hours = full_hours(answer.chart, at_ms=answer.at_ms)
        if hours:
            await self._store.curves.save_chart(hours, at_ms=answer.at_ms)

    async def _judge(self, fault: Fault, sent: Secret, generation: int) -> None:
        """Turn a failed call into a state; a verdict on what has been replaced since is none."""
        is_about_cookie = fault.kind is FaultKind.COOKIE
        async with self.concluding:
            is_renewed = is_about_cookie and await self._readable_cookie() != sent
            if is_renewed or generation != self._store.state.cookie_status.generation:
                return
            await (self._bury_cookie(fault) if is_about_cookie else self._back_off(fault))
        self._feed.status()

    async def _bury_cookie(self, fault: Fault) -> None:
        at_ms = self._clock.now_ms()
        link = cookie_refused(self._store.state.link, fault, at_ms=at_ms)
        invalid = msgspec.structs.replace(
            self._store.state.cookie_status,
            state=CookieState.INVALID,
            checked_at_ms=at_ms,
            reason=fault.code,
        )
        _log_edge(self._store.state.link, link)
        await self._store.state.save_cookie_status(invalid, link)

    async def _back_off(self, fault: Fault) -> None:
        settings, link = self._store.state.settings, self._store.state.link
        self.pause_s = backoff_s(
            link,
            fault,
            interval_s=settings.poll_interval_s,
            jitter=self._jitter(),
        )
        next_link = failed(
            link,
            fault,
            at_ms=self._clock.now_ms(),
            pause_s=self.pause_s,
            collecting=settings.collecting,
        )
        _log_edge(link, next_link)
        if next_link.refusals >= FORBIDDEN_LIMIT and settings.collecting:
            await self._give_up(next_link)
        else:
            await self._write_link(next_link)

    async def _give_up(self, link: Link) -> None:
        """The site refuses this account or address: switch collection off and say why."""
        off = msgspec.structs.replace(link, state=LinkState.OFF, next_poll_ms=None)
        settings = msgspec.structs.replace(self._store.state.settings, collecting=False)
        await self._store.state.save_settings(settings)
        await self._write_link(off)
        self._feed.settings()

    async def _write_link(self, link: Link) -> None:
        try:
            await self._store.state.save_link(link)
        except StoreUnavailableError as error:
            await self._suffer_storage(error)
            raise

    async def _suffer_storage(self, error: StoreUnavailableError) -> None:
        self.pause_s = STORAGE_RETRY_S
        link = storage_failed(
            self._store.state.link, str(error), at_ms=self._clock.now_ms(), pause_s=self.pause_s
        )
        _log_edge(self._store.state.link, link)
        try:
            await self._store.state.save_link(link)
        except StoreUnavailableError:
            log.debug("the state itself could not be stored; it is kept in memory")
        self._feed.status()


def _state_when_readable(status: CookieStatus) -> CookieState:
    """What a cookie was before its key was gone: one that was dead is not tried by itself."""
    if status.reason is not None:
        return CookieState.INVALID
    return CookieState.UNVERIFIED if status.checked_at_ms is None else CookieState.VALID


def with_login(
    status: CookieStatus, set_cookies: tuple[bytes, ...], *, host: str, at_ms: int
) -> CookieStatus:
    """The status of a cookie whose login a good answer may have issued anew."""
    login = issued_login(set_cookies, host=host, now_ms=at_ms)
    if login is None:
        return status
    return msgspec.structs.replace(status, renewed_at_ms=at_ms, expires_at_ms=login.expires_at_ms)


def _note_failure(flight: asyncio.Task[Polled]) -> None:
    """A flight whose caller has gone tells nobody of its failure: the state does."""
    if not flight.cancelled():
        flight.exception()


def _log_edge(before: Link, link: Link) -> None:
    """One line per change of state, not per try."""
    if (before.state, before.code) != (link.state, link.code):
        level = logging.INFO if link.code is None else logging.WARNING
        log.log(level, "link state=%s code=%s", link.state, link.code)
