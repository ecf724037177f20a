"""Amounts in both units of the site."""

import pytest

from creditcurve.cli.amounts import amount, named_amount
from creditcurve.cli.language import language

EN, ZH = language({"LANG": "en_US.UTF-8"}), language({"LANG": "zh_CN.UTF-8"})


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1.6, "1.6"), (9.96, "10.0"), (10.4, "10"), (13_529, "13,529"), (-2.5, "-2.5")],
)
def test_credits_have_a_decimal_only_where_they_are_few(value: float, text: str) -> None:
    assert amount(value, "credits") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "¥0"), (7_739, "¥7.739"), (334, "¥0.334"), (1_234_500, "¥1,234.5"), (-500, "-¥0.5")],
)
def test_an_amount_of_money_is_in_yuan(value: float, text: str) -> None:
    assert amount(value, "yuan") == text


def test_a_named_amount_names_credits_in_the_language() -> None:
    assert named_amount(EN, 334, "credits") == "334 credits"
    assert named_amount(ZH, 334, "credits") == "334 积分"
    assert named_amount(ZH, 334, "yuan") == "¥0.334"
