"""The clock that is passed as an argument, its one real implementation, and the local time zone."""

import asyncio
import contextlib
import os
import sys
import time
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Final, Protocol

from creditcurve.domain.settings import zone_of

_LOCALTIME: Final = Path("/etc/localtime")
_LEAST_SLEEP_MS: Final = 1_000


class Clock(Protocol):
    """Two clocks: what time it is, and how much time has passed."""

    def now_ms(self) -> int:
        """The wall clock, milliseconds since 1970 in UTC; it may jump."""
        ...

    def monotonic_s(self) -> float:
        """Seconds since some moment, never backwards; for intervals and deadlines."""
        ...


class SystemClock:
    """Wall time from the system; elapsed time from a clock that goes on while a laptop sleeps.

    ``time.monotonic`` stops during a suspend on Linux and macOS; a poll that became due in
    the meantime would then wait for the rest of its interval.
    """

    def __init__(self) -> None:
        if sys.platform == "linux":
            self._elapsed_clock: int | None = time.CLOCK_BOOTTIME
        elif sys.platform == "darwin":
            self._elapsed_clock = time.CLOCK_MONOTONIC
        else:
            self._elapsed_clock = None

    def now_ms(self) -> int:
        """Milliseconds since 1970 in UTC."""
        return time.time_ns() // 1_000_000

    def monotonic_s(self) -> float:
        """Seconds since some moment, a suspend included."""
        if self._elapsed_clock is None:
            return time.monotonic()
        return time.clock_gettime(self._elapsed_clock)


def until_tick_s(period_s: float) -> float:
    """Return how long to sleep until the event loop's clock is at the next multiple of a period.

    Tasks that sleep like this wake an idle processor together. A multiple that is less than a
    second away is left out.
    """
    period_ms = round(period_s * 1_000)
    left_ms = period_ms - round(asyncio.get_running_loop().time() * 1_000) % period_ms
    return (left_ms if left_ms >= _LEAST_SLEEP_MS else left_ms + period_ms) / 1_000


def zone_or_local(name: str) -> tzinfo:
    """Return the zone that a setting names; for ``auto`` that of this machine.

    Raises:
        ValueError: no zone has that name.
    """
    return zone_of(name) or local_zone()


def local_zone() -> tzinfo:
    """Return the present zone of this machine: by its name, which is faster, if it has one."""
    local = LocalZone()
    with contextlib.suppress(ValueError):
        return zone_of(str(local)) or local
    return local


class LocalZone(tzinfo):
    """The time zone of this machine, its changes included; as text, its name or its offset."""

    def __str__(self) -> str:
        named = os.environ.get("TZ")
        if named == "":
            return "UTC"  # as the C library reads it
        place = str(_LOCALTIME.resolve()) if named is None else named.lstrip(":")
        if not place.startswith("/"):
            return place
        _, separator, name = place.partition("zoneinfo/")
        return name if separator else f"UTC{datetime.now(self):%:z}"

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        """Return the difference to UTC at a local time."""
        return None if at is None else at.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, _at: datetime | None) -> timedelta | None:
        """Return None: the system reports only the whole difference."""
        return None

    def tzname(self, at: datetime | None) -> str | None:
        """Return the abbreviation at a local time."""
        return None if at is None else at.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, at: datetime) -> datetime:
        """Return the local time of an instant in UTC; ``fold`` is 1 in a repeated hour."""
        local = at.replace(tzinfo=UTC).astimezone()
        found = local.replace(tzinfo=self, fold=0)
        return found if found.utcoffset() == local.utcoffset() else found.replace(fold=1)
