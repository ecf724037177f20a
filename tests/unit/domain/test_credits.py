"""Credits are read and summed exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.credits import Credits, CreditsError, parse_credits, row_credits, total
from creditcurve.domain.reject import RejectCode

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
        ("0000007", 7),
        ("9" * 15, 10**15 - 1),
        ("9" * 16, 10**16 - 1),
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
    ("literal", "code", "detail"),
    [
        ("1e400", RejectCode.CREDITS_TOO_LARGE, "not a finite number"),
        ("-1e309", RejectCode.CREDITS_TOO_LARGE, "not a finite number"),
        ("NaN", RejectCode.CREDITS_NOT_A_NUMBER, "not a finite number"),
        ("Infinity", RejectCode.CREDITS_NOT_A_NUMBER, "not a finite number"),
        ("1_000", RejectCode.CREDITS_NOT_A_NUMBER, "not a finite number"),
        ("", RejectCode.CREDITS_NOT_A_NUMBER, "not a decimal number"),
        ("twelve", RejectCode.CREDITS_NOT_A_NUMBER, "not a decimal number"),
        ("0x1f", RejectCode.CREDITS_NOT_A_NUMBER, "not a decimal number"),
        ("1e-400", RejectCode.CREDITS_TOO_SMALL, "a fraction too small to be stored"),
        ("9" * 65, RejectCode.CREDITS_TOO_LONG, "longer than 64 characters"),
    ],
)
def test_text_other_than_finite_numbers_is_refused(
    literal: str, code: RejectCode, detail: str
) -> None:
    """Nothing is rounded, cut or guessed."""
    with pytest.raises(CreditsError) as refused:
        parse_credits(literal)
    assert (refused.value.code, str(refused.value)) == (code, f"credits: {detail}")


def test_a_number_of_64_characters_is_read_and_a_caller_may_allow_more() -> None:
    assert parse_credits("9" * 64) == int("9" * 64)
    assert parse_credits("1." + "0" * 98, longest=100) == 1
    with pytest.raises(CreditsError, match="longer than 100 characters"):
        row_credits("1." + "0" * 99, longest=100)


@pytest.mark.parametrize("sign", ["", "-"])
def test_the_amount_of_one_record_has_a_bound(sign: str) -> None:
    assert row_credits(f"{sign}1e15") == int(f"{sign}1{'0' * 15}")
    with pytest.raises(CreditsError) as refused:
        row_credits(f"{sign}1000000000000000.1")
    assert refused.value.code is RejectCode.CREDITS_TOO_LARGE
    assert str(refused.value) == "credits: larger than 1,000,000,000,000,000"
