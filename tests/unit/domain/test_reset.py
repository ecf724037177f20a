"""When an automatic reset is due."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from creditcurve.domain.instant import DAY_MS, HOUR_MS, from_iso
from creditcurve.domain.reset import AutoReset, Initiator, due

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAILY = AutoReset(at="14:00")
LOW = AutoReset(below=1_000)
NIGHT = AutoReset(below=1_000, between=("22:00", "06:00"))
NOON_MS = from_iso("2026-11-26T12:00:00+08:00")


@pytest.mark.parametrize(
    ("rule", "hours", "balance", "expected"),
    [
        (AutoReset(), 0, 0, None),
        (DAILY, 1.99, 5_000, None),
        (DAILY, 2, 5_000, Initiator.TIME),
        (DAILY, 9, None, Initiator.TIME),
        (LOW, 0, 1_000, Initiator.THRESHOLD),
        (LOW, 0, 1_001, None),
        (LOW, 0, None, None),
        (NIGHT, 0, 0, None),
        (NIGHT, 10, 0, Initiator.THRESHOLD),
        (NIGHT, 17.9, 0, Initiator.THRESHOLD),
        (NIGHT, 18, 0, None),
    ],
)
def test_a_reset_is_due_by_time_or_by_balance(
    rule: AutoReset, hours: float, balance: int | None, expected: Initiator | None
) -> None:
    now_ms = NOON_MS + round(hours * HOUR_MS)
    assert (
        due(rule, balance=balance, last_ms=None, chosen_ms=0, now_ms=now_ms, zone=SHANGHAI)
        is expected
    )


def test_at_most_one_reset_a_day_of_the_zone() -> None:
    """Midnight in Shanghai is 16:00 UTC."""
    late_ms = from_iso("2026-11-26T23:50:00+08:00")
    assert due(LOW, balance=0, last_ms=NOON_MS, chosen_ms=0, now_ms=late_ms, zone=SHANGHAI) is None
    next_ms = from_iso("2026-11-27T00:00:00+08:00")
    found = due(LOW, balance=0, last_ms=NOON_MS, chosen_ms=0, now_ms=next_ms, zone=SHANGHAI)
    assert found is Initiator.THRESHOLD


def test_a_reset_in_the_future_blocks_until_its_day_is_over() -> None:
    """A clock that was set back gives no second reset."""
    ahead_ms = NOON_MS + 2 * DAY_MS
    assert due(LOW, balance=0, last_ms=ahead_ms, chosen_ms=0, now_ms=NOON_MS, zone=SHANGHAI) is None


@pytest.mark.parametrize(
    ("chosen_h", "hours", "expected"),
    [
        (2.5, 3, None),
        (2.5, 11.9, None),
        (2.5, 26.1, Initiator.TIME),
        (1.9, 2, Initiator.TIME),
        (-24, 2, Initiator.TIME),
    ],
)
def test_a_time_that_has_passed_when_it_is_chosen_is_meant_for_the_next_day(
    chosen_h: float, hours: float, expected: Initiator | None
) -> None:
    """Hours from noon; the reset is due at 14:00."""
    chosen_ms, now_ms = (NOON_MS + round(at * HOUR_MS) for at in (chosen_h, hours))
    found = due(DAILY, balance=0, last_ms=None, chosen_ms=chosen_ms, now_ms=now_ms, zone=SHANGHAI)
    assert found is expected


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2026-03-29", 23), ("2026-10-25", 25)],
)
def test_a_daily_reset_is_due_once_on_days_of_23_and_25_hours(day: str, hours: int) -> None:
    """The time may be missing that day, or come twice."""
    berlin = ZoneInfo("Europe/Berlin")
    start_ms = round(datetime.fromisoformat(day).replace(tzinfo=berlin).timestamp() * 1000)
    last_ms, used = None, 0
    for minute in range(0, hours * 60, 10):
        now_ms = start_ms + minute * 60_000
        rule = AutoReset(at="02:30")
        if due(rule, balance=0, last_ms=last_ms, chosen_ms=0, now_ms=now_ms, zone=berlin):
            last_ms, used = now_ms, used + 1
    assert used == 1
