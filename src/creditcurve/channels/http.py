"""The HTTP client of the channels: one POST, no redirects, checked addresses, bounded answers."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from creditcurve.channels.addresses import resolve
from creditcurve.channels.protocol import ChannelError, Reply

DEADLINE_S: Final = 20.0


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
        from creditcurve.channels.posting import post  # noqa: PLC0415 - see there

        try:
            async with asyncio.timeout(DEADLINE_S):
                parts = urlsplit(url)
                is_encrypted = parts.scheme == "https"
                port = parts.port or (443 if is_encrypted else 80)
                address = await self.resolve(parts.hostname or "", port, is_encrypted=is_encrypted)
                return await post(
                    url, address, body, headers or {}, ca_file=self._ca_file, proxy=self._proxy
                )
        except TimeoutError:
            raise ChannelError("No answer came in time.") from None
        except (ValueError, OSError) as error:
            raise ChannelError(f"The connection failed ({type(error).__name__}).") from None
