"""The time zone of a query."""

from datetime import tzinfo
from typing import Annotated

from msgspec import Meta

from creditcurve.api.http.problems import invalid
from creditcurve.clocks import zone_or_local
from creditcurve.domain.settings import Settings

QueryZone = Annotated[
    str, Meta(description="IANA name; by default the zone of the settings, or the server's own.")
]


def read_zone(tz: str | None, settings: Settings) -> tzinfo:
    """Return the zone of a query.

    Raises:
        ProblemError: 422; there is no zone of that name.
    """
    try:
        return zone_or_local(tz or settings.time_zone)
    except ValueError as error:
        raise invalid("tz", f"{error}.") from error
