"""The weeks before the detailed day: a developer's working days by the wall clock, from a seed.

Weekdays have a morning, an afternoon and on some days an evening, Tuesdays and Thursdays are the
busiest; weekends have a session or two. Requests are fewer and larger than those of ``rhythm``, so
that weeks of them are made in a moment.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from random import Random
from typing import Final

import msgspec

from creditcurve.domain.instant import MINUTE_MS
from creditcurve.domain.record import Record
from creditcurve.simulator.history import id_at
from creditcurve.simulator.rhythm import Charge, session

_LARGER: Final = 1.6
_EDGE_MINUTES: Final = 25


class Session(msgspec.Struct, frozen=True):
    """From and to in minutes of the day, and how likely and how busy it is."""

    from_minute: int
    to_minute: int
    chance: float
    busy: float


_WORK: Final = (
    Session(555, 705, 0.95, 0.22),
    Session(720, 790, 0.4, 0.15),
    Session(810, 1_085, 0.97, 0.2),
    Session(1_215, 1_350, 0.5, 0.2),
)
_REST: Final = (
    Session(630, 730, 0.5, 0.15),
    Session(900, 1_020, 0.7, 0.2),
    Session(1_230, 1_320, 0.45, 0.15),
)
_PACE: Final = (0.8, 1.25, 0.95, 1.2, 0.75, 0.7, 0.8)
"""How busy each weekday is, Monday first."""


def past_records(seed: int, *, days: int, until_ms: int, zone: tzinfo) -> tuple[Record, ...]:
    """Return the requests of ``days`` days up to an instant, oldest first.

    Args:
        seed: equal arguments give equal records.
        days: how many days begin before ``until_ms``.
        until_ms: only earlier requests are returned.
        zone: whose days are meant.
    """
    last_id = 0
    found = []
    for charge in _charges(seed, days, until_ms, zone):
        last_id = max(id_at(charge.t_ms), last_id + 1)
        found.append(_record(charge, last_id))
    return tuple(found)


def _charges(seed: int, days: int, until_ms: int, zone: tzinfo) -> Iterator[Charge]:
    today = datetime.fromtimestamp(until_ms / 1000, zone).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    latest_ms = 0
    for back in range(days - 1, -1, -1):
        for charge in _day(seed, today - timedelta(days=back)):
            if latest_ms <= charge.t_ms < until_ms:
                latest_ms = charge.t_ms
                yield charge


def _day(seed: int, midnight: datetime) -> Iterator[Charge]:
    luck = Random(f"{seed}/{midnight.date()}")  # noqa: S311 - believable, not secret
    weekday = midnight.weekday()
    pace = _PACE[weekday] * luck.uniform(0.75, 1.3)
    begin_ms = round(midnight.timestamp() * 1000)
    for planned in _REST if weekday >= 5 else _WORK:
        starts, ends = (luck.randint(-_EDGE_MINUTES, _EDGE_MINUTES) for _ in range(2))
        if luck.random() < planned.chance:
            yield from session(
                luck,
                begin_ms + (planned.from_minute + starts) * MINUTE_MS,
                begin_ms + (planned.to_minute + ends) * MINUTE_MS,
                busy=planned.busy * pace,
                is_live=False,
            )


def _record(charge: Charge, number: int) -> Record:
    return Record(
        id=number,
        t_ms=charge.t_ms,
        type=charge.type,
        endpoint=charge.endpoint,
        model=charge.model,
        credits=round(float(charge.credits) * _LARGER),
        status=charge.status,
        api_key=charge.api_key,
    )
