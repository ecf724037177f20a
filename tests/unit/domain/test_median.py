"""The lower median."""

import pytest

from creditcurve.domain.median import median_low


@pytest.mark.parametrize(
    ("values", "middle"), [([3], 3), ([9, 1], 1), ([5, 1, 9], 5), ("dacb", "b")]
)
def test_the_middle_value_is_returned_or_the_lower_of_two(values: object, middle: object) -> None:
    assert median_low(values) == middle  # type: ignore[arg-type]  # any iterable
