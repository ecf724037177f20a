"""The calls to the site: one method per endpoint, typed answers, typed errors."""

from functools import partial
from typing import Final
from urllib.parse import urlsplit

import msgspec

from creditcurve.clocks import Clock
from creditcurve.domain.account_facts import Facts, Source
from creditcurve.domain.reconciliation import ChartHour
from creditcurve.domain.record import Answer
from creditcurve.domain.reset import ResetResult
from creditcurve.domain.secret import Secret
from creditcurve.upstream import wire
from creditcurve.upstream.account import PATHS, read_facts
from creditcurve.upstream.classify import page_error
from creditcurve.upstream.errors import (
    CookieError,
    ForbiddenError,
    HostRefusedError,
    NameNotFoundError,
    NotAvailableError,
    ProxyError,
    ResetUncertainError,
    ResetUsedError,
    ServerError,
    StatusError,
    TlsError,
    UnreachableError,
    UpstreamError,
)
from creditcurve.upstream.exchange import Exchange, Network, read_body
from creditcurve.upstream.known_rows import KnownRows
from creditcurve.upstream.reset_result import read_reset_result

USAGE_PATH: Final = "/api/user/usage"
CHECK_PATH: Final = "/api/user/usage/chart"
RESET_REFERER_PATH: Final = "/dashboard"

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

    A call ends after ``network.total_s`` at the latest, with an answer or an error of
    ``errors.py``.

    Args:
        origin: the site's origin, without a trailing slash.
        clock: the clock that limits the times of rows.
        network: how the site is reached.
    """

    def __init__(self, origin: str, *, clock: Clock, network: Network | None = None) -> None:
        self._origin = origin
        self._clock = clock
        self._known_rows = KnownRows()
        self._exchange = Exchange(origin, network or Network(), clock)

    @property
    def origin(self) -> str:
        """The site's origin; cookies are sent only there."""
        return self._origin

    @property
    def host(self) -> str:
        """The site's host name, without a port."""
        return urlsplit(self._origin).hostname or ""

    @property
    def clock_ahead_ms(self) -> int | None:
        """How far our clock was ahead of the site's at its last answer; None before."""
        return self._exchange.clock_ahead_ms

    async def usage(self, cookie: Secret, *, hours: int | None = None) -> UsageAnswer:
        """Return the newest records, or those of the last ``hours`` if the site honours that.

        Raises:
            UpstreamError: see the tree in ``errors.py``.
        """
        reply = await self._exchange.get(USAGE_PATH, cookie, hours)
        # By the later of both times: with a clock that is behind, no row is in the future.
        now_ms = max(self._clock.now_ms(), self._exchange.site_time_ms(reply))
        read = partial(self._known_rows.read_usage, now_ms=now_ms)
        answer = await read_body(read, reply.body)
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
            reply = await self._exchange.get(CHECK_PATH, cookie, hours)
        except (StatusError, ServerError):
            if hours is None:
                raise
            reply = await self._exchange.get(CHECK_PATH, cookie)
        return CheckAnswer(
            chart=await read_body(wire.read_chart, reply.body),
            at_ms=min(asked_ms, self._exchange.site_time_ms(reply)),
            set_cookies=reply.set_cookies,
        )

    async def account(self, cookie: Secret, source: Source) -> AccountAnswer:
        """Ask one source of the account.

        Raises:
            NotAvailableError: the answer has another shape.
            UpstreamError: see the tree in ``errors.py``.
        """
        reply = await self._exchange.get(PATHS[source], cookie)
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
        try:
            reply = await self._exchange.post(
                PATHS[Source.RESET], cookie, referer=RESET_REFERER_PATH, refusals=_reset_refusal
            )
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
        await self._exchange.aclose()


def _reset_refusal(status: int) -> Exception | None:
    if status == 400:
        return ResetUsedError()
    if status in {404, 405}:
        return NotAvailableError(PATHS[Source.RESET])
    return None
