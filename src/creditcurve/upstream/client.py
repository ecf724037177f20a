"""The calls to the site: one method per endpoint, typed answers, typed errors.

Each call carries exactly four headers: the cookie byte for byte as given, referer, user
agent and accept. There is no cookie jar, no redirect is followed, and no proxy is used that was not
configured. A call ends after ``total_s`` at the latest, with an answer or an error of
``errors.py``.
"""

import asyncio
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlsplit

import msgspec

from creditcurve.clocks import Clock
from creditcurve.domain.account import Facts, Source
from creditcurve.domain.reconciliation import ChartHour
from creditcurve.domain.record import Answer
from creditcurve.domain.reset import ResetResult
from creditcurve.domain.secret import Secret
from creditcurve.upstream import wire
from creditcurve.upstream.account import (
    PATHS,
    NotAvailableError,
    ResetUncertainError,
    ResetUsedError,
    read_facts,
    read_reset_result,
)
from creditcurve.upstream.classify import error_of, header, page_error, site_time_ms
from creditcurve.upstream.errors import (
    CookieError,
    ForbiddenError,
    HostRefusedError,
    NameNotFoundError,
    ProxyError,
    ServerError,
    StatusError,
    TlsError,
    UnreachableError,
    UnsendableCookieError,
    UpstreamError,
)
from creditcurve.upstream.known_rows import KnownRows
from creditcurve.upstream.redact import redacted

if TYPE_CHECKING:
    from creditcurve.upstream.transport import Reply, Transport

USAGE_PATH: Final = "/api/user/usage"
CHECK_PATH: Final = "/api/user/usage/chart"
REFERER_PATH: Final = "/dashboard/usage"
RESET_REFERER_PATH: Final = "/dashboard"

_USER_AGENT: Final = (
    b"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 "
    b"(KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36"
)

LARGE_BODY_BYTES: Final = 128 * 1024
"""A larger body is read on a thread: 10,000 rows take a tenth of a second."""

_NOT_DONE: Final = (
    CookieError,
    ForbiddenError,
    HostRefusedError,
    NameNotFoundError,
    ProxyError,
    TlsError,
    UnreachableError,
)
"""After one of these errors a POST has certainly had no effect."""
_NOT_OFFERED: Final = frozenset({404, 405})

_UNSENDABLE: Final = re.compile(rb"[\x00-\x1f\x7f]|^ | $|^$")
_Result = TypeVar("_Result")


def headers_for(origin: str, referer: str = REFERER_PATH) -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers of every call to an origin, except the cookie."""
    return (
        (b"referer", f"{origin}{referer}".encode("ascii")),
        (b"user-agent", _USER_AGENT),
        (b"accept", b"application/json, text/plain, */*"),
    )


class UsageAnswer(msgspec.Struct, frozen=True):
    """A usage answer and its ``Set-Cookie`` lines."""

    answer: Answer
    set_cookies: tuple[bytes, ...]

    def __repr__(self) -> str:
        return f"UsageAnswer({len(self.answer.records)} records)"


class CheckAnswer(msgspec.Struct, frozen=True):
    """The cookie is valid.

    Attributes:
        chart: the site's own hourly sums that could be read.
        at_ms: when they were requested, by the earlier of the site's clock and ours.
        set_cookies: the ``Set-Cookie`` lines of the answer.
    """

    chart: tuple[ChartHour, ...]
    at_ms: int
    set_cookies: tuple[bytes, ...]

    def __repr__(self) -> str:
        return f"CheckAnswer({len(self.chart)} hours)"


class AccountAnswer(msgspec.Struct, frozen=True):
    """The answer of one source of the account and its ``Set-Cookie`` lines."""

    facts: Facts
    set_cookies: tuple[bytes, ...]

    def __repr__(self) -> str:
        return "AccountAnswer()"


class UpstreamClient:
    """Calls one site.

    Creating one is cheap: the first call loads the HTTP library and the trusted authorities.

    Args:
        origin: the site's origin, without a trailing slash.
        clock: the clock that limits the times of rows.
        ca_file: a further certificate authority to trust, PEM.
        proxy: the address of a proxy; the environment's own is not used.
        connect_s: the maximum time to connect.
        total_s: the maximum time of a call, slow bytes and a second attempt included.

    Attributes:
        clock_ahead_ms: how far our clock was ahead of the site's at its last answer; None before.
    """

    def __init__(  # noqa: PLR0913 - independent options with defaults
        self,
        origin: str,
        *,
        clock: Clock,
        ca_file: Path | None = None,
        proxy: str | None = None,
        connect_s: float = 5.0,
        total_s: float = 20.0,
    ) -> None:
        self._origin = origin
        self._clock = clock
        self._ca_file = ca_file
        self._proxy = proxy
        self._connect_s = connect_s
        self._total_s = total_s
        self._known_rows = KnownRows()
        self._transport: Transport | None = None
        self._opening = asyncio.Lock()  # concurrent first calls must not open it twice
        self.clock_ahead_ms: int | None = None

    @property
    def origin(self) -> str:
        """The site's origin; cookies are sent only there."""
        return self._origin

    @property
    def host(self) -> str:
        """The site's host name, without a port."""
        return urlsplit(self._origin).hostname or ""

    async def usage(self, cookie: Secret, *, hours: int | None = None) -> UsageAnswer:
        """Return the newest records, or those of the last ``hours`` if the site honours that.

        Raises:
            UpstreamError: see the tree in ``errors.py``.
        """
        reply = await self._get(USAGE_PATH, cookie, hours)
        read = partial(self._known_rows.read_usage, now_ms=self._latest_ms(reply))
        answer = await _read(read, reply.body)
        return UsageAnswer(answer=answer, set_cookies=reply.set_cookies)

    async def check(self, cookie: Secret, *, hours: int | None = None) -> CheckAnswer:
        """Check the cookie: an answer means that it is valid.

        Args:
            cookie: the cookie.
            hours: for how many hours the site's own sums are requested; if the site fails because
                of this, it is asked again without.

        Raises:
            UpstreamError: see the tree in ``errors.py``; ``CookieError`` means it is invalid.
        """
        asked_ms = self._clock.now_ms()
        try:
            reply = await self._get(CHECK_PATH, cookie, hours)
        except (StatusError, ServerError):
            if hours is None:
                raise
            reply = await self._get(CHECK_PATH, cookie, None)
        return CheckAnswer(
            chart=await _read(wire.read_chart, reply.body),
            at_ms=min(asked_ms, self._site_time_ms(reply)),
            set_cookies=reply.set_cookies,
        )

    async def account(self, cookie: Secret, source: Source) -> AccountAnswer:
        """Ask one source of the account.

        Raises:
            NotAvailableError: the answer has another shape.
            UpstreamError: see the tree in ``errors.py``.
        """
        reply = await self._get(PATHS[source], cookie, None)
        try:
            facts = read_facts(source, reply.body)
        except NotAvailableError:
            failure = page_error(reply.body)
            if failure is not None:
                raise failure from None
            raise
        return AccountAnswer(facts, reply.set_cookies)

    async def reset(self, cookie: Secret) -> ResetResult:
        """Use the day's credit reset: one POST, on a connection of its own, never repeated.

        Raises:
            ResetUsedError: the site says that it was used already.
            ResetUncertainError: it is unknown whether the site has used it.
            NotAvailableError: the site offers no reset.
            UpstreamError: it was not used; see the tree in ``errors.py``.
        """
        if _UNSENDABLE.search(cookie.reveal()):
            raise UnsendableCookieError
        try:
            reply = await self._post(PATHS[Source.RESET], cookie, RESET_REFERER_PATH)
        except _NOT_DONE:
            raise
        except UpstreamError:
            raise ResetUncertainError from None
        result = read_reset_result(reply.body)
        if result is None:
            raise ResetUncertainError
        return result

    async def aclose(self) -> None:
        """Close the connections."""
        if self._transport is not None:
            await self._transport.aclose()
            self._transport = None

    async def _get(self, path: str, cookie: Secret, hours: int | None) -> "Reply":
        if _UNSENDABLE.search(cookie.reveal()):
            raise UnsendableCookieError
        query = "" if hours is None else f"?hours={hours}"
        url = f"{self._origin}{path}{query}"
        transport = await self._open()
        answer = await transport.get(
            url, ((b"cookie", cookie.reveal()), *headers_for(self._origin))
        )
        reply = await _redacted(answer, cookie)
        failure = error_of(
            reply.status, reply.headers, reply.body, url=url, now_ms=self._site_time_ms(reply)
        )
        if failure is not None:
            raise failure
        self._observe_clock(reply)
        return reply

    async def _post(self, path: str, cookie: Secret, referer: str) -> "Reply":
        url = f"{self._origin}{path}"
        transport = await asyncio.to_thread(self._make_transport)
        try:
            headers = headers_for(self._origin, referer)
            answer = await transport.post(url, ((b"cookie", cookie.reveal()), *headers))
        finally:
            await transport.aclose()
        reply = await _redacted(answer, cookie)
        if reply.status == 400:
            raise ResetUsedError
        if reply.status in _NOT_OFFERED:
            raise NotAvailableError(path)
        now_ms = self._site_time_ms(reply)
        failure = error_of(reply.status, reply.headers, reply.body, url=url, now_ms=now_ms)
        if failure is not None:
            raise failure
        return reply

    async def _open(self) -> "Transport":
        async with self._opening:
            if self._transport is None:
                self._transport = await asyncio.to_thread(self._make_transport)
            return self._transport

    def _make_transport(self) -> "Transport":
        from creditcurve.upstream.transport import (  # noqa: PLC0415 - takes 60 ms
            Transport,
        )

        return Transport(
            ca_file=self._ca_file,
            proxy=self._proxy,
            connect_s=self._connect_s,
            total_s=self._total_s,
        )

    def _observe_clock(self, reply: "Reply") -> None:
        time_ms = site_time_ms(reply.headers)
        # A cache repeats the date of the first answer and adds its age.
        if time_ms is not None and header(reply.headers, b"age") is None:
            self.clock_ahead_ms = self._clock.now_ms() - time_ms

    def _site_time_ms(self, reply: "Reply") -> int:
        """Return the site's time, the base of its ``Retry-After``; ours if it sends none."""
        time_ms = site_time_ms(reply.headers)
        return self._clock.now_ms() if time_ms is None else time_ms

    def _latest_ms(self, reply: "Reply") -> int:
        """Return the later of both times: with a clock that is behind, no row is in the future."""
        return max(self._clock.now_ms(), self._site_time_ms(reply))


async def _redacted(answer: "Reply", cookie: Secret) -> "Reply":
    """Return the answer without the login, which a broken page may repeat."""

    def work(body: bytes) -> "Reply":
        headers, body = redacted(cookie, answer.headers, body)
        return msgspec.structs.replace(answer, headers=headers, body=body)

    return await _read(work, answer.body)


async def _read(read: Callable[[bytes], _Result], body: bytes) -> _Result:
    if len(body) > LARGE_BODY_BYTES:
        return await asyncio.to_thread(read, body)
    return read(body)
