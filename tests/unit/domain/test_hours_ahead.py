"""The hours to come: the rest of this hour and of today first, then whole days."""

from zoneinfo import ZoneInfo

from creditcurve.domain.hours_ahead import HORIZON_DAYS, Slot, days_to_come
from creditcurve.domain.instant import DAY_MS, HOUR_MS, MINUTE_MS, from_iso
from creditcurve.domain.usual import DayClass

SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY_MS = from_iso("2026-11-05T16:00:00Z")
"""The start of Friday, November 6, in Shanghai."""


def test_the_first_hour_is_what_remains_of_it() -> None:
    now_ms = FRIDAY_MS + 21 * HOUR_MS + 45 * MINUTE_MS
    today, *_ = days_to_come(now_ms, SHANGHAI, 1)
    assert today.slots == (
        Slot(now_ms, 0.25, 21, 21 * 60 + 45),
        Slot(FRIDAY_MS + 22 * HOUR_MS, 1.0, 22, 22 * 60),
        Slot(FRIDAY_MS + 23 * HOUR_MS, 1.0, 23, 23 * 60),
    )


def test_an_hour_that_begins_now_is_whole_and_one_that_ends_now_is_over() -> None:
    today, *_ = days_to_come(FRIDAY_MS + 23 * HOUR_MS, SHANGHAI, 1)
    assert today.slots == (Slot(FRIDAY_MS + 23 * HOUR_MS, 1.0, 23, 23 * 60),)


def test_later_days_are_whole_and_of_their_class() -> None:
    friday, saturday, sunday, monday = days_to_come(FRIDAY_MS, SHANGHAI, 4)
    assert [len(day.slots) for day in (friday, saturday, sunday, monday)] == [24] * 4
    assert [day.day_class for day in (friday, saturday, sunday, monday)] == [
        DayClass.WEEKDAY,
        DayClass.WEEKEND,
        DayClass.WEEKEND,
        DayClass.WEEKDAY,
    ]
    assert saturday.slots[0] == Slot(FRIDAY_MS + DAY_MS, 1.0, 0, 0)


def test_a_day_on_which_the_clocks_change_has_its_own_hours() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    midnight_ms = from_iso("2026-10-24T22:00:00Z")
    (sunday,) = days_to_come(midnight_ms, berlin, 1)
    assert [slot.hour for slot in sunday.slots] == [0, 1, 2, *range(2, 24)]


def test_the_days_reach_the_horizon() -> None:
    found = days_to_come(FRIDAY_MS + HOUR_MS, SHANGHAI)
    assert len(found) == HORIZON_DAYS + 1
    assert found[-1].slots[-1].start_ms == FRIDAY_MS + (HORIZON_DAYS + 1) * DAY_MS - HOUR_MS
