"""Full garbage collections at moments when they are short.

A full collection looks at every object and stops the event loop meanwhile: 100 ms with 2,000 open
streams. Python would run several while they connect. Here it waits until few are open, but not for
ever.
"""

import gc
from typing import Final

from creditcurve.clocks import Clock

FEW_CONNECTIONS: Final = 200
SOON_S: Final = 60.0
LATEST_S: Final = 3_600.0
_NEVER: Final = 1_000_000


class Garbage:
    """Decides when a full collection runs; young objects are collected by Python as usual."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last_s = clock.monotonic_s()

    def take_over(self) -> None:
        """Keep the objects of the start out of all collections, and Python from full ones."""
        gc.freeze()
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, _NEVER)

    def is_due(self, connections: int) -> bool:
        """Return whether a full collection may run now."""
        wait_s = SOON_S if connections <= FEW_CONNECTIONS else LATEST_S
        is_used = gc.get_count()[2] > 0  # younger objects were collected since the last one
        return is_used and self._clock.monotonic_s() - self._last_s >= wait_s

    def collect_if_due(self, connections: int) -> None:
        """Run a full collection if it is due."""
        if self.is_due(connections):
            gc.collect()
            self._last_s = self._clock.monotonic_s()
