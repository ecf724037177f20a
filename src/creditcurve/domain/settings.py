"""The user's settings: names, defaults and bounds.

The HTTP interface, its document and the store use this one definition.
"""

import re
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta

from creditcurve.domain.reset import AutoReset
from creditcurve.domain.timetable import LocalTime, LocalWindow, Timetable

_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}", re.ASCII)

Collecting = Annotated[bool, Meta(description="Whether the site is polled.")]
PollInterval = Annotated[int, Meta(ge=10, le=86_400, description="Seconds between two polls.")]
RangeHours = Annotated[int, Meta(ge=1, le=8_760, description="Hours the page shows at first.")]
Locale = Annotated[Literal["auto", "zh-CN", "en"], Meta(description="Language of the page.")]
Theme = Annotated[Literal["auto", "light", "dark"], Meta(description="Colours of the page.")]
TimeZone = Annotated[
    str,
    Meta(max_length=64, description="`auto` (the browser's) or an IANA name."),
]
RetentionDays = Annotated[
    int,
    Meta(
        ge=1,
        le=36_500,
        description="Days, back from the newest record, to keep single records; their sums stay.",
    ),
]


UnitChoice = Annotated[
    Literal["auto", "credits", "yuan"],
    Meta(description="Unit of amounts; `auto` follows the account."),
]


class CountedPair(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """A type and an endpoint whose records count as well."""

    type: Annotated[str, Meta(min_length=1, max_length=256)]
    endpoint: Annotated[str, Meta(min_length=1, max_length=256)]


AlsoCounts = Annotated[
    tuple[CountedPair, ...],
    Meta(max_length=20, description="Further types and endpoints that count."),
]


PageUrl = Annotated[
    str,
    Meta(
        max_length=256,
        pattern=r"^https?://[^\s?#]+$",
        description="Address of the page that messages link to; null takes the listening address.",
    ),
]


class QuietHours(LocalWindow, frozen=True, kw_only=True):
    """Local times between which messages are collected; urgent ones are sent all the same."""


class Digest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A message every morning about the day before; without channels the first one gets it."""

    at: LocalTime = "08:00"
    channels: Annotated[tuple[str, ...], Meta(max_length=50)] = ()


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The user's settings; every field has a default."""

    collecting: Collecting = False
    poll_interval_s: PollInterval = 60
    range_hours: RangeHours = 1
    locale: Locale = "auto"
    theme: Theme = "auto"
    time_zone: TimeZone = "auto"
    retention_days: RetentionDays | None = None
    unit: UnitChoice = "auto"
    also_counts: AlsoCounts = ()
    schedule: Timetable | None = None
    auto_reset: AutoReset = AutoReset()
    quiet_hours: QuietHours | None = None
    page_url: PageUrl | None = None
    digest: Digest | None = None


def zone_of(name: str) -> ZoneInfo | None:
    """Return the zone that a setting names; None for ``auto``.

    Raises:
        ValueError: no zone has that name.
    """
    if name == "auto":
        return None
    if not _ZONE.fullmatch(name):
        raise ValueError("This is not the name of a time zone, like Asia/Shanghai")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("There is no time zone of this name; one is Asia/Shanghai") from error
