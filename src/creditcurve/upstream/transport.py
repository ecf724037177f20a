"""One GET over HTTP/1.1 and nothing more: the only module that knows the HTTP library.

The library's transport is used without its client, which would add headers, keep cookies, follow
redirects and read proxies from the environment. What the library raises is translated here and its
text is dropped: it holds the headers that were sent or received.

Importing this module costs some 60 ms and making a ``Transport`` some 90: do it when it is needed.
"""

import logging
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from functools import cache
from pathlib import Path
from typing import Any, Final

import httpcore2
import httpx2
import msgspec

from creditcurve.upstream.classify import READ_WITH_PAGE, header
from creditcurve.upstream.errors import (
    ConnectionBrokenError,
    HostRefusedError,
    NameNotFoundError,
    NetworkError,
    TimedOutError,
    TlsError,
    TooLargeError,
    UnreachableError,
    UpstreamError,
)
from creditcurve.upstream.unpacking import read_start, read_whole

MAX_HEADER_BYTES: Final = 8 * 1024 * 1024
PAGE_START_BYTES: Final = 65_536
KEEP_ALIVE_S: Final = 15.0
"""Long enough for the calls of one round; a minute later the site has closed it anyway."""

MAX_SET_COOKIES: Final = 50
MAX_SET_COOKIE_BYTES: Final = 4_096

Headers = Sequence[tuple[bytes, bytes]]

# A good answer may come with megabytes of Set-Cookie lines, and is a good answer all the same; the
# library's own bound is 100 kB, and an attribute of this class is the only way to it.
httpcore2.AsyncHTTP11Connection.MAX_INCOMPLETE_EVENT_SIZE = MAX_HEADER_BYTES

# At DEBUG it writes every header it receives, Set-Cookie included.
logging.getLogger("httpcore2").setLevel(logging.INFO)


class Reply(msgspec.Struct, frozen=True):
    """An answer: the body is whole for 200, a start where a page tells, else empty."""

    status: int
    headers: Headers
    body: bytes

    @property
    def set_cookies(self) -> tuple[bytes, ...]:
        """The values of the ``Set-Cookie`` lines: at most 50, of at most 4,096 bytes each."""
        lines = (value for name, value in self.headers if name.lower() == b"set-cookie")
        short = [line for line in lines if len(line) <= MAX_SET_COOKIE_BYTES]
        return tuple(short[:MAX_SET_COOKIES])

    def __repr__(self) -> str:
        return f"Reply(status={self.status}, {len(self.body)} bytes)"


class Transport:
    """Connections to one site, kept open between the calls of a round."""

    def __init__(self, *, ca_file: Path | None, proxy: str | None, connect_s: float) -> None:
        """Read the trusted authorities and prepare the connections; nothing is sent.

        Raises:
            UpstreamError: the CA file or the proxy's address cannot be used.
        """
        self._timeout = {"connect": connect_s}
        try:
            self._http = httpx2.AsyncHTTPTransport(
                verify=_trust(ca_file),
                proxy=proxy,
                limits=httpx2.Limits(max_keepalive_connections=1, keepalive_expiry=KEEP_ALIVE_S),
            )
        except (ValueError, ImportError, httpx2.InvalidURL):
            # The library's text repeats the address, and with it the proxy's password.
            raise UnreachableError("The configured proxy's address cannot be used.") from None

    async def get(self, url: str, headers: Headers) -> Reply:
        """GET ``url`` with exactly these headers and ``Host``; redirects are not followed.

        A kept connection that the site has closed in the meantime is replaced once, silently.

        Raises:
            UpstreamError: no answer came, or no whole one.
        """
        attempt = _Attempt()
        try:
            return await self._get(url, headers, attempt)
        except ConnectionBrokenError:
            if not attempt.was_stale:
                raise
        return await self._get(url, headers, _Attempt())

    async def aclose(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def _get(self, url: str, headers: Headers, attempt: "_Attempt") -> Reply:
        extensions = {"timeout": self._timeout, "trace": attempt.trace}
        try:
            request = httpx2.Request("GET", url, headers=list(headers), extensions=extensions)
            response = await self._http.handle_async_request(request)
            try:
                return await _reply(response)
            finally:
                await response.aclose()
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError, OSError) as error:
            raise _failure(error) from None


class _Attempt:
    """What the library tells of one attempt while it goes on."""

    def __init__(self) -> None:
        self._events: set[str] = set()

    async def trace(self, event: str, _details: dict[str, Any]) -> None:
        """Note an event; its details hold headers and are left alone."""
        self._events.add(event)

    @property
    def was_stale(self) -> bool:
        """Whether it used a kept connection that gave not one byte of an answer."""
        is_new = "connection.connect_tcp.started" in self._events
        return not is_new and "http11.receive_response_headers.complete" not in self._events


async def _reply(response: httpx2.Response) -> Reply:
    headers = tuple(response.headers.raw)
    encoding = (header(headers, b"content-encoding") or b"").decode("latin-1")
    body = b""
    async with aclosing(response.aiter_raw()) as chunks:
        if response.status_code == 200:
            body = await read_whole(chunks, encoding)
        elif response.status_code in READ_WITH_PAGE:
            body = await read_start(chunks, encoding, PAGE_START_BYTES)
    return Reply(status=response.status_code, headers=headers, body=body)


@cache
def _trust(ca_file: Path | None) -> ssl.SSLContext:
    """The system's trust, and the user's own authority beside it. There is no way around it."""
    context = httpx2.create_ssl_context()
    if ca_file is None:
        return context
    try:
        context.load_verify_locations(cafile=ca_file)
    except (OSError, ValueError) as error:
        raise TlsError(f"The CA file {ca_file} cannot be used.") from error
    return context


def _failure(error: Exception) -> UpstreamError:
    if isinstance(error, httpx2.TimeoutException):
        return TimedOutError()
    if isinstance(error, httpx2.InvalidURL | UnicodeError):
        return NameNotFoundError()
    causes = list(_causes(error))
    if isinstance(error, httpx2.ConnectError | httpx2.ProxyError | OSError):
        return _connection_failure(causes)
    if any(getattr(cause, "error_status_hint", None) == 431 for cause in causes):
        return TooLargeError("The headers of the site's answer do not end.")
    return ConnectionBrokenError()


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
    """The error and all that led to it, those of a group included."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for each in error.exceptions:
                yield from _causes(each)
        error = error.__cause__ or error.__context__
