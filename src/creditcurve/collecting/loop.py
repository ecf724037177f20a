"""The one loop: wait for the tick or a kick, then poll or check, as the rules say.

Nothing is started or stopped from outside. Each round looks at settings, cookie and times anew, so
there is nothing that can get out of step; the loop ends only by cancellation.
"""

import asyncio
import contextlib
import logging

from creditcurve.clocks import Clock
from creditcurve.collecting.poll import CookieNotUsable, Polling
from creditcurve.commands import Commands
from creditcurve.domain.link import LinkState, idle, idle_state
from creditcurve.domain.pace import CHECK_INTERVAL_S
from creditcurve.feed import Feed
from creditcurve.store import Store, StoreUnavailableError
from creditcurve.upstream import UpstreamError

SLICE_S = 5.0
"""The longest wait at one go: the event loop's own clock stands still while a laptop sleeps."""
UNFORESEEN_PAUSE_S = 60.0
RECONCILED_HOURS = 24
"""Of how many hours the check asks for the site's own sums (``hours=24`` was seen)."""

log = logging.getLogger(__name__)


class Collector:
    """Decides when a call is due, and has ``Polling`` make it."""

    def __init__(
        self, *, store: Store, polling: Polling, commands: Commands, feed: Feed, clock: Clock
    ) -> None:
        self._store = store
        self._feed = feed
        self._polling = polling
        self._commands = commands
        self._clock = clock

    async def run(self) -> None:
        """Collect until cancelled."""
        await self._settle()
        self._resume()
        while True:
            await self._wait()
            await self._round()

    async def _settle(self) -> None:
        """At the start: where no call is to be made, the link says why."""
        with contextlib.suppress(StoreUnavailableError):
            await self._polling.settle_cookie()
            await self._polling.read_again()
            link = self._store.state.link
            rest = idle_state(self._store.state.settings, self._store.state.cookie_status)
            if rest is not None and rest is not link.state:
                await self._store.state.save_link(idle(link, rest, at_ms=self._clock.now_ms()))
        self._feed.status()

    def _resume(self) -> None:
        """After a restart: keep to a pause that the site or a back-off asked for."""
        link = self._store.state.link
        if link.state in (LinkState.BLOCKED, LinkState.DEGRADED) and link.next_poll_ms is not None:
            left_s = (link.next_poll_ms - self._clock.now_ms()) / 1000
            self._polling.last_attempt_s = self._clock.monotonic_s()
            self._polling.pause_s = min(max(left_s, 0.0), 7_200.0)

    async def _wait(self) -> None:
        """Until something is due, in slices; a kick only cuts the slice short."""
        while (left_s := self._due_in_s()) > 0:
            self._commands.wake.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(left_s, SLICE_S)):
                    await self._commands.wake.wait()

    def _due_in_s(self) -> float:
        if idle_state(self._store.state.settings, self._store.state.cookie_status) is not None:
            return SLICE_S
        return min(self._poll_due_in_s(), self._check_due_in_s())

    def _poll_due_in_s(self) -> float:
        if self._polling.last_attempt_s is None:
            return 0.0
        due_s = self._polling.last_attempt_s + self._polling.pause_s
        return due_s - self._clock.monotonic_s()

    def _check_due_in_s(self) -> float:
        """The validity check, its own periodic task; the first follows the first good poll."""
        if self._store.state.link.state is not LinkState.OK:
            return SLICE_S
        if self._polling.last_check_s is None:
            return 0.0
        return self._polling.last_check_s + CHECK_INTERVAL_S - self._clock.monotonic_s()

    async def _round(self) -> None:
        """One call; every failure has become a state by the time it arrives here."""
        try:
            if self._poll_due_in_s() <= 0:
                await self._polling.poll()
            else:
                await self._polling.check(hours=RECONCILED_HOURS)
        except (UpstreamError, StoreUnavailableError, CookieNotUsable) as error:
            log.debug("round ended: %s", type(error).__name__)
        except Exception:
            log.exception("a round failed in a way nobody foresaw")
            self._polling.last_attempt_s = self._clock.monotonic_s()
            self._polling.pause_s = max(self._polling.pause_s, UNFORESEEN_PAUSE_S)
