"""Everything that is drawn, read at one moment."""

from datetime import datetime
from typing import Any, Final

import msgspec

from creditcurve.cli.client import Client, NoAnswerError
from creditcurve.cli.statusline.calls import PATHS
from creditcurve.cli.statusline.line import Answers
from creditcurve.cli.zone import Zone, configured_zone
from creditcurve.instance import Instance

RANGES: Final = {1: 60, 3: 300, 6: 300, 24: 900, 168: 3_600, 720: 3_600}
"""The buckets in seconds for ranges in hours."""
LATE_S: Final = 1.0
"""A forecast that takes longer is left out."""


class Line(msgspec.Struct, frozen=True):
    """One model: the amount of each bucket, None inside a gap; its total and requests."""

    name: str
    values: list[float | None]
    total: float
    requests: int


class Snapshot(msgspec.Struct, frozen=True):
    """The answers of the instance.

    Attributes:
        answers: those of the status line.
        starts_ms: the start of each bucket.
        lines: largest total first.
    """

    address: str
    zone: Zone
    answers: Answers
    unit: str
    hours: int
    starts_ms: list[int]
    lines: list[Line]
    has_gaps: bool

    @property
    def now(self) -> datetime:
        """When the answers were given, in the zone of the settings."""
        return self.answers.now


def take(client: Client, instance: Instance, hours: int) -> Snapshot:
    """Read a range of the curve and the figures, without a forecast that is late.

    Raises:
        CommandError: the instance does not answer.
    """
    zone = configured_zone(client.get("/api/settings", dict[str, Any])["time_zone"])
    *paths, forecast = PATHS
    found: list[Any] = [client.get(path, dict[str, Any]) for path in paths]
    found.append(_unless_late(instance, forecast))
    usage = client.get(f"/api/usage?hours={hours}&bucket={RANGES[hours]}", dict[str, Any])
    starts_ms = _starts(usage, RANGES[hours] * 1_000)
    return Snapshot(
        address=instance.address,
        zone=zone,
        answers=Answers(found, zone.info),
        unit=usage["unit"],
        hours=hours,
        starts_ms=starts_ms,
        lines=_lines(usage, starts_ms),
        has_gaps=bool(usage["gaps"]),
    )


def _unless_late(instance: Instance, path: str) -> dict[str, Any] | None:
    """Return an answer that takes a slow machine seconds; None if it does not come at once."""
    try:
        with Client(instance, timeout_s=LATE_S) as client:
            return client.get(path, dict[str, Any])
    except NoAnswerError:
        return None


def _starts(usage: dict[str, Any], bucket_ms: int) -> list[int]:
    return list(range(usage["from"] // bucket_ms * bucket_ms, usage["to"], bucket_ms))


def _lines(usage: dict[str, Any], starts_ms: list[int]) -> list[Line]:
    bucket_ms = starts_ms[1] - starts_ms[0]
    unknown = [_is_unknown(usage, start, start + bucket_ms) for start in starts_ms]
    lines = [_line(series, starts_ms, bucket_ms, unknown) for series in usage["series"]]
    return sorted(lines, key=lambda line: -line.total)


def _line(
    series: dict[str, Any], starts_ms: list[int], bucket_ms: int, unknown: list[bool]
) -> Line:
    sums = dict.fromkeys(starts_ms, 0.0)
    for t, v in zip(series["t"], series["v"], strict=True):
        sums[t // bucket_ms * bucket_ms] += v
    values = [
        None if is_unknown and not value else value
        for value, is_unknown in zip(sums.values(), unknown, strict=True)
    ]
    return Line(series["key"], values, float(series["total"]), series["requests"])


def _is_unknown(usage: dict[str, Any], start_ms: int, end_ms: int) -> bool:
    """Return whether a bucket is wholly inside a gap."""
    start_ms, end_ms = max(start_ms, usage["from"]), min(end_ms, usage["to"])
    return any(gap["from"] <= start_ms and end_ms <= gap["to"] for gap in usage["gaps"])
