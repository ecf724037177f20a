"""Sums of buckets between any two instants."""

import pytest

from creditcurve.domain.sums import Sums

SUMS = Sums({300: 4.0, 100: 1.0, 200: 2.0})


@pytest.mark.parametrize(
    ("from_ms", "to_ms", "expected"),
    [(100, 400, 7), (100, 300, 3), (101, 301, 6), (0, 100, 0), (301, 900, 0), (200, 200, 0)],
)
def test_buckets_that_start_in_the_range_are_summed(
    from_ms: int, to_ms: int, expected: float
) -> None:
    assert SUMS.between(from_ms, to_ms) == expected


def test_without_buckets_every_sum_is_zero() -> None:
    assert Sums({}).between(0, 10) == 0
