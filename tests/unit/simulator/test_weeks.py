"""The weeks before the demo's day: believable, and equal for equal arguments."""

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest

from creditcurve.domain.instant import HOUR_MS, from_iso
from creditcurve.domain.record import Record
from creditcurve.simulator import past_records
from support.sweeps import first

UNTIL = from_iso("2026-11-26T17:41:00Z")
SHANGHAI = timezone(timedelta(hours=8))


def by_weekday(records: tuple[Record, ...]) -> Counter[int]:
    """Return the credits of each weekday, 0 is Monday."""
    spent: Counter[int] = Counter()
    for one in records:
        spent[datetime.fromtimestamp(one.t_ms / 1000, SHANGHAI).weekday()] += int(one.credits)
    return spent


@pytest.mark.parametrize("seed", first(1, range(4)))
def test_weekdays_are_busier_than_weekends_and_nights_are_quiet(seed: int) -> None:
    """Weekday by weekday over five weeks, in the zone that is asked for."""
    records = past_records(seed, days=35, until_ms=UNTIL, zone=SHANGHAI)
    spent = by_weekday(records)
    assert len(records) > 8_000
    assert min(spent[day] for day in range(5)) > max(spent[5], spent[6]) > 0
    hours = {datetime.fromtimestamp(one.t_ms / 1000, SHANGHAI).hour for one in records}
    assert not hours & {0, 1, 2, 3, 4, 5, 6, 7}


def test_records_rise_in_time_and_id_and_end_before_the_limit() -> None:
    records = past_records(1, days=10, until_ms=UNTIL, zone=UTC)
    order = [(one.t_ms, one.id) for one in records]
    assert order == sorted(order)
    assert len({one.id for one in records}) == len(records)
    assert order[-1][0] < UNTIL
    assert order[0][0] > UNTIL - 10 * 24 * HOUR_MS


def test_equal_arguments_give_equal_records() -> None:
    assert past_records(3, days=7, until_ms=UNTIL, zone=UTC) == past_records(
        3, days=7, until_ms=UNTIL, zone=UTC
    )
    assert past_records(3, days=7, until_ms=UNTIL, zone=UTC) != past_records(
        4, days=7, until_ms=UNTIL, zone=UTC
    )
