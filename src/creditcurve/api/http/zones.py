"""The time zone of a query."""

from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta

from creditcurve.api.http.problems import invalid
from creditcurve.domain.settings import Settings, zone_of

QueryZone = Annotated[
    str, Meta(description="IANA name; by default the zone of the settings, or UTC.")
]


def read_zone(tz: str | None, settings: Settings) -> ZoneInfo:
    """Return the zone of a query.

    Raises:
        ProblemError: 422; there is no zone of that name.
    """
    try:
        return zone_of(tz or settings.time_zone) or ZoneInfo("UTC")
    except ValueError as error:
        raise invalid("tz", f"{error}.") from error
