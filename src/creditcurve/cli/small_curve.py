"""The curve of a day in one line: the sum of each half hour as a height."""

from typing import Final

import msgspec

from creditcurve.cli.amounts import named_amount
from creditcurve.cli.bars import heights
from creditcurve.cli.language import Say
from creditcurve.cli.terminal import Rows
from creditcurve.cli.zone import Zone

HOURS: Final = 24
BUCKET_S: Final = 1_800
_BUCKET_MS: Final = BUCKET_S * 1_000


class Series(msgspec.Struct, frozen=True):
    """Instants and amounts of one series."""

    t: list[int]
    v: list[float]


class Gap(msgspec.Struct, frozen=True, rename={"from_ms": "from", "to_ms": "to"}):
    """A span where requests may be missing."""

    from_ms: int
    to_ms: int


class Day(msgspec.Struct, frozen=True, rename={"from_ms": "from", "to_ms": "to"}):
    """The part of a curve of ``HOURS`` in buckets of ``BUCKET_S`` that is shown."""

    from_ms: int
    to_ms: int
    unit: str
    series: list[Series]
    gaps: list[Gap]


def curve_rows(say: Say, day: Day, zone: Zone) -> Rows:
    """Return the curve, its axis and its peak; nothing where nothing is known.

    Half hours that are wholly inside a gap are unknown, not zero.
    """
    starts = range(day.from_ms // _BUCKET_MS * _BUCKET_MS, day.to_ms, _BUCKET_MS)
    sums = dict.fromkeys(starts, 0.0)
    for series in day.series:
        for t, v in zip(series.t, series.v, strict=True):
            sums[t // _BUCKET_MS * _BUCKET_MS] += v
    values = [None if not v and _is_unknown(day, t) else v for t, v in sums.items()]
    if all(value is None for value in values):
        return []
    first, last = (f"{zone.at(t):%H:%M}" for t in (day.from_ms, day.to_ms))
    most = named_amount(say, max(sums.values()), day.unit)
    return [
        (say("last 24 h", "最近 24 小时"), heights(values)),
        ("", f"{first}{last.rjust(len(values) - len(first))}"),
        (say("busiest half hour", "半小时最高"), most),
    ]


def _is_unknown(day: Day, t: int) -> bool:
    start, end = max(t, day.from_ms), min(t + _BUCKET_MS, day.to_ms)
    return any(gap.from_ms <= start and end <= gap.to_ms for gap in day.gaps)
