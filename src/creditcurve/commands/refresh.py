"""Refresh: poll now."""

from creditcurve.collecting.poll import Poller, PollResult


class Refresh:
    """Polls now, whether collecting is on or off; calls that come together share one poll."""

    def __init__(self, poller: Poller) -> None:
        self._poller = poller

    async def __call__(self) -> PollResult:
        """Poll now.

        Raises:
            CookieNotUsableError, UpstreamError, StoreUnavailableError: as ``Poller.poll``.
        """
        return await self._poller.poll()
