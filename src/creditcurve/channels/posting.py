"""One POST over the HTTP library, which is imported with the first message: it takes 50 ms."""

import ssl
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx2

from creditcurve.channels.protocol import ChannelError, Reply

MAX_BODY_BYTES: Final = 65_536


async def post(  # noqa: PLR0913 - the parts of one request
    url: str,
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    ca_file: Path | None,
    proxy: str | None,
) -> Reply:
    """Send a body to an address that was checked, under the name of the URL.

    Raises:
        ChannelError: the connection failed.
    """
    try:
        request = _request(url, address if proxy is None else None, body, headers)
        async with httpx2.AsyncHTTPTransport(verify=_trust(ca_file), proxy=proxy) as transport:
            return await _reply(await transport.handle_async_request(request))
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, OSError) as error:
        # The library's own text contains the address, which may contain a token.
        raise ChannelError(f"The connection failed ({type(error).__name__}).") from None


def _request(
    url: str, address: str | None, body: bytes, headers: Mapping[str, str]
) -> httpx2.Request:
    target = httpx2.URL(url)
    return httpx2.Request(
        "POST",
        target if address is None else target.copy_with(host=address),
        headers={
            "host": urlsplit(url).netloc.rpartition("@")[2],
            "content-type": "application/json; charset=utf-8",
            "content-length": str(len(body)),
            "accept-encoding": "identity",
            "user-agent": "CreditCurve",
            **headers,
        },
        content=body,
        extensions={
            "sni_hostname": urlsplit(url).hostname or "",
            "timeout": {"connect": 5.0},
        },
    )


async def _reply(response: httpx2.Response) -> Reply:
    try:
        wait_s = _retry_after_s(response.headers.get("retry-after", ""))
        return Reply(response.status_code, await _bounded(response), wait_s)
    finally:
        await response.aclose()


def _retry_after_s(text: str) -> float | None:
    """Return the seconds of the header; dates are not read."""
    return float(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


async def _bounded(response: httpx2.Response) -> bytes:
    """Return the first bytes of the body as they were sent: unpacked they may be far more."""
    body = b""
    async for chunk in response.aiter_raw():
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
