"""Requests that come through a proxy: the forwarded client, host and scheme, and the base path.

``X-Forwarded-For``, ``-Host`` and ``-Proto`` are believed only if the connection comes from a
trusted address. The base path is removed if the proxy passes it on, so that both kinds of proxies
work: those that remove it and those that do not.
"""

import ipaddress
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

Network = IPv4Network | IPv6Network


class Proxied:
    """ASGI middleware in front of the guard."""

    def __init__(self, app: ASGIApp, *, base_path: str, trusted: Sequence[Network]) -> None:
        self._app = app
        self._base_path = base_path
        self._trusted = tuple(trusted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as the browser sent it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._base_path and scope["path"] == self._base_path:
            query = scope.get("query_string", b"").decode("latin-1")
            await RedirectResponse(f"{self._base_path}/{query and '?' + query}")(
                scope, receive, send
            )
            return
        scope = {**scope, "path": scope["path"].removeprefix(self._prefix_of(scope["path"]))}
        client = scope.get("client")
        if client is not None and self._is_trusted(client[0]):
            self._apply_forwarded(scope)
        await self._app(scope, receive, send)

    def _prefix_of(self, path: str) -> str:
        return self._base_path if path.startswith(f"{self._base_path}/") else ""

    def _apply_forwarded(self, scope: Scope) -> None:
        scope["headers"] = list(scope["headers"])
        headers = MutableHeaders(scope=scope)
        addresses = [_bare_address(one) for one in _values(headers, "x-forwarded-for")]
        # The last address that is not a trusted proxy's is the client; the client itself may have
        # made up the ones before it.
        client = next((one for one in reversed(addresses) if not self._is_trusted(one)), None)
        if client is not None:
            scope["client"] = (client, 0)
        hosts, schemes = _values(headers, "x-forwarded-host"), _values(headers, "x-forwarded-proto")
        if hosts:
            headers["host"] = hosts[-1]
        if schemes and schemes[-1] in ("http", "https"):
            scope["scheme"] = schemes[-1]

    def _is_trusted(self, address: str) -> bool:
        try:
            parsed = ipaddress.ip_address(address.strip("[]"))
        except ValueError:
            return False
        mapped = getattr(parsed, "ipv4_mapped", None) or parsed
        return any(mapped in network for network in self._trusted)


def _bare_address(text: str) -> str:
    """Return an address without the port that some proxies add, in its canonical form.

    With the port, each connection would be another client.
    """
    address = text.strip('"')
    if address.startswith("["):
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return text


def _values(headers: Headers, name: str) -> list[str]:
    """Return the values of a header that each proxy appends to."""
    joined = ",".join(headers.getlist(name))
    return [value.strip() for value in joined.split(",") if value.strip()]
