"""The time zone of the settings; the terminal shows and reads dates in it."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import msgspec

from creditcurve.clocks import LocalZone
from creditcurve.domain.settings import zone_of


class Zone(msgspec.Struct, frozen=True):
    """A time zone with its name; without ``info`` it is the zone of this machine."""

    name: str
    info: ZoneInfo | None

    @property
    def iana(self) -> str | None:
        """The name for the interface; None if the machine's zone has no such name."""
        try:
            return self.name if zone_of(self.name) is not None else None
        except ValueError:
            return None

    def at(self, t_ms: int) -> datetime:
        """Return an instant as a time of this zone."""
        return datetime.fromtimestamp(t_ms / 1000, UTC).astimezone(self.info)

    def start_of_day_ms(self, day: date) -> int:
        """Return the first instant of a day."""
        midnight = datetime.combine(day, time(), self.info)
        return round(midnight.timestamp()) * 1000


def configured_zone(name: str) -> Zone:
    """Return the zone of the setting; for ``auto`` and unknown names that of this machine."""
    try:
        info = zone_of(name)
    except ValueError:
        info = None
    return Zone(name if info is not None else str(LocalZone()), info)
