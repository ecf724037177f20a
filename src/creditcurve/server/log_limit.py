"""Limits repeated log lines, so that bad requests cannot fill the disk."""

import logging
from typing import Final

from creditcurve.clocks import Clock

MOST_LINES: Final = 10
WINDOW_S: Final = 60.0


class LogLimit(logging.Filter):
    """Passes ten warnings a minute; the next one after that says how many were dropped."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._since_s = clock.monotonic_s()
        self._passed = self._dropped = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the line is logged; errors and program messages always are."""
        if record.levelno != logging.WARNING:
            return True
        if self._clock.monotonic_s() - self._since_s >= WINDOW_S:
            self._start_window(record)
        self._passed += 1
        is_passed = self._passed <= MOST_LINES
        self._dropped += 0 if is_passed else 1
        return is_passed

    def _start_window(self, record: logging.LogRecord) -> None:
        if self._dropped:
            record.msg = f"{record.msg} (dropped {self._dropped} similar lines)"
        self._since_s = self._clock.monotonic_s()
        self._passed = self._dropped = 0
