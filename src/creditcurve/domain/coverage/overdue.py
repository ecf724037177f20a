"""Whether the time since the last poll is a gap."""

from typing import Final

from creditcurve.domain.coverage.span import Span

MIN_GRACE_S: Final = 300
"""Polls no further apart than this (or three intervals) count as consecutive."""


def is_overdue(last: Span | None, *, now_ms: int, interval_s: int) -> bool:
    """Return whether the time since the last poll is a gap."""
    return last is None or now_ms - last.to_ms > _grace_ms(last, interval_s)


def may_be_overdue(last: Span, *, now_ms: int) -> bool:
    """Return whether an answer may have shown the time since the last poll as a gap.

    Half of the shortest time allowed makes up for clocks that are read at different moments.
    """
    return now_ms - last.to_ms > _grace_ms(last, last.interval_s) / 2


def _grace_ms(last: Span, interval_s: int) -> int:
    return max(3 * max(last.interval_s, interval_s), MIN_GRACE_S) * 1000
