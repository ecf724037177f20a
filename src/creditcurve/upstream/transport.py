"""One call over HTTP/1.1: the only module that knows the HTTP library.

The library's transport is used without its client, which would add headers, keep cookies, follow
redirects and read proxies from the environment. The library's errors are translated here and their
text is dropped, because it may contain headers that were sent or received.

Importing this module takes some 60 ms and creating a ``Transport`` some 90: do it on first use.
"""

import asyncio
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import aclosing
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpcore2
import httpx2
import msgspec
from socksio import SOCKSError

from creditcurve.upstream.classify import REDIRECTS, header
from creditcurve.upstream.errors import (
    ConnectionBrokenError,
    HostRefusedError,
    NameNotFoundError,
    NetworkError,
    NotJsonError,
    ProxyError,
    TimedOutError,
    TlsError,
    TooLargeError,
    UnreachableError,
    UpstreamError,
)
from creditcurve.upstream.unpacking import read_start, read_whole

MAX_HEADER_BYTES: Final = 8 * 1024 * 1024
PAGE_START_BYTES: Final = 65_536
PAGE_S: Final = 3.0
"""The longest time for the page of an error: its status is known and is enough without it."""
KEEP_ALIVE_S: Final = 15.0
"""Covers the calls of one round; after a minute the site has closed the connection."""

MAX_SET_COOKIES: Final = 50
MAX_SET_COOKIE_BYTES: Final = 4_096

Headers = Sequence[tuple[bytes, bytes]]

# A good answer may come with megabytes of Set-Cookie lines. The library's limit is 100 kB, and can
# only be changed by this attribute.
httpcore2.AsyncHTTP11Connection.MAX_INCOMPLETE_EVENT_SIZE = MAX_HEADER_BYTES

# At DEBUG the library logs every header it receives, Set-Cookie included.
logging.getLogger("httpcore2").setLevel(logging.INFO)


class Reply(msgspec.Struct, frozen=True):
    """An answer: the body is complete for 200, else the start of it."""

    status: int
    headers: Headers
    body: bytes

    @property
    def set_cookies(self) -> tuple[bytes, ...]:
        """The values of ``Set-Cookie``: at most 50, of at most 4,096 bytes each."""
        lines = (value for name, value in self.headers if name.lower() == b"set-cookie")
        short = [line for line in lines if len(line) <= MAX_SET_COOKIE_BYTES]
        return tuple(short[:MAX_SET_COOKIES])

    def __repr__(self) -> str:
        return f"Reply(status={self.status}, {len(self.body)} bytes)"


class Transport:
    """Connections to one site, kept open between the calls of a round."""

    def __init__(
        self, *, ca_file: Path | None, proxy: str | None, connect_s: float, total_s: float
    ) -> None:
        """Read the trusted authorities and prepare the connections; nothing is sent.

        Raises:
            UpstreamError: the CA file or the proxy's address cannot be used.
        """
        self._timeout = {"connect": connect_s}
        self._total_s = total_s
        self._has_proxy = proxy is not None
        try:
            trusted = _trust(ca_file)
            self._http = httpx2.AsyncHTTPTransport(
                verify=trusted,
                proxy=None if proxy is None else _proxy(proxy, trusted),
                limits=httpx2.Limits(max_keepalive_connections=1, keepalive_expiry=KEEP_ALIVE_S),
            )
        except (ValueError, ImportError, httpx2.InvalidURL):
            # The library's text repeats the address, and with it the proxy's password.
            raise ProxyError("The configured proxy's address cannot be used.") from None

    async def get(self, url: str, headers: Headers) -> Reply:
        """GET ``url`` with exactly these headers and ``Host``; redirects are not followed.

        A kept connection that the site closed in the meantime is replaced once, silently.

        Raises:
            UpstreamError: no answer came, no complete one, or none in time.
        """
        attempt = self._attempt(url)
        try:
            async with asyncio.timeout(self._total_s):
                try:
                    return await self._send("GET", url, headers, attempt)
                except ConnectionBrokenError:
                    if not attempt.was_stale:
                        raise
                attempt = self._attempt(url)
                return await self._send("GET", url, headers, attempt)
        except TimeoutError:
            await attempt.aclose()
            raise (ProxyError if attempt.is_at_proxy else TimedOutError) from None

    async def post(self, url: str, headers: Headers) -> Reply:
        """POST ``url`` without a body, once: nothing is ever sent a second time.

        Use a transport without kept connections: on one that the site has closed in the meantime,
        it would be unknown whether the site received the call.

        Raises:
            UpstreamError: no answer came, no complete one, or none in time.
        """
        attempt = self._attempt(url)
        try:
            async with asyncio.timeout(self._total_s):
                return await self._send("POST", url, headers, attempt)
        except TimeoutError:
            await attempt.aclose()
            raise (ProxyError if attempt.is_at_proxy else TimedOutError) from None

    async def aclose(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    def _attempt(self, url: str) -> "_Attempt":
        return _Attempt(has_proxy=self._has_proxy, is_tunnelled=urlsplit(url).scheme == "https")

    async def _send(self, method: str, url: str, headers: Headers, attempt: "_Attempt") -> Reply:
        extensions = {"timeout": self._timeout, "trace": attempt.trace}
        try:
            request = httpx2.Request(method, url, headers=list(headers), extensions=extensions)
            response = await self._http.handle_async_request(request)
            try:
                return await _reply(response)
            finally:
                await response.aclose()
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError, OSError, SOCKSError) as error:
            await attempt.aclose()
            raise _failure(error, attempt) from None


class _Attempt:
    """The events of one attempt, as the library reports them."""

    def __init__(self, *, has_proxy: bool, is_tunnelled: bool) -> None:
        self._has_proxy = has_proxy
        self._is_tunnelled = is_tunnelled
        self._events: set[str] = set()
        self._stream: httpcore2.AsyncNetworkStream | None = None

    async def trace(self, event: str, details: dict[str, Any]) -> None:
        """Record an event without its details, which contain headers."""
        self._events.add(event)
        if event.endswith("connect_tcp.complete"):
            self._stream = details["return_value"]

    async def aclose(self) -> None:
        """Close the connection; the library leaves it open when a proxy fails."""
        if self._stream is not None:
            await self._stream.aclose()

    @property
    def was_stale(self) -> bool:
        """Whether a kept connection ended before the first byte of an answer."""
        return not self._is_new and "http11.receive_response_headers.complete" not in self._events

    @property
    def is_at_proxy(self) -> bool:
        """Whether the proxy has not connected to the site yet."""
        if not self._has_proxy or not self._is_new:
            return False
        if self._is_tunnelled:
            return not self._events & {"proxy.start_tls.started", "socks.start_tls.started"}
        connected = {"socks.setup_socks5_connection.complete", "connection.connect_tcp.complete"}
        return not self._events & connected

    @property
    def _is_new(self) -> bool:
        return any(event.endswith("connect_tcp.started") for event in self._events)


async def _reply(response: httpx2.Response) -> Reply:
    headers = tuple(response.headers.raw)
    encoding = (header(headers, b"content-encoding") or b"").decode("latin-1")
    body = b""
    async with aclosing(response.aiter_raw()) as chunks:
        if response.status_code == 200:
            body = await read_whole(chunks, encoding)
        elif response.status_code not in REDIRECTS:
            body = await _page(chunks, encoding)
    return Reply(status=response.status_code, headers=headers, body=body)


async def _page(chunks: AsyncIterator[bytes], encoding: str) -> bytes:
    """Return the start of an error's body; empty if it cannot be read soon."""
    try:
        async with asyncio.timeout(PAGE_S):
            return await read_start(chunks, encoding, PAGE_START_BYTES)
    except (TimeoutError, NotJsonError, ConnectionBrokenError, httpx2.HTTPError):
        return b""


def _proxy(address: str, trusted: ssl.SSLContext) -> httpx2.Proxy:
    """Return a proxy; one that is called over TLS is checked like the site."""
    is_encrypted = urlsplit(address).scheme == "https"
    return httpx2.Proxy(address, ssl_context=trusted if is_encrypted else None)


@cache
def _trust(ca_file: Path | None) -> ssl.SSLContext:
    """Return the system's trusted authorities and the user's own; it cannot be switched off."""
    context = httpx2.create_ssl_context()
    if ca_file is None:
        return context
    try:
        context.load_verify_locations(cafile=ca_file)
    except (OSError, ValueError) as error:
        raise TlsError(f"The CA file {ca_file} cannot be used.") from error
    return context


def _failure(error: Exception, attempt: _Attempt) -> UpstreamError:
    if attempt.is_at_proxy:
        return ProxyError(_proxy_detail(error))
    if isinstance(error, httpx2.TimeoutException):
        return TimedOutError()
    if isinstance(error, httpx2.InvalidURL | UnicodeError):
        return NameNotFoundError()
    causes = list(_causes(error))
    if isinstance(error, httpx2.ConnectError | OSError):
        return _connection_failure(causes)
    if any(getattr(cause, "error_status_hint", None) == 431 for cause in causes):
        return TooLargeError("The headers of the site's answer do not end.")
    return ConnectionBrokenError()


def _proxy_detail(error: Exception) -> str | None:
    """Return why the proxy does not connect; None if it cannot be reached."""
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error)):
        return "The proxy's certificate is not trusted: set CREDITCURVE_CA_FILE to its authority."
    if isinstance(error, httpx2.ProxyError) and str(error).startswith("407"):
        return "The proxy needs a name and a password (407): put them into CREDITCURVE_PROXY."
    if isinstance(error, httpx2.ProxyError | SOCKSError):
        return "The configured proxy does not connect to the site."
    return None


def _connection_failure(causes: Sequence[BaseException]) -> NetworkError:
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return TlsError(
                f"The site's certificate is not trusted ({cause.verify_message}); "
                "the cookie was not sent."
            )
    kinds: tuple[tuple[type[BaseException], type[NetworkError]], ...] = (
        (ssl.SSLError, TlsError),
        (socket.gaierror, NameNotFoundError),
        (ConnectionRefusedError, HostRefusedError),
        (ConnectionError, ConnectionBrokenError),
        (OSError, UnreachableError),
    )
    for kind, failure in kinds:
        if any(isinstance(cause, kind) for cause in causes):
            return failure()
    return ConnectionBrokenError()


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Return the error and its causes, those of a group included."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for each in error.exceptions:
                yield from _causes(each)
        error = error.__cause__ or error.__context__
