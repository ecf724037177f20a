"""The events of one attempt to call the site, as the HTTP library reports them."""

from typing import Any

import httpcore2


class Attempt:
    """The state of one attempt, from its events."""

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
