"""The sites that may be called: one client for each origin.

A cookie belongs to the origin that it was given for. Every call therefore names its origin, and a
client sends a cookie only to its own.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from creditcurve.domain.origin import KNOWN_ORIGINS
from creditcurve.upstream.errors import OtherOriginError

if TYPE_CHECKING:
    from creditcurve.upstream.client import UpstreamClient


class Sites:
    """Returns the client of an origin.

    Args:
        default: the origin that is used until the user chooses another one.
        create: creates the client of an origin.
        is_fixed: whether the default is the only origin, because it was configured.
    """

    def __init__(
        self, default: str, create: "Callable[[str], UpstreamClient]", *, is_fixed: bool = False
    ) -> None:
        self.default = default
        self.is_fixed = is_fixed
        self._create = create
        self._clients: dict[str, UpstreamClient] = {}

    @property
    def choices(self) -> tuple[str, ...]:
        """The origins to offer; with a fixed origin, only this one."""
        if self.is_fixed:
            return (self.default,)
        return tuple(dict.fromkeys((self.default, *KNOWN_ORIGINS)))

    def at(self, origin: str | None) -> "UpstreamClient":
        """Return the client of an origin; None is a cookie of an earlier version: the default.

        Raises:
            OtherOriginError: the origin is fixed, and this is another one.
        """
        origin = self.default if origin is None else origin
        if self.is_fixed and origin != self.default:
            raise OtherOriginError
        if origin not in self._clients:
            self._clients[origin] = self._create(origin)
        return self._clients[origin]

    def clock_ahead_ms(self, origin: str | None) -> int | None:
        """Return how far our clock is ahead of a site's; None before its first answer."""
        client = self._clients.get(origin or self.default)
        return None if client is None else client.clock_ahead_ms

    async def aclose(self) -> None:
        """Close all clients."""
        for client in self._clients.values():
            await client.aclose()
        self._clients.clear()
