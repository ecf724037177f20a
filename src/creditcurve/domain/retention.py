"""Retention: how long single requests are kept, and what is known of those that are not.

What lies before the horizon was removed on the user's setting; its sums by quarter hour and hour
stay. There a quarter hour is the smallest thing known: its requests are as if all were made at its
start, so that every range, bucket and day holds it whole or not at all.
"""

from typing import Final

import msgspec

from creditcurve.domain.instant import DAY_MS, HOUR_MS

QUARTER_S: Final = 900
"""The finest sums that stay; days of every zone are made of them."""
NEVER: Final = -(2**63)
"""The horizon while nothing was removed."""

_QUARTER_MS: Final = QUARTER_S * 1000


class Horizon(msgspec.Struct, frozen=True, kw_only=True):
    """Where the single requests begin; it never moves back.

    Attributes:
        t_ms: a whole hour: what is older is known by its sums alone.
        removed: how many records were removed.
        counted: how many of them are in the sums.
        revision: the highest revision among them.
    """

    t_ms: int = NEVER
    removed: int = 0
    counted: int = 0
    revision: int = 0

    @property
    def sums_before_ms(self) -> int | None:
        """The same moment; None while nothing was removed."""
        return self.t_ms if self.removed else None


def due_before(days: int, *, newest_ms: int, now_ms: int) -> int:
    """The hour before which records are to go.

    The days are counted back from the newest record: a clock that runs years ahead removes nothing.
    """
    return hour_of(min(newest_ms, now_ms) - days * DAY_MS)


def hour_of(t_ms: int) -> int:
    """The start of the hour."""
    return t_ms // HOUR_MS * HOUR_MS


def hour_after(t_ms: int) -> int:
    """The start of the next hour."""
    return hour_of(t_ms) + HOUR_MS


def quarter_of(t_ms: int) -> int:
    """The start of the quarter hour."""
    return t_ms // _QUARTER_MS * _QUARTER_MS
