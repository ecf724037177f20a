"""The range that a query names: hours up to now, or two instants."""

import pytest

from creditcurve.api.http.problems import ProblemError
from creditcurve.api.resources.range_query import RangeQuery
from creditcurve.domain.instant import HOUR_MS

NOW = 1_760_000_000_000
EARLIER = str(NOW - 5 * HOUR_MS)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (RangeQuery(), (NOW - 24 * HOUR_MS, NOW)),
        (RangeQuery(hours=2), (NOW - 2 * HOUR_MS, NOW)),
        (RangeQuery(start=EARLIER), (NOW - 5 * HOUR_MS, NOW)),
        (RangeQuery(end=EARLIER), (NOW - 29 * HOUR_MS, NOW - 5 * HOUR_MS)),
        (RangeQuery(start=EARLIER, end=str(NOW + 1)), (NOW - 5 * HOUR_MS, NOW + 1)),
    ],
)
def test_a_range_is_read(query: RangeQuery, expected: tuple[int, int]) -> None:
    assert query.read(NOW, default_hours=24) == expected


@pytest.mark.parametrize(
    ("query", "field"),
    [
        (RangeQuery(hours=1, start=EARLIER), "hours"),
        (RangeQuery(hours=1, end=EARLIER), "hours"),
        (RangeQuery(start=str(NOW)), "from"),
        (RangeQuery(start=EARLIER, end=EARLIER), "from"),
        (RangeQuery(start="yesterday"), "from"),
        (RangeQuery(end="now"), "to"),
    ],
)
def test_a_range_that_makes_no_sense_is_refused_with_its_field(
    query: RangeQuery, field: str
) -> None:
    with pytest.raises(ProblemError) as refusal:
        query.read(NOW, default_hours=24)
    assert (refusal.value.view.code, refusal.value.view.field) == ("invalid_value", field)
