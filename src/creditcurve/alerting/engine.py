"""The engine: observes what rules need beside the stored data, and judges them between polls.

The rules on values are judged with each poll, in its transaction. The engine judges the others
(silence, cookie, disk) at every tick that does not follow a poll shortly.
"""

import asyncio
import logging
import math
import secrets
import shutil
from pathlib import Path
from typing import Final

from creditcurve.alerting.expectations import Expectations
from creditcurve.clocks import Clock, until_tick_s
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.link import LinkState, idle_state
from creditcurve.feed import Feed
from creditcurve.store import Observed, Store, StoreUnavailableError

TICK_S: Final = 30.0
RECENT_S: Final = 55.0
"""A poll that is more recent has judged all rules: unless the link or the cookie changes, the tick
would read the same once more. With a poll a minute, most ticks are left out."""
MAX_STEP_MS: Final = 120_000
"""A longer time between two ticks means that the machine slept; no poll was missed then."""
MAX_CLOCK_STEP_MS: Final = 30_000
"""The wall clock was set if it moved this much more or less than the elapsed time."""

log = logging.getLogger(__name__)


class Engine:
    """Keeps what rules need; ``run`` refreshes it and judges the rules that need no poll."""

    def __init__(
        self,
        *,
        store: Store,
        feed: Feed,
        clock: Clock,
        expectations: Expectations,
        data_dir: Path,
    ) -> None:
        self._store = store
        self._feed = feed
        self._clock = clock
        self._expectations = expectations
        self._data_dir = data_dir
        self._run = secrets.token_hex(8)
        self._last_ms = self._watched_since_ms = clock.now_ms()
        self._last_s = clock.monotonic_s()
        self._judged_s = -math.inf
        self._judged_state = self._state()

    def observe(self) -> Observed:
        """Return the present observations, for a poll that is about to be stored."""
        now_ms = self._clock.now_ms()
        self._watch(now_ms)
        self._judged_s, self._judged_state = self._last_s, self._state()
        return Observed(
            now_ms=now_ms,
            zone=self._expectations.zone(),
            watched_since_ms=min(self._watched_since_ms, now_ms),
            run=self._run,
            elapsed_ms=round(self._clock.monotonic_s() * 1000),
            usual_per_h=self._expectations.usual_per_h(),
            runs_out_ms=self._expectations.runs_out_ms(),
            disk_free=self._disk_free(),
        )

    async def run(self) -> None:
        """Judge rules until cancelled."""
        while True:
            try:
                if self.is_due():
                    await self.tick()
            except StoreUnavailableError as error:
                log.debug("rules not judged: %s", error)
            except Exception:
                log.exception("unexpected failure of the alert rules")
            await asyncio.sleep(until_tick_s(TICK_S))

    def is_due(self) -> bool:
        """Return whether the last poll or tick is long ago, or has judged another state."""
        is_old = self._clock.monotonic_s() - self._judged_s >= RECENT_S
        return is_old or self._state() != self._judged_state

    async def tick(self) -> None:
        """Judge the rules that need no poll."""
        await self._expectations.refresh()
        if await self._store.alerts.advance(self.observe()):
            self._feed.alerts_changed()

    def _state(self) -> tuple[LinkState, CookieState]:
        state = self._store.state
        return state.link.state, state.cookie_status.state

    def _watch(self, now_ms: int) -> None:
        """Restart the silence after a suspend, a change of the clock, or while no poll is due."""
        now_s = self._clock.monotonic_s()
        elapsed_ms = round((now_s - self._last_s) * 1000)
        is_set = abs(now_ms - self._last_ms - elapsed_ms) > MAX_CLOCK_STEP_MS
        state = self._store.state
        is_idle = idle_state(state.settings, state.cookie_status) is not None
        if is_set or is_idle or elapsed_ms > MAX_STEP_MS or state.link.code == "scheduled":
            self._watched_since_ms = now_ms
        self._last_ms, self._last_s = now_ms, now_s

    def _disk_free(self) -> float | None:
        try:
            usage = shutil.disk_usage(self._data_dir)
        except OSError:
            return None
        return usage.free / usage.total if usage.total else None
