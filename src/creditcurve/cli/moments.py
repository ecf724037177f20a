"""Instants as short texts of a time zone."""

from datetime import datetime, timedelta, tzinfo

from creditcurve.cli.language import Say

_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_WEEK = timedelta(days=6)


def moment(say: Say, at: datetime, now: datetime) -> str:
    """Return ``18:40`` today, ``Thu 18:40`` within six days, otherwise ``12-09``."""
    if at.date() == now.date():
        return f"{at:%H:%M}"
    if abs(at.date() - now.date()) <= _WEEK:
        return f"{say(_DAYS_EN[at.weekday()], _DAYS_ZH[at.weekday()])} {at:%H:%M}"
    return f"{at:%m-%d}" if at.year == now.year else f"{at:%Y-%m-%d}"


def span(say: Say, start: datetime, end: datetime, now: datetime) -> str:
    """Return ``16:00–18:30``, or both days if they differ."""
    first = moment(say, start, now)
    last = f"{end:%H:%M}" if start.date() == end.date() and " " in first else moment(say, end, now)
    if first == last:
        return first
    return f"{first} – {last}" if " " in last else f"{first}–{last}"


def local(iso: str, zone: tzinfo | None) -> datetime:
    """Return an instant of the interface in a zone; None is the zone of this machine."""
    return datetime.fromisoformat(iso).astimezone(zone)
