"""The HTTP client of the channels: one POST, no redirects, checked addresses, bounded answers."""

import asyncio
import ssl
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx2

from creditcurve.channels.addresses import resolve
from creditcurve.channels.protocol import ChannelError, Reply

DEADLINE_S: Final = 20.0
MAX_BODY_BYTES: Final = 65_536


class ChannelHttp:
    """Implements ``protocol.Http``."""

    def __init__(
        self, *, ca_file: Path | None = None, proxy: str | None = None, allow_private: bool = False
    ) -> None:
        self._ca_file = ca_file
        self._proxy = proxy
        self.allows_private = allow_private

    async def resolve(self, host: str, port: int, *, is_encrypted: bool) -> str:
        """Return an address that may be reached; see ``protocol.Http``."""
        return await resolve(
            host, port, is_encrypted=is_encrypted, allow_private=self.allows_private
        )

    async def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Reply:
        """Send a JSON body; see ``protocol.Http``."""
        try:
            async with asyncio.timeout(DEADLINE_S):
                parts = urlsplit(url)
                is_encrypted = parts.scheme == "https"
                port = parts.port or (443 if is_encrypted else 80)
                address = await self.resolve(parts.hostname or "", port, is_encrypted=is_encrypted)
                return await self._post(url, address, body, headers or {})
        except TimeoutError:
            raise ChannelError("No answer came in time.") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, OSError) as error:
            # The library's own text contains the address, which may contain a token.
            raise ChannelError(f"The connection failed ({type(error).__name__}).") from None

    async def _post(self, url: str, address: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        host = urlsplit(url).hostname or ""
        target = httpx2.URL(url)
        if self._proxy is None:
            target = target.copy_with(host=address)
        request = httpx2.Request(
            "POST",
            target,
            headers={
                "host": urlsplit(url).netloc.rpartition("@")[2],
                "content-type": "application/json; charset=utf-8",
                "content-length": str(len(body)),
                "user-agent": "CreditCurve",
                **headers,
            },
            content=body,
            extensions={"sni_hostname": host, "timeout": {"connect": 5.0}},
        )
        transport = httpx2.AsyncHTTPTransport(verify=_trust(self._ca_file), proxy=self._proxy)
        async with transport:
            response = await transport.handle_async_request(request)
            try:
                wait_s = _retry_after_s(response.headers.get("retry-after", ""))
                return Reply(response.status_code, await _bounded(response), wait_s)
            finally:
                await response.aclose()


def _retry_after_s(text: str) -> float | None:
    """Return the seconds of the header; dates are not read."""
    return float(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


async def _bounded(response: httpx2.Response) -> bytes:
    body = b""
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            return body[:MAX_BODY_BYTES]
    return body


@cache
def _trust(ca_file: Path | None) -> ssl.SSLContext:
    context = httpx2.create_ssl_context()
    if ca_file is not None:
        context.load_verify_locations(cafile=ca_file)
    return context
