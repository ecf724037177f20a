"""The quantiles of paths, the least history for them, and the straight line."""

from creditcurve.domain.forecast import MIN_DAYS, Unavailable, lack_of_history, line_instant
from creditcurve.domain.instant import HOUR_MS, from_iso
from creditcurve.domain.spending import PastDay
from creditcurve.domain.usual import DayClass

NOW_MS = from_iso("2026-11-25T04:00:00Z")
STEADY = PastDay(DayClass.WEEKDAY, (10.0,) * 24)


def test_too_little_history_is_named() -> None:
    idle = PastDay(DayClass.WEEKDAY, (0.0,) * 24)
    assert lack_of_history([STEADY] * (MIN_DAYS - 1), coverage=1) is Unavailable.SHORT_HISTORY
    assert lack_of_history([idle] * 20 + [STEADY], coverage=1) is Unavailable.FEW_ACTIVE_DAYS
    assert lack_of_history([STEADY] * 20, coverage=0.89) is Unavailable.LOW_COVERAGE
    assert lack_of_history([STEADY] * 20, coverage=0.9) is None


def test_a_line_continues_at_the_rate_of_the_last_three_hours() -> None:
    assert line_instant(100, 30, NOW_MS) == NOW_MS + 10 * HOUR_MS
    assert line_instant(100, 0, NOW_MS) is None
