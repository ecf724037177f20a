"""No connection to the site, a certificate that is not valid, and a proxy that is dead."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from creditcurve.clocks import SystemClock
from creditcurve.domain.fault import Fault
from creditcurve.simulator import DEMO_COOKIE
from creditcurve.upstream import UpstreamError
from creditcurve.upstream.client import UpstreamClient
from creditcurve.upstream.exchange import Network
from support.authority import Authority
from support.site import Simulator, sample_history


async def failure(
    url: str,
    *,
    ca_file: Path | None = None,
    proxy: str | None = None,
    connect_s: float = 5.0,
    total_s: float = 20.0,
) -> Fault:
    """Return the fault of one call that has to fail."""
    client = UpstreamClient(
        url,
        clock=SystemClock(),
        network=Network(ca_file=ca_file, proxy=proxy, connect_s=connect_s, total_s=total_s),
    )
    try:
        with pytest.raises(UpstreamError) as caught:
            await client.usage(DEMO_COOKIE)
    finally:
        await client.aclose()
    return caught.value.fault


@contextmanager
def busy_port() -> Iterator[int]:
    """A port whose queue of connections is full: a further one waits for ever."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        queued = [socket.socket() for _ in range(4)]
        for each in queued:
            each.settimeout(0)
            each.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]
        for each in queued:
            each.close()


def closed_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port: int = unused.getsockname()[1]
        return port


async def test_nothing_listens() -> None:
    assert (await failure(f"http://127.0.0.1:{closed_port()}")).code == "upstream_refused"


async def test_a_name_that_does_not_exist() -> None:
    """RFC 6761 keeps ``.invalid`` for this."""
    assert (await failure("http://no-such-site.invalid")).code == "upstream_name_not_found"


async def test_a_name_that_cannot_exist() -> None:
    assert (await failure(f"http://{'x' * 70}.test")).code == "upstream_name_not_found"


async def test_an_address_without_a_way_to_it() -> None:
    """The broadcast address takes no connection."""
    assert (await failure("http://255.255.255.255")).code == "upstream_unreachable"


async def test_a_site_that_does_not_take_the_connection() -> None:
    """Connecting has a separate time limit."""
    with busy_port() as port:
        fault = await failure(f"http://127.0.0.1:{port}", connect_s=0.2)
    assert fault.code == "upstream_timeout"


async def test_the_site_comes_back() -> None:
    """A kept connection to a site that was restarted costs no call."""
    site = Simulator(history=sample_history(), clock=SystemClock())
    await site.start()
    url, port = site.url, int(site.url.rsplit(":", 1)[1])
    client = UpstreamClient(url, clock=SystemClock())
    await client.usage(DEMO_COOKIE)
    await site.close()
    with pytest.raises(UpstreamError) as caught:
        await client.usage(DEMO_COOKIE)
    assert caught.value.fault.code == "upstream_refused"
    await site.start(port=port)
    assert len((await client.usage(DEMO_COOKIE)).answer.records) == 20
    await client.aclose()
    await site.close()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.mark.parametrize(
    ("host", "days", "is_trusted", "words"),
    [
        ("127.0.0.1", -1, True, "expired"),
        ("127.0.0.2", 1, True, "mismatch"),
        ("127.0.0.1", 1, False, "unable to get local issuer certificate"),
    ],
    ids=["expired", "another host's", "unknown authority"],
)
async def test_a_site_without_a_valid_certificate_gets_no_cookie(
    authority: Authority, host: str, days: int, is_trusted: bool, words: str
) -> None:
    """``tls_error`` with the reason; not one byte of a request arrives."""
    site = Simulator(history=sample_history(), clock=SystemClock())
    await site.start(tls=authority.context(host=host, days=days))
    fault = await failure(site.url, ca_file=authority.file if is_trusted else None)
    await site.close()
    assert fault.code == "tls_error"
    assert words in fault.detail
    assert site.requests == []


async def test_a_site_of_one_s_own_authority_is_trusted(authority: Authority) -> None:
    """Once its CA file is named."""
    site = Simulator(history=sample_history(), clock=SystemClock())
    await site.start(tls=authority.context())
    client = UpstreamClient(site.url, clock=SystemClock(), network=Network(ca_file=authority.file))
    assert len((await client.usage(DEMO_COOKIE)).answer.records) == 20
    await client.aclose()
    await site.close()


async def test_plain_http_in_place_of_tls_is_reported() -> None:
    """Without TLS no cookie is sent; plain http is no fall-back."""
    received = bytearray()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        received.extend(await reader.read(65_536))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        fault = await failure(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    assert fault.code == "tls_error"
    assert b"cookie" not in received


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
async def test_a_ca_file_that_cannot_be_used_is_named(
    tmp_path: Path, content: bytes | None
) -> None:
    """And nothing is sent without it."""
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    fault = await failure("https://127.0.0.1:9", ca_file=file)
    assert fault.code == "tls_error"
    assert str(file) in fault.detail


@asynccontextmanager
async def replying(reply: bytes | None) -> AsyncIterator[int]:
    """Listen on a port, send ``reply`` to every client and close; None never replies."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.read(100)
            writer.write(reply or b"")
            if reply is None:
                await reader.read()
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


@pytest.mark.parametrize("scheme", ["http", "socks5", "socks5h"])
async def test_a_proxy_that_does_not_listen_is_not_a_fault_of_the_site(scheme: str) -> None:
    fault = await failure("https://site.invalid", proxy=f"{scheme}://me:pw@127.0.0.1:1")
    assert fault.code == "proxy_unreachable"
    assert "pw" not in fault.detail


async def test_a_proxy_whose_name_is_unknown_is_not_a_fault_of_the_site() -> None:
    fault = await failure("https://site.invalid", proxy="http://proxy.invalid:8080")
    assert fault.code == "proxy_unreachable"


@pytest.mark.parametrize("scheme", ["http", "socks5"])
@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
        b"\x05\xff",
        b"SSH-2.0-OpenSSH_9.6\r\n",
    ],
)
async def test_a_proxy_that_does_not_connect_is_not_a_fault_of_the_site(
    scheme: str, reply: bytes
) -> None:
    async with replying(reply) as port:
        fault = await failure("https://site.invalid", proxy=f"{scheme}://127.0.0.1:{port}")
    assert fault.code == "proxy_unreachable"


async def test_a_proxy_that_never_replies_is_not_a_fault_of_the_site() -> None:
    async with replying(None) as port:
        fault = await failure("https://site.invalid", proxy=f"http://127.0.0.1:{port}", total_s=0.3)
    assert fault.code == "proxy_unreachable"


async def test_a_site_that_fails_behind_a_proxy_is_a_fault_of_the_site() -> None:
    """The proxy has connected; what answers then is not TLS."""
    async with replying(b"HTTP/1.1 200 Connected\r\n\r\nnot TLS") as port:
        fault = await failure("https://site.invalid", proxy=f"http://127.0.0.1:{port}")
    assert fault.code == "tls_error"
