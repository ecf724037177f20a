"""Retention: how long single requests are kept, and what remains of older ones.

Requests before the horizon were removed on the user's setting; their sums by quarter hour and hour
remain. There, a quarter hour counts as if all its requests were made at its start: every range,
bucket and day contains it completely or not at all.
"""

from typing import Final

import msgspec

from creditcurve.domain.instant import DAY_MS, HOUR_MS

QUARTER_S: Final = 900
"""The finest sums that remain; days of every zone consist of them."""
NEVER: Final = -(2**63)
"""The horizon before anything was removed."""

_QUARTER_MS: Final = QUARTER_S * 1000


class Horizon(msgspec.Struct, frozen=True, kw_only=True):
    """The start of single requests; it never moves back.

    Attributes:
        t_ms: a whole hour; older requests are known by their sums only.
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
        """The same moment; None if nothing was removed."""
        return self.t_ms if self.removed else None


def due_before(days: int, *, newest_ms: int, now_ms: int) -> int:
    """Return the hour before which records are due for removal.

    Days are counted back from the newest record: a clock that runs years ahead removes nothing.
    """
    return hour_of(min(newest_ms, now_ms) - days * DAY_MS)


def hour_of(t_ms: int) -> int:
    """Return the start of the hour."""
    return t_ms // HOUR_MS * HOUR_MS


def hour_after(t_ms: int) -> int:
    """Return the start of the next hour."""
    return hour_of(t_ms) + HOUR_MS


def quarter_of(t_ms: int) -> int:
    """Return the start of the quarter hour."""
    return t_ms // _QUARTER_MS * _QUARTER_MS
