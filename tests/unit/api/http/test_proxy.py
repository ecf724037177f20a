"""Requests that come through a proxy."""

import ipaddress
from collections.abc import Mapping
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from creditcurve.api.http.proxy import Proxied

PROXY = "10.0.0.7"
CLIENT = "192.0.2.1"


class Behind:
    """An application that records what reaches it, and the answers sent in front of it."""

    def __init__(self, *, base_path: str = "", trusted: str = "10.0.0.0/8") -> None:
        self.seen: Scope = {}
        self.sent: list[Message] = []
        self._proxied = Proxied(
            self._app, base_path=base_path, trusted=[ipaddress.ip_network(trusted)]
        )

    async def _app(self, scope: Scope, _receive: Receive, _send: Send) -> None:
        self.seen = dict(scope)

    async def request(
        self,
        path: str = "/",
        headers: Mapping[str, str] | None = None,
        *,
        peer: str = PROXY,
        query: str = "",
    ) -> None:
        """Send a request from a peer."""
        given = {"host": "127.0.0.1:8080", **(headers or {})}
        scope: dict[str, Any] = {
            "type": "http",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "query_string": query.encode(),
            "client": (peer, 40_000),
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        }
        await self._proxied(scope, _receive, self._send)

    async def _send(self, message: Message) -> None:
        self.sent.append(message)


async def _receive() -> Message:
    return {"type": "http.disconnect"}


FORWARDED = {
    "x-forwarded-for": CLIENT,
    "x-forwarded-host": "credits.example",
    "x-forwarded-proto": "https",
}


async def test_a_trusted_proxy_names_client_host_and_scheme() -> None:
    behind = Behind()
    await behind.request(headers=FORWARDED)
    assert behind.seen["client"][0] == CLIENT
    assert behind.seen["scheme"] == "https"
    assert Headers(scope=behind.seen).getlist("host") == ["credits.example"]


async def test_any_other_peer_is_not_believed() -> None:
    behind = Behind()
    await behind.request(headers=FORWARDED, peer="192.0.2.200")
    assert behind.seen["client"][0] == "192.0.2.200"
    assert behind.seen["scheme"] == "http"
    assert Headers(scope=behind.seen)["host"] == "127.0.0.1:8080"


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ("203.0.113.9, 192.0.2.1", "192.0.2.1"),
        ("203.0.113.9, 192.0.2.1, 10.0.0.8", "192.0.2.1"),
        ("10.0.0.8", PROXY),
        ("", PROXY),
        ("192.0.2.1:4711", "192.0.2.1"),
        ("192.0.2.1:4711, 10.0.0.8:80", "192.0.2.1"),
        ('"[2001:DB8:0::1]:4711"', "2001:db8::1"),
        ("2001:db8:0:0::1", "2001:db8::1"),
        ("unknown", "unknown"),
    ],
)
async def test_the_last_address_other_than_a_proxy_is_the_client(
    forwarded: str, client: str
) -> None:
    """The entries before it can be forged."""
    behind = Behind()
    await behind.request(headers={"x-forwarded-for": forwarded})
    assert behind.seen["client"][0] == client


async def test_a_proxy_over_ipv6_is_known_by_its_ipv4_address() -> None:
    behind = Behind()
    await behind.request(headers=FORWARDED, peer=f"::ffff:{PROXY}")
    assert behind.seen["client"][0] == CLIENT


@pytest.mark.parametrize("path", ["/curve/api/status", "/api/status"])
async def test_the_base_path_is_removed_if_the_proxy_passes_it_on(path: str) -> None:
    behind = Behind(base_path="/curve")
    await behind.request(path)
    assert behind.seen["path"] == "/api/status"


async def test_a_similar_path_is_not_rewritten() -> None:
    behind = Behind(base_path="/curve")
    await behind.request("/curved/api/status")
    assert behind.seen["path"] == "/curved/api/status"


async def test_the_base_path_without_a_slash_redirects_to_the_page() -> None:
    """The page's own addresses are relative to it."""
    behind = Behind(base_path="/curve")
    await behind.request("/curve")
    assert behind.sent[0]["status"] == 307
    assert (b"location", b"/curve/") in behind.sent[0]["headers"]


async def test_the_redirect_to_the_page_keeps_the_query() -> None:
    behind = Behind(base_path="/curve")
    await behind.request("/curve", query="hours=24&by=model")
    assert (b"location", b"/curve/?hours=24&by=model") in behind.sent[0]["headers"]


async def test_a_host_that_a_client_put_before_the_proxy_s_own_is_not_used() -> None:
    """Of two proxies only the nearer need append: an earlier value may be the client's."""
    behind = Behind()
    forged = {
        "x-forwarded-for": f"{CLIENT}, 10.0.0.8",
        "x-forwarded-host": "credits.example, attacker.example",
    }
    await behind.request(headers=forged)
    assert Headers(scope=behind.seen)["host"] == "attacker.example"
