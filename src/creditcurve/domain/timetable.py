"""The timetable of collecting: windows of the week with polls, or without.

A window belongs to the day it starts on and may end on the next one. On days when the clocks change
it starts and ends at the local times that it names; a time that the clocks skip is as much later as
they skip.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

LocalTime = Annotated[
    str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="Local time, HH:MM.")
]
Weekday = Annotated[int, Meta(ge=1, le=7, description="1 is Monday, 7 is Sunday.")]


class LocalWindow(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"start": "from", "end": "to"},
):
    """A part of the day, between two local times."""

    start: LocalTime
    end: LocalTime


class Timetable(LocalWindow, frozen=True, kw_only=True):
    """One window, on some days of the week; ``inside`` says what happens within it."""

    inside: Literal["collect", "pause"] = "collect"
    days: Annotated[tuple[Weekday, ...], Meta(min_length=1, max_length=7)] = (1, 2, 3, 4, 5, 6, 7)


def collects(timetable: Timetable, at_ms: int, zone: tzinfo) -> bool:
    """Return whether polls are made at an instant (ms since 1970)."""
    windows = _windows(timetable, at_ms, zone, days_ahead=0)
    is_inside = any(start <= at_ms < end for start, end in windows)
    return is_inside == (timetable.inside == "collect")


def next_change_ms(timetable: Timetable, at_ms: int, zone: tzinfo) -> int | None:
    """Return when collecting next starts or pauses; None if it never does."""
    now = collects(timetable, at_ms, zone)
    bounds = sorted({bound for window in _windows(timetable, at_ms, zone) for bound in window})
    for bound in bounds:
        if bound > at_ms and collects(timetable, bound, zone) is not now:
            return bound
    return None


def _windows(
    timetable: Timetable, at_ms: int, zone: tzinfo, *, days_ahead: int = 8
) -> Iterator[tuple[int, int]]:
    """Yield the windows that start from the day before an instant to some days after it."""
    today = datetime.fromtimestamp(at_ms / 1000, zone).date()
    for ahead in range(-1, days_ahead + 1):
        day = today + timedelta(days=ahead)
        if day.isoweekday() in timetable.days:
            is_overnight = timetable.end <= timetable.start
            last = day + timedelta(days=1) if is_overnight else day
            yield _instant(day, timetable.start, zone), _instant(last, timetable.end, zone)


def _instant(day: date, local: str, zone: tzinfo) -> int:
    at = datetime.combine(day, time.fromisoformat(local), tzinfo=zone)
    return round(at.astimezone(UTC).timestamp()) * 1000


def daily_window(start: str, end: str, at_ms: int, zone: tzinfo) -> tuple[int, int] | None:
    """Return the window of every day that contains an instant, ms since 1970; None outside it."""
    windows = _windows(Timetable(start=start, end=end), at_ms, zone, days_ahead=0)
    return next(((first, last) for first, last in windows if first <= at_ms < last), None)
