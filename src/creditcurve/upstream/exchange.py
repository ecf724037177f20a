"""One call to the site: exactly four headers go out, a checked reply comes back.

The headers are the cookie byte for byte as given, referer, user agent and accept. There is no
cookie jar, no redirect is followed, and no proxy is used that was not configured. The login is
masked in a reply before anything else reads it.
"""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from creditcurve.clocks import Clock
from creditcurve.domain.secret import Secret
from creditcurve.upstream.classify import error_of, header, site_time_ms
from creditcurve.upstream.errors import UnsendableCookieError
from creditcurve.upstream.redact import redacted

if TYPE_CHECKING:
    from creditcurve.upstream.reply import Reply
    from creditcurve.upstream.transport import Transport

REFERER_PATH: Final = "/dashboard/usage"

_USER_AGENT: Final = (
    b"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 "
    b"(KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36"
)

LARGE_BODY_BYTES: Final = 128 * 1024
"""A larger body is read on a thread: 10,000 rows take a tenth of a second."""

_UNSENDABLE: Final = re.compile(rb"[\x00-\x1f\x7f]|^ | $|^$")
_Result = TypeVar("_Result")


def headers_for(origin: str, referer: str = REFERER_PATH) -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers of every call to an origin, except the cookie."""
    return (
        (b"referer", f"{origin}{referer}".encode("ascii")),
        (b"user-agent", _USER_AGENT),
        (b"accept", b"application/json, text/plain, */*"),
    )


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """How the site is reached.

    Attributes:
        ca_file: a further certificate authority to trust, PEM.
        proxy: the address of a proxy; the environment's own is not used.
        connect_s: the maximum time to connect.
        total_s: the maximum time of a call, slow bytes and a second attempt included.
    """

    ca_file: Path | None = None
    proxy: str | None = None
    connect_s: float = 5.0
    total_s: float = 20.0

    def transport(self) -> "Transport":
        """Return new connections; this loads the trusted authorities and blocks."""
        from creditcurve.upstream.transport import (  # noqa: PLC0415 - takes 60 ms
            Transport,
        )

        return Transport(
            ca_file=self.ca_file,
            proxy=self.proxy,
            connect_s=self.connect_s,
            total_s=self.total_s,
        )


class Exchange:
    """Sends calls to one origin and checks the replies.

    Creating one is cheap: the first call loads the HTTP library and the trusted authorities.

    Attributes:
        clock_ahead_ms: how far our clock was ahead of the site's at its last answer; None before.
    """

    def __init__(self, origin: str, network: Network, clock: Clock) -> None:
        self._origin = origin
        self._network = network
        self._clock = clock
        self._transport: Transport | None = None
        self._opening = asyncio.Lock()  # concurrent first calls must not open it twice
        self.clock_ahead_ms: int | None = None

    async def get(self, path: str, cookie: Secret, hours: int | None = None) -> "Reply":
        """Return the reply to a GET.

        Raises:
            UpstreamError: see the tree in ``errors.py``.
        """
        query = "" if hours is None else f"?hours={hours}"
        url = f"{self._origin}{path}{query}"
        headers = self._headers(cookie, REFERER_PATH)
        transport = await self._open()
        reply = await _redacted(await transport.get(url, headers), cookie)
        self._check(reply, url)
        self._observe_clock(reply)
        return reply

    async def post(
        self,
        path: str,
        cookie: Secret,
        *,
        referer: str,
        refusals: Callable[[int], Exception | None],
    ) -> "Reply":
        """Return the reply to one POST on a connection of its own, which is never repeated.

        Args:
            path: the path of the endpoint.
            cookie: the cookie.
            referer: the path of the page that the call comes from.
            refusals: returns the error that a status has at this endpoint, or None.

        Raises:
            UpstreamError: see the tree in ``errors.py``.
        """
        url = f"{self._origin}{path}"
        headers = self._headers(cookie, referer)
        transport = await asyncio.to_thread(self._network.transport)
        try:
            answer = await transport.post(url, headers)
        finally:
            await transport.aclose()
        reply = await _redacted(answer, cookie)
        refusal = refusals(reply.status)
        if refusal is not None:
            raise refusal
        self._check(reply, url)
        return reply

    def site_time_ms(self, reply: "Reply") -> int:
        """Return the site's time, the base of its ``Retry-After``; ours if it sends none."""
        time_ms = site_time_ms(reply.headers)
        return self._clock.now_ms() if time_ms is None else time_ms

    async def aclose(self) -> None:
        """Close the connections."""
        if self._transport is not None:
            await self._transport.aclose()
            self._transport = None

    def _headers(self, cookie: Secret, referer: str) -> tuple[tuple[bytes, bytes], ...]:
        if _UNSENDABLE.search(cookie.reveal()):
            raise UnsendableCookieError
        return ((b"cookie", cookie.reveal()), *headers_for(self._origin, referer))

    def _check(self, reply: "Reply", url: str) -> None:
        now_ms = self.site_time_ms(reply)
        failure = error_of(reply.status, reply.headers, reply.body, url=url, now_ms=now_ms)
        if failure is not None:
            raise failure

    async def _open(self) -> "Transport":
        async with self._opening:
            if self._transport is None:
                self._transport = await asyncio.to_thread(self._network.transport)
            return self._transport

    def _observe_clock(self, reply: "Reply") -> None:
        time_ms = site_time_ms(reply.headers)
        # A cache repeats the date of the first answer and adds its age.
        if time_ms is not None and header(reply.headers, b"age") is None:
            self.clock_ahead_ms = self._clock.now_ms() - time_ms


async def read_body(read: Callable[[bytes], _Result], body: bytes) -> _Result:
    """Return what ``read`` makes of a body; a large one is read on a thread."""
    if len(body) > LARGE_BODY_BYTES:
        return await asyncio.to_thread(read, body)
    return read(body)


async def _redacted(answer: "Reply", cookie: Secret) -> "Reply":
    """Return the answer without the login, which a broken page may repeat."""

    def work(body: bytes) -> "Reply":
        headers, body = redacted(cookie, answer.headers, body)
        return msgspec.structs.replace(answer, headers=headers, body=body)

    return await read_body(work, answer.body)
