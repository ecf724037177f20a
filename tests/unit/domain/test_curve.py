"""Buckets: every instant has one, whatever the zone does with its clocks."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.curve import (
    BUCKETS_S,
    DAY_S,
    MAX_AUTO_POINTS,
    Run,
    Series,
    finest_bucket,
    ranked,
    runs,
)

HOUR = 3_600_000
ZONES = (
    "Africa/Cairo",  # the clocks change at midnight, which is then no moment
    "America/New_York",
    "America/Santiago",  # and at midnight there, which is then twice the day before
    "Asia/Kathmandu",  # a quarter hour
    "Asia/Kolkata",  # half an hour
    "Asia/Shanghai",
    "Australia/Lord_Howe",  # the clocks change by half an hour
    "Europe/Berlin",
    "Pacific/Chatham",
    "UTC",
)
START, END = 1_577_836_800_000, 1_830_297_600_000  # 2020 to 2028


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def days(from_ms: int, to_ms: int, zone: str) -> list[tuple[int, int]]:
    return [
        (start, start + run.bucket_ms)
        for run in runs(from_ms, to_ms, DAY_S, ZoneInfo(zone))
        for start in range(run.from_ms, run.to_ms, run.bucket_ms)
    ]


@given(
    st.sampled_from(ZONES),
    st.integers(START, END),
    st.integers(1, 400 * 24 * HOUR),
    st.integers(0, 10**9),
)
def test_days_are_days_of_the_zone(zone: str, from_ms: int, length: int, place: int) -> None:
    """The days join without a gap, cover the range, and hold just the moments of their date."""
    found = days(from_ms, from_ms + length, zone)
    assert found[0][0] <= from_ms < found[0][1]
    assert found[-1][0] < from_ms + length <= found[-1][1]
    assert all(a[1] == b[0] for a, b in pairwise(found))
    t_ms = from_ms + place % length
    start, end = next(day for day in found if day[0] <= t_ms < day[1])
    date = datetime.fromtimestamp(t_ms / 1000, ZoneInfo(zone)).date()
    for moment in (start, end - 1):
        assert datetime.fromtimestamp(moment / 1000, ZoneInfo(zone)).date() == date
    before = datetime.fromtimestamp((start - 1) / 1000, ZoneInfo(zone)).date()
    assert before != date


def test_days_have_23_and_25_hours_where_the_clocks_change() -> None:
    """Berlin's days of the two changes of 2025."""
    spring = days(ms("2025-03-29T12:00+01:00"), ms("2025-03-31T12:00+02:00"), "Europe/Berlin")
    assert [(end - start) // HOUR for start, end in spring] == [24, 23, 24]
    autumn = days(ms("2025-10-25T12:00+02:00"), ms("2025-10-27T12:00+01:00"), "Europe/Berlin")
    assert [(end - start) // HOUR for start, end in autumn] == [24, 25, 24]


def test_a_date_that_never_was_has_no_bucket() -> None:
    """Samoa went from the 29th of December 2011 to the 31st."""
    found = days(ms("2011-12-29T12:00-10:00"), ms("2011-12-31T12:00+14:00"), "Pacific/Apia")
    assert len(found) == 2
    assert {end - start for start, end in found} == {24 * HOUR}


@given(st.integers(0, END), st.integers(1, END), st.integers(1, 40 * DAY_S))
def test_other_buckets_are_aligned_to_1970(from_ms: int, length: int, bucket_s: int) -> None:
    """Equal buckets, from the one with the start to the one with the end."""
    (run,) = runs(from_ms, from_ms + length, bucket_s, None)
    assert run.bucket_ms == bucket_s * 1000
    assert run.from_ms % run.bucket_ms == run.to_ms % run.bucket_ms == 0
    assert run.from_ms <= from_ms < run.from_ms + run.bucket_ms
    assert run.to_ms - run.bucket_ms < from_ms + length <= run.to_ms


@pytest.mark.parametrize(
    ("run", "level_s"),
    [
        (Run(0, 0, 10_000), None),
        (Run(0, 0, 300_000), 60),
        (Run(0, 0, 86_400_000), 3_600),
        (Run(900_000, 0, 86_400_000), 900),
        (Run(1, 0, 86_400_000), None),
    ],
)
def test_buckets_are_summed_from_the_coarsest_level_that_fits(
    run: Run, level_s: int | None
) -> None:
    """A level fits where its own bounds fall on every bucket's."""
    assert run.level_s == level_s


@given(st.integers(1, 10 * 365 * 24 * HOUR), st.integers(0, 10**12))
def test_finest_bucket_keeps_a_series_under_2000_points(span_ms: int, from_ms: int) -> None:
    """Wherever the range begins; ranges too long for the coarsest bucket get that one."""
    bucket_ms = finest_bucket(span_ms) * 1000
    points = (from_ms + span_ms - 1) // bucket_ms - from_ms // bucket_ms + 1
    assert points < MAX_AUTO_POINTS or bucket_ms == BUCKETS_S[-1] * 1000


@pytest.mark.parametrize(
    ("hours", "bucket_s"), [(1, 10), (24, 60), (24 * 6, 300), (24 * 20, 900), (24 * 30, 3_600)]
)
def test_usual_ranges_have_their_bucket(hours: int, bucket_s: int) -> None:
    """The buckets that the page's ranges come to."""
    assert finest_bucket(hours * HOUR) == bucket_s


def series(key: str, total: int) -> Series:
    return Series(key=key, t=[], v=[], n=[], total=total, requests=0, last=0)


def test_series_are_ranked_by_total_then_key() -> None:
    """Most credits first, and the same order each time."""
    given_order = [series("b", 1), series("c", 5), series("a", 1)]
    assert [one.key for one in ranked(given_order)] == ["c", "a", "b"]


def test_a_run_of_days_is_cut_only_where_the_clocks_change() -> None:
    """A year of Berlin's days is five runs: three of many days, two of one."""
    year = list(
        runs(
            ms("2025-01-01T00:00+01:00"),
            ms("2026-01-01T00:00+01:00"),
            DAY_S,
            ZoneInfo("Europe/Berlin"),
        )
    )
    assert [(run.to_ms - run.from_ms) // run.bucket_ms for run in year] == [88, 1, 209, 1, 66]
    assert datetime.fromtimestamp(year[0].from_ms / 1000, UTC).hour == 23
