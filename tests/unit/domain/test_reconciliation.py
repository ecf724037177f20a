"""The rules of reconciliation: the compared hours, their unit, and differences."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.credits import Credits
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.reconciliation import (
    SETTLE_MS,
    ChartHour,
    Difference,
    HourSums,
    differences,
    full_hours,
    reconciled,
    unit_factor,
)

T = 1_756_125_600_000 // HOUR_MS * HOUR_MS
sums = st.lists(st.integers(1, 10**9), min_size=1, max_size=24)


def hour(
    number: int, theirs: Credits, counted: Credits, *, other: Credits = 0, is_whole: bool = True
) -> HourSums:
    return HourSums(
        t_ms=T + number * HOUR_MS, theirs=theirs, counted=counted, other=other, is_whole=is_whole
    )


def chart(*numbers: float) -> list[ChartHour]:
    return [ChartHour(round(T + number * HOUR_MS), 1) for number in numbers]


def test_the_hour_in_progress_is_not_compared() -> None:
    """Nor one that has just ended: the site may report its last requests later."""
    hours = chart(0, 1, 2)
    settled = T + 3 * HOUR_MS + SETTLE_MS
    assert full_hours(hours, at_ms=settled) == tuple(hours)
    assert full_hours(hours, at_ms=settled - 1) == tuple(hours[:2])


def test_hours_may_come_in_any_order_and_twice() -> None:
    """Each once, in its order; of two the later one counts."""
    again = ChartHour(T, 9)
    assert full_hours([*chart(1, 0), again], at_ms=T + 9 * HOUR_MS) == (again, *chart(1))


@pytest.mark.parametrize("numbers", [(0, 24, 48), (0, 0.25, 0.5), (0.5, 1.5), (0,), ()])
def test_a_chart_of_days_or_quarter_hours_is_not_used(numbers: tuple[float, ...]) -> None:
    """Its sum is unknown, so it decides nothing."""
    assert full_hours(chart(*numbers), at_ms=T + 90 * HOUR_MS) == ()


@given(sums)
def test_equal_sums_agree(amounts: list[int]) -> None:
    """All of them, in the same unit."""
    hours = [hour(number, amount, amount) for number, amount in enumerate(amounts)]
    found = reconciled(hours, unit_factor(hours), at_ms=T)
    assert (found.hours, found.agree, found.factor) == (len(hours), len(hours), 1.0)


@given(sums, st.sampled_from([Fraction(1_000), Fraction(1, 1_000)]))
def test_thousandths_are_a_unit_and_no_difference(amounts: list[int], factor: Fraction) -> None:
    """However few hours there are, and whichever of the two is the finer."""
    hours = [
        hour(n, Decimal((amount * factor).numerator) / (amount * factor).denominator, amount)
        for n, amount in enumerate(amounts)
    ]
    assert unit_factor(hours) == factor
    assert differences(hours, factor) == ()


def test_thousandths_that_were_rounded_agree_within_the_rounding() -> None:
    """13,436 thousandths may be reported as 13.4; 13.6 is another sum."""
    hours = [hour(0, Decimal("13.4"), 13_436), hour(1, 7, 6_800), hour(2, Decimal("13.6"), 13_436)]
    assert unit_factor(hours) == Fraction(1, 1_000)
    assert [one.t_ms for one in differences(hours, Fraction(1, 1_000))] == [T + 2 * HOUR_MS]


def test_any_other_factor_needs_three_hours() -> None:
    """Two hours with half of their requests lost are no unit; three that agree exactly are."""
    two = [hour(0, 20, 10), hour(1, 84, 42)]
    assert unit_factor(two) == 1
    assert unit_factor([*two, hour(2, 14, 7)]) == 2


def test_missing_records_do_not_change_the_unit() -> None:
    """Most hours agree without a factor: the others are differences."""
    hours = [hour(0, 10, 10), hour(1, 20, 20), hour(2, 30, 15), hour(3, 40, 20)]
    assert unit_factor(hours) == 1
    assert differences(hours, Fraction(1)) == (
        Difference(t_ms=T + 2 * HOUR_MS, ours=15, theirs=30, in_gap=False),
        Difference(t_ms=T + 3 * HOUR_MS, ours=20, theirs=40, in_gap=False),
    )


@given(sums, st.data(), st.sampled_from([Fraction(1), Fraction(1_000)]))
def test_every_loss_is_named(amounts: list[int], data: st.DataObject, factor: Fraction) -> None:
    """The hour and both sums, in credits of the curve, whatever the site's unit."""
    hours = [hour(n, int(amount * factor), amount) for n, amount in enumerate(amounts)]
    lost = data.draw(st.integers(0, len(hours) - 1))
    had = amounts[lost]
    left = data.draw(st.integers(0, had - 1))
    hours[lost] = hour(lost, int(had * factor), left)
    assert differences(hours, factor) == (
        Difference(t_ms=T + lost * HOUR_MS, ours=left, theirs=had, in_gap=False),
    )


def test_the_sites_sum_may_contain_uncounted_records() -> None:
    """Other endpoints cost credits and are not on the curve: both sums agree."""
    hours = [hour(0, 10, 10, other=5), hour(1, 15, 10, other=5), hour(2, 12, 10, other=5)]
    assert [one.t_ms for one in differences(hours, Fraction(1))] == [T + 2 * HOUR_MS]


def test_a_known_gap_explains_a_difference() -> None:
    """It is reported separately, and does not decide the unit."""
    hours = [hour(0, 10, 10), hour(1, 1_000, 1, is_whole=False), hour(2, 7, 7, is_whole=False)]
    found = reconciled(hours, unit_factor(hours), at_ms=T)
    assert (found.hours, found.agree, found.in_gap) == (2, 2, 1)
