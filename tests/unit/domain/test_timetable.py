"""Windows of the week, on ordinary days and on days when the clocks change."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.instant import HOUR_MS, MINUTE_MS, from_iso, to_iso
from creditcurve.domain.timetable import Timetable, collects, daily_window, next_change_ms

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
OFFICE = Timetable(start="08:00", end="23:00", days=(1, 2, 3, 4, 5))
NIGHT = Timetable(start="22:00", end="07:00", inside="pause")


@pytest.mark.parametrize(
    ("at", "is_collecting"),
    [
        ("2026-11-26T07:59:59+08:00", False),
        ("2026-11-26T08:00:00+08:00", True),
        ("2026-11-26T22:59:59+08:00", True),
        ("2026-11-26T23:00:00+08:00", False),
        ("2026-11-28T12:00:00+08:00", False),  # a Saturday
    ],
)
def test_polls_are_made_within_the_window_of_a_day_it_names(at: str, is_collecting: bool) -> None:
    assert collects(OFFICE, from_iso(at), SHANGHAI) is is_collecting


@pytest.mark.parametrize(
    ("at", "is_collecting"),
    [
        ("2026-11-26T21:59:59+08:00", True),
        ("2026-11-26T22:00:00+08:00", False),
        ("2026-11-27T03:00:00+08:00", False),
        ("2026-11-27T07:00:00+08:00", True),
    ],
)
def test_a_pause_may_last_over_midnight(at: str, is_collecting: bool) -> None:
    assert collects(NIGHT, from_iso(at), SHANGHAI) is is_collecting


def test_a_window_over_midnight_belongs_to_the_day_it_starts_on() -> None:
    friday_night = Timetable(start="22:00", end="02:00", days=(5,))
    assert collects(friday_night, from_iso("2026-11-28T01:00:00+08:00"), SHANGHAI)
    assert not collects(friday_night, from_iso("2026-11-27T01:00:00+08:00"), SHANGHAI)


def test_equal_ends_are_a_whole_day() -> None:
    mondays = Timetable(start="00:00", end="00:00", days=(1,))
    assert collects(mondays, from_iso("2026-11-30T23:59:59+08:00"), SHANGHAI)
    assert not collects(mondays, from_iso("2026-12-01T00:00:00+08:00"), SHANGHAI)


@pytest.mark.parametrize(
    ("at", "change"),
    [
        ("2026-11-26T12:00:00+08:00", "2026-11-26T23:00:00+08:00"),
        ("2026-11-27T23:30:00+08:00", "2026-11-30T08:00:00+08:00"),  # over the weekend
    ],
)
def test_the_next_change_is_known(at: str, change: str) -> None:
    found = next_change_ms(OFFICE, from_iso(at), SHANGHAI)
    assert found == from_iso(change)


def test_adjoining_windows_are_not_a_change() -> None:
    always = Timetable(start="00:00", end="00:00")
    assert next_change_ms(always, from_iso("2026-11-26T12:00:00+08:00"), SHANGHAI) is None


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-08", 5), ("2026-11-01", 7), ("2026-11-02", 6)]
)
def test_a_window_ends_at_its_local_time_when_the_clocks_change(day: str, hours: int) -> None:
    """From midnight to six in New York: 23, 25 and 24 hours a day."""
    nights = Timetable(start="00:00", end="06:00")
    noon_ms = from_iso(f"{day}T12:00:00Z")
    start_ms = next_change_ms(nights, noon_ms - 20 * HOUR_MS, NEW_YORK)
    assert start_ms is not None
    end_ms = next_change_ms(nights, start_ms, NEW_YORK)
    assert end_ms is not None
    assert (end_ms - start_ms) / HOUR_MS == hours, to_iso(end_ms)


@pytest.mark.parametrize(
    ("evening", "hours"), [("2026-03-07", 7), ("2026-10-31", 9), ("2026-11-01", 8)]
)
def test_a_night_is_as_long_as_the_clocks_make_it(evening: str, hours: int) -> None:
    """From 23:00 to 07:00 in New York, seen from its start, its middle and its last minute."""
    start_ms = from_iso(f"{evening}T23:00:00-{'05' if evening != '2026-10-31' else '04'}:00")
    night = (start_ms, start_ms + hours * HOUR_MS)
    for at_ms in (start_ms, start_ms + hours * HOUR_MS // 2, night[1] - MINUTE_MS):
        assert daily_window("23:00", "07:00", at_ms, NEW_YORK) == night
    assert daily_window("23:00", "07:00", night[1], NEW_YORK) is None
    assert daily_window("23:00", "07:00", start_ms - 1, NEW_YORK) is None


@given(
    st.integers(0, 1_439),
    st.integers(0, 1_439),
    st.sets(st.integers(1, 7), min_size=1),
    st.integers(0, 366 * 24 * 60),
)
def test_nothing_changes_before_the_next_change(
    start: int, end: int, days: set[int], minute: int
) -> None:
    timetable = Timetable(
        start=f"{start // 60:02}:{start % 60:02}",
        end=f"{end // 60:02}:{end % 60:02}",
        days=tuple(days),
    )
    at_ms = from_iso("2026-01-01T00:00:00Z") + minute * MINUTE_MS
    change_ms = next_change_ms(timetable, at_ms, NEW_YORK)
    now = collects(timetable, at_ms, NEW_YORK)
    last_ms = at_ms + 8 * 24 * HOUR_MS if change_ms is None else change_ms - 1
    step_ms = max(MINUTE_MS, (last_ms - at_ms) // 50)
    assert all(collects(timetable, t, NEW_YORK) is now for t in range(at_ms, last_ms, step_ms))
    if change_ms is not None:
        assert collects(timetable, change_ms, NEW_YORK) is not now
