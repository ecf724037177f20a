"""The median and the 95th percentile from amounts that are counted."""

import statistics
from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.costs import costs_of


@given(st.lists(st.integers(0, 50), min_size=1, max_size=200))
def test_the_quantiles_are_those_of_all_single_amounts(amounts: list[int]) -> None:
    costs = costs_of("opus", Counter(amounts).items(), 5)
    assert costs.requests == len(amounts)
    assert costs.median == statistics.median(amounts)
    if len(amounts) > 1:
        expected = statistics.quantiles(amounts, n=20, method="inclusive")[-1]
        assert abs(float(costs.p95) - expected) < 1e-9


def test_a_quantile_between_two_amounts_is_exact() -> None:
    costs = costs_of("opus", [(Decimal("0.1"), 1), (Decimal("0.2"), 1)], 5)
    assert (costs.median, costs.p95) == (Decimal("0.15"), Decimal("0.195"))
