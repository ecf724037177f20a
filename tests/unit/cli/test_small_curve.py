"""The curve of a day in one line."""

import msgspec

from creditcurve.cli.language import language
from creditcurve.cli.small_curve import Day, Gap, Series, curve_rows
from creditcurve.cli.zone import configured_zone

HALF_HOUR_MS = 1_800_000
END_MS = 1_764_115_200_000  # 2025-11-26 08:00 in Shanghai
START_MS = END_MS - 48 * HALF_HOUR_MS


def _day(sums: dict[int, float]) -> Day:
    """Return a day with sums by the number of their half hour, and a gap in the first three."""
    return Day(
        from_ms=START_MS,
        to_ms=END_MS,
        unit="yuan",
        series=[
            Series(t=[START_MS + at * HALF_HOUR_MS for at in sums], v=list(sums.values())),
        ],
        gaps=[Gap(from_ms=START_MS - 1, to_ms=START_MS + 3 * HALF_HOUR_MS)],
    )


def test_each_half_hour_has_a_height_and_gaps_are_unknown() -> None:
    """A half hour with requests is shown, whatever is missing in it."""
    zone, day = configured_zone("Asia/Shanghai"), _day({2: 4, 46: 1_234, 47: 617})
    (_, curve), (_, axis), peak = curve_rows(language({}), day, zone)
    assert curve == "··▁" + " " * 43 + "█▄"
    assert axis == "08:00" + " " * 38 + "08:00"
    assert peak == ("busiest half hour", "¥1.234")


def test_a_day_without_requests_has_no_heights() -> None:
    """And no division by zero."""
    rows = curve_rows(language({}), _day({}), configured_zone("UTC"))
    assert rows[0][1] == "···" + " " * 45


def test_a_day_without_records_is_not_drawn() -> None:
    zone = configured_zone("UTC")
    day = msgspec.structs.replace(_day({}), gaps=[Gap(from_ms=START_MS, to_ms=END_MS)])
    assert curve_rows(language({}), day, zone) == []


def test_every_line_fits_into_80_columns() -> None:
    """Terminals have 80 columns at first."""
    rows = curve_rows(language({}), _day({2: 1e12}), configured_zone("UTC"))
    width = max(len(name) for name, _ in rows)
    assert max(width + 2 + len(text) for _, text in rows) + 2 < 80
