"""The pace of polls: how long to wait after a failed call, and after a good one.

Pure rules; every result is in seconds.
"""

from typing import Final

from creditcurve.domain.fault import Fault, FaultCode, FaultKind
from creditcurve.domain.link import Link, LinkState

CHECK_INTERVAL_S: Final = 600
"""Time between two checks of the cookie while collecting."""
STORAGE_RETRY_S: Final = 15
"""Time until a failed write is tried again."""
MAX_BACKOFF_S: Final = 900
CHALLENGE_RETRY_S: Final = 60
"""A firewall often lets the next call through within minutes."""
MAX_CHALLENGE_RETRY_S: Final = 7_200
MAX_RETRY_AFTER_S: Final = 3_600
OFFLINE_RETRY_S: Final = 8
"""Without a connection a try costs the site nothing, and the return is noticed soon."""
OFFLINE_CODES: Final = frozenset(
    {FaultCode.NAME_NOT_FOUND, FaultCode.REFUSED, FaultCode.UNREACHABLE, FaultCode.PROXY}
)
MIN_POLL_INTERVAL_S: Final = 10


def backoff_s(link: Link, fault: Fault, *, interval_s: int, jitter: float) -> float:
    """Return the seconds until the next call after a failed one.

    A firewall is asked again after one minute, doubling up to two hours. ``Retry-After`` is
    respected within [interval, 1 h]. Otherwise the pause is random between the interval and a bound
    that doubles with every failure in a row.

    Args:
        link: the link before this failure.
        fault: the failure.
        interval_s: the user's poll interval.
        jitter: a number in [0, 1).
    """
    if fault.kind is FaultKind.FIREWALL:
        return float(max(interval_s, _challenge_pause_s(link.challenges)))
    if fault.code in OFFLINE_CODES:
        return float(min(interval_s, OFFLINE_RETRY_S))
    if fault.retry_after_s is not None:
        return max(float(interval_s), min(fault.retry_after_s, MAX_RETRY_AFTER_S))
    bound: int = max(interval_s, min(interval_s * 2 ** min(link.failures + 1, 10), MAX_BACKOFF_S))
    return interval_s + jitter * (bound - interval_s)


def pace_s(interval_s: int, speedup: int) -> int:
    """Return the seconds until the next call after a good one.

    It is the interval, halved ``speedup`` times, but never less than the shortest interval that a
    user may choose.
    """
    return max(MIN_POLL_INTERVAL_S, interval_s >> speedup)


def next_speedup(speedup: int, *, interval_s: int, is_loss: bool, new: int, rows: int) -> int:
    """Return the speedup after a good answer: one more after a possible loss, within the limit.

    It is reduced only as far as the answer allows: with twice the pause, its rows would still have
    overlapped. Otherwise a busy day would alternate between speedup and loss.

    Args:
        speedup: the current one.
        interval_s: the user's poll interval.
        is_loss: whether the answer leaves a possible loss behind.
        new: how many of the answer's rows are new.
        rows: how many rows it has.
    """
    if is_loss:
        return speedup + (pace_s(interval_s, speedup) > MIN_POLL_INTERVAL_S)
    while speedup > 0 and (new == 0 or 2 * new < rows):
        speedup, new = speedup - 1, 2 * new
    return speedup


def catching_up_s(link: Link, interval_s: int) -> int | None:
    """Return the pace if it is faster than the user's interval, else None."""
    pace = pace_s(interval_s, link.speedup)
    return pace if link.state is LinkState.OK and pace < interval_s else None


def _challenge_pause_s(challenges: int) -> int:
    doubled: int = CHALLENGE_RETRY_S * 2 ** min(challenges, 10)
    return min(doubled, MAX_CHALLENGE_RETRY_S)
