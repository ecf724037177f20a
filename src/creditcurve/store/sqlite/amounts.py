"""Credits in SQL: small whole numbers as INTEGER, which SQL may sum, all others as decimal TEXT.

A column of credits is thus summed in two parts, and both are exact: ``sum_of`` puts them together.
"""

from decimal import Decimal
from typing import Final

from creditcurve.domain.credits import Credits, normal, total

MAX_INTEGER: Final = 10**12
"""Larger whole numbers are TEXT: nine million of these still sum within 64 bits."""

Amount = int | str


def to_sql(credits_: Credits) -> Amount:
    """One form for each number."""
    number = normal(credits_)
    return number if isinstance(number, int) and abs(number) <= MAX_INTEGER else str(number)


def from_sql(amount: Amount) -> Credits:
    """The exact number."""
    return amount if isinstance(amount, int) else normal(Decimal(amount))


def sum_of(whole: int, texts: str | None) -> Credits:
    """The exact sum of the INTEGERs' sum and the TEXTs, which are joined by spaces."""
    return whole if texts is None else total([whole, *map(from_sql, texts.split(" "))])


def minus(credits_: Credits) -> Credits:
    """The negated number; ``-`` would round a long ``Decimal``."""
    return -credits_ if isinstance(credits_, int) else credits_.copy_negate()
