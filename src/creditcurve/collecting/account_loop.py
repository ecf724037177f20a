"""The account's loop: read the account after good polls, and use a reset when one is due."""

import asyncio
import contextlib
import logging
from typing import Final

from creditcurve.clocks import until_tick_s
from creditcurve.collecting.account import AccountReader
from creditcurve.collecting.cookie import CookieNotUsableError
from creditcurve.collecting.reset import AutomaticResets, Resets
from creditcurve.store import StoreUnavailableError
from creditcurve.upstream import UpstreamError

TICK_S: Final = 30.0
"""A reset at a time of day is due at the next look after it, however rare polls are."""

log = logging.getLogger(__name__)


class AccountLoop:
    """Follows the polls in a task of its own, so that no poll waits for the account."""

    def __init__(
        self, *, reader: AccountReader, resets: Resets, automatic: AutomaticResets
    ) -> None:
        self._reader = reader
        self._resets = resets
        self._automatic = automatic
        self._has_polled = False
        self._woken = asyncio.Event()

    def on_poll(self) -> None:
        """Read the account soon: a poll was good."""
        self._has_polled = True
        self._woken.set()

    def wake(self) -> None:
        """Look soon whether a reset is due: the settings have changed."""
        self._woken.set()

    async def run(self) -> None:
        """Follow the polls until cancelled."""
        with contextlib.suppress(StoreUnavailableError):
            await self._resets.resolve_interrupted()
        while True:
            await self._wait()
            await self.step()

    async def step(self) -> None:
        """Read the account if a poll was good, and use a reset if one is due."""
        try:
            if self._has_polled:
                self._has_polled = False
                await self._reader.read_if_due()
            await self._automatic.use_if_due()
        except (CookieNotUsableError, StoreUnavailableError, UpstreamError) as error:
            log.debug("account failed error=%s", type(error).__name__)
        except Exception:
            log.exception("unexpected failure of the account")

    async def _wait(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(until_tick_s(TICK_S)):
                await self._woken.wait()
        self._woken.clear()
