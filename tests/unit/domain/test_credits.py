"""Credits are read and summed exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.credits import Credits, parse_credits, total

amounts = st.lists(
    st.one_of(
        st.integers(-(10**30), 10**30),
        st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=9),
    )
)


@given(amounts, st.randoms(use_true_random=False))
def test_a_sum_is_the_same_in_every_order(found: list[Credits], luck: object) -> None:
    """Where floats would differ in the last digit, this does not."""
    shuffled = sorted(found, key=lambda amount: hash((amount, str(luck))))
    assert total(found) == total(shuffled) == sum(map(Fraction, found), Fraction(0))


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ("9", 9),
        ("-5", -5),
        ("12.50", Decimal("12.5")),
        ("9223372036854775808", 2**63),
        ("1e3", 1000),
        ("0.1", Decimal("0.1")),
        ("-0.0", 0),
    ],
)
def test_a_finite_number_is_taken_exactly(literal: str, expected: Credits) -> None:
    """Whole numbers become int, others the shortest Decimal."""
    taken = parse_credits(literal)
    assert taken == expected
    assert type(taken) is type(expected)


@pytest.mark.parametrize(
    "literal", ["1e400", "NaN", "Infinity", "", "twelve", "1_000", "9" * 65, "0x1f"]
)
def test_text_other_than_finite_numbers_is_refused(literal: str) -> None:
    """Nothing is rounded, cut or guessed."""
    with pytest.raises(ValueError, match="credits"):
        parse_credits(literal)
