"""What leaves this machine, byte by byte, recorded by a bare socket."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.clocks import SystemClock
from creditcurve.cookie.parse import parse_cookie
from creditcurve.domain.instant import from_iso
from creditcurve.domain.secret import Secret
from creditcurve.upstream import UpstreamError
from creditcurve.upstream.client import UpstreamClient
from creditcurve.upstream.errors import UnsendableCookieError
from creditcurve.upstream.exchange import Network
from support.clocks import HandClock
from support.cookie_copies import COPIES, Pairs, cookies, header_of
from support.cookie_snippets import ACCEPTED, expected_header, pasted
from support.examples import examples
from support.pasting import HOST, NOW_MS

COOKIE = Secret(b"__Secure-authjs.session-token=eyJ.a==; other=1")
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def answer(body: bytes = b"[]", *headers: bytes) -> bytes:
    lines = [b"HTTP/1.1 200 OK", b"Content-Length: %d" % len(body), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


@asynccontextmanager
async def listening(serve: Serve) -> AsyncIterator[str]:
    """A bare socket that does what ``serve`` says."""

    async def serve_and_close(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client is gone, or the test is over
        finally:
            writer.close()

    server = await asyncio.start_server(serve_and_close, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


class Recorder:
    """Answers every request with an empty list and records the requests."""

    def __init__(self, *headers: bytes) -> None:
        self.heads: list[bytes] = []
        self.connections = 0
        self._headers = headers

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer until the client leaves."""
        self.connections += 1
        while True:
            self.heads.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(answer(b"[]", *self._headers))


@asynccontextmanager
async def client(url: str) -> AsyncIterator[UpstreamClient]:
    made = UpstreamClient(url, clock=SystemClock(), network=Network(connect_s=2, total_s=5))
    try:
        yield made
    finally:
        await made.aclose()


async def test_exactly_the_specified_headers_go_out() -> None:
    """The four of the specification and ``Host``: nothing names this program."""
    recorder = Recorder()
    async with listening(recorder.serve) as url, client(url) as upstream:
        await upstream.usage(COOKIE)
        await upstream.check(COOKIE)
        await upstream.usage(COOKIE, hours=24)
    host = url.removeprefix("http://").encode()
    headers = (
        b"Host: " + host + b"\r\n"
        b"cookie: __Secure-authjs.session-token=eyJ.a==; other=1\r\n"
        b"referer: " + url.encode() + b"/dashboard/usage\r\n"
        b"user-agent: Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 "
        b"(KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36\r\n"
        b"accept: application/json, text/plain, */*\r\n\r\n"
    )
    assert recorder.heads == [
        b"GET /api/user/usage HTTP/1.1\r\n" + headers,
        b"GET /api/user/usage/chart HTTP/1.1\r\n" + headers,
        b"GET /api/user/usage?hours=24 HTTP/1.1\r\n" + headers,
    ]


async def test_no_cookie_jar_is_shared_by_calls() -> None:
    """Cookies of an answer are reported, and never sent automatically."""
    recorder = Recorder(b"Set-Cookie: a=1; Path=/", b"set-cookie: b=2; Path=/")
    async with listening(recorder.serve) as url, client(url) as upstream:
        assert (await upstream.usage(COOKIE)).set_cookies == (b"a=1; Path=/", b"b=2; Path=/")
        assert (await upstream.check(COOKIE)).set_cookies == (b"a=1; Path=/", b"b=2; Path=/")
    assert b"a=1" not in b"".join(recorder.heads)


async def test_the_environment_s_proxy_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only one that was configured is."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    recorder = Recorder()
    async with listening(recorder.serve) as url, client(url) as upstream:
        await upstream.usage(COOKIE)
    assert len(recorder.heads) == 1


async def test_a_configured_proxy_is_used() -> None:
    """The site's name is left to it."""
    recorder = Recorder()
    async with listening(recorder.serve) as url:
        upstream = UpstreamClient(
            "http://site.invalid", clock=SystemClock(), network=Network(proxy=url)
        )
        await upstream.usage(COOKIE)
        await upstream.aclose()
    assert recorder.heads[0].startswith(b"GET http://site.invalid/api/user/usage HTTP/1.1\r\n")


async def test_a_proxy_s_password_is_in_no_failure() -> None:
    """An address that cannot be used is refused without being repeated."""
    upstream = UpstreamClient(
        "http://site.invalid", clock=SystemClock(), network=Network(proxy="ftp://u:s3cret@p")
    )
    with pytest.raises(UpstreamError) as caught:
        await upstream.usage(COOKIE)
    assert caught.value.fault.code == "proxy_unreachable"
    assert "s3cret" not in repr(caught.value)


SENDABLE = st.binary(min_size=1, max_size=80).map(
    lambda data: bytes(byte for byte in data if byte >= 0x20 and byte != 0x7F).strip(b" ")
)


@examples(15)
@given(st.lists(SENDABLE.filter(bool), min_size=1, max_size=8))
async def test_the_cookie_goes_out_byte_for_byte(given_cookies: list[bytes]) -> None:
    """Quotes, commas, braces, percent signs, inner spaces, bytes beyond ASCII."""
    recorder = Recorder()
    async with listening(recorder.serve) as url, client(url) as upstream:
        for cookie in given_cookies:
            await upstream.usage(Secret(cookie))
    sent = [head.split(b"\r\ncookie: ", 1)[1].split(b"\r\n", 1)[0] for head in recorder.heads]
    assert sent == given_cookies


async def sent_after(texts: list[str]) -> list[str]:
    """The header's value on the line for each pasted text, one call each."""
    recorder = Recorder()
    async with listening(recorder.serve) as url, client(url) as upstream:
        for text in texts:
            cookie = parse_cookie(text, host=HOST, now_ms=NOW_MS)
            await upstream.usage(cookie.header)
    values = [head.split(b"\r\ncookie: ", 1)[1].split(b"\r\n", 1)[0] for head in recorder.heads]
    return [value.decode("ascii") for value in values]


async def test_the_cookie_of_every_snippet_is_sent_byte_for_byte() -> None:
    """From the clipboard to the line, for all that browsers and extensions really write."""
    sent = await sent_after([pasted(name) for name in ACCEPTED])
    assert sent == [expected_header(name) for name in ACCEPTED]


@examples(15)
@given(st.lists(st.tuples(st.sampled_from(sorted(COPIES)), cookies()), min_size=1, max_size=8))
async def test_every_copied_cookie_is_sent_byte_for_byte(copied: list[tuple[str, Pairs]]) -> None:
    """Odd cookies through every program's quoting: the bytes are those of the browser."""
    sent = await sent_after([COPIES[copy](pairs) for copy, pairs in copied])
    assert sent == [header_of(pairs) for _, pairs in copied]


@pytest.mark.parametrize(
    "cookie",
    [b"a=1\r\nX-Evil: 1", b"a=1\n", b"a=\0", b"a=\x7f", b"a=\t1", b" a=1", b"a=1 ", b""],
    ids=repr,
)
async def test_values_that_no_header_can_contain_are_never_sent(cookie: bytes) -> None:
    """Not even a connection is made."""
    recorder = Recorder()
    async with listening(recorder.serve) as url, client(url) as upstream:
        with pytest.raises(UnsendableCookieError):
            await upstream.usage(Secret(cookie))
    assert recorder.connections == 0


async def test_a_connection_is_kept_for_the_next_call() -> None:
    recorder = Recorder()
    async with listening(recorder.serve) as url, client(url) as upstream:
        for _ in range(3):
            await upstream.check(COOKIE)
    assert recorder.connections == 1


async def test_first_calls_that_come_together_open_one_transport() -> None:
    """And each gets its own answer."""
    recorder = Recorder()
    async with listening(recorder.serve) as url, client(url) as upstream:
        await asyncio.gather(*(upstream.check(COOKIE) for _ in range(4)))
    assert len(recorder.heads) == 4


async def test_no_log_contains_a_header(caplog: pytest.LogCaptureFixture) -> None:
    """Not at the lowest level, not of the library's, not when a call fails."""
    caplog.set_level(logging.DEBUG)
    secret = bytes(reversed(b"terc3s"))
    recorder = Recorder(b"Set-Cookie: a=" + secret, b"Bad Header: " + secret)
    async with listening(recorder.serve) as url, client(url) as upstream:
        with pytest.raises(UpstreamError) as caught:
            await upstream.usage(Secret(secret))
    assert caught.value.fault.code == "upstream_network"
    assert secret.decode() not in caplog.text
    assert secret.decode() not in "".join(traceback.format_exception(caught.value))


async def test_the_host_is_only_the_name() -> None:
    """Whose cookies an answer may set."""
    assert UpstreamClient("https://www.site.test:8443", clock=SystemClock()).host == "www.site.test"
    assert UpstreamClient("http://[::1]:80", clock=SystemClock()).host == "::1"


@pytest.mark.parametrize(
    ("headers", "ahead_ms"),
    [
        ((b"Date: Thu, 26 Nov 2026 21:20:00 GMT",), 600_000),
        ((b"Date: Thu, 26 Nov 2026 21:31:00 GMT",), -60_000),
        ((b"Date: Thu, 26 Nov 2026 21:20:00 GMT", b"Age: 600"), None),
        ((b"Date: yesterday",), None),
        ((), None),
    ],
)
async def test_the_difference_to_the_sites_clock_is_known(
    headers: tuple[bytes, ...], ahead_ms: int | None
) -> None:
    """A cached answer says nothing about the site's clock."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer(b"[]", *headers))

    clock = HandClock(from_iso("2026-11-26T21:30:00.000Z"))
    async with listening(serve) as url:
        client = UpstreamClient(url, clock=clock)
        await client.usage(COOKIE)
        assert client.clock_ahead_ms == ahead_ms
        await client.aclose()
