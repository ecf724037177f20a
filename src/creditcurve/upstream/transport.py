"""One call over HTTP/1.1.

The library's transport is used without its client, which would add headers, keep cookies, follow
redirects and read proxies from the environment. ``failures`` translates the library's errors.

Importing this module takes some 60 ms and creating a ``Transport`` some 90: do it on first use.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpcore2
import httpx2
from socksio import SOCKSError

from creditcurve.upstream.attempt import Attempt
from creditcurve.upstream.classify import REDIRECTS, header
from creditcurve.upstream.errors import (
    ConnectionBrokenError,
    NotJsonError,
    ProxyError,
    TimedOutError,
)
from creditcurve.upstream.failures import failure_of
from creditcurve.upstream.reply import Headers, Reply
from creditcurve.upstream.trust import proxy_at, trust
from creditcurve.upstream.unpacking import read_start, read_whole

MAX_HEADER_BYTES: Final = 8 * 1024 * 1024
PAGE_START_BYTES: Final = 65_536
PAGE_S: Final = 3.0
"""The longest time for the page of an error: its status is known and is enough without it."""
KEEP_ALIVE_S: Final = 15.0
"""Covers the calls of one round; after a minute the site has closed the connection."""

# A good answer may come with megabytes of Set-Cookie lines. The library's limit is 100 kB, and can
# only be changed by this attribute.
httpcore2.AsyncHTTP11Connection.MAX_INCOMPLETE_EVENT_SIZE = MAX_HEADER_BYTES

# At DEBUG the library logs every header it receives, Set-Cookie included.
logging.getLogger("httpcore2").setLevel(logging.INFO)


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
            trusted = trust(ca_file)
            self._http = httpx2.AsyncHTTPTransport(
                verify=trusted,
                proxy=None if proxy is None else proxy_at(proxy, trusted),
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

    def _attempt(self, url: str) -> "Attempt":
        return Attempt(has_proxy=self._has_proxy, is_tunnelled=urlsplit(url).scheme == "https")

    async def _send(self, method: str, url: str, headers: Headers, attempt: "Attempt") -> Reply:
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
            raise failure_of(error, attempt) from None


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
