"""Credits in SQL: small whole numbers as INTEGER, which SQL can sum, all others as decimal TEXT.

A column of credits is summed in two exact parts, which ``sum_of`` adds.
"""

from decimal import Decimal
from typing import Final

from creditcurve.domain.credits import Credits, normal, total

MAX_INTEGER: Final = 10**12
"""Larger whole numbers are TEXT: nine million of these still sum within 64 bits."""

Amount = int | str


def to_sql(credits_: Credits) -> Amount:
    """Return the one SQL form of a number."""
    number = normal(credits_)
    return number if isinstance(number, int) and abs(number) <= MAX_INTEGER else str(number)


def from_sql(amount: Amount) -> Credits:
    """Return the exact number."""
    return amount if isinstance(amount, int) else normal(Decimal(amount))


def sum_of(whole: int, texts: str | None) -> Credits:
    """Return the exact sum of the INTEGERs' sum and the TEXTs, joined by spaces."""
    return whole if texts is None else total([whole, *map(from_sql, texts.split(" "))])


def minus(credits_: Credits) -> Credits:
    """Return the negated number; ``-`` would round a long ``Decimal``."""
    return -credits_ if isinstance(credits_, int) else credits_.copy_negate()


def exact_sum(*amounts: object) -> Amount:
    """Return the exact sum of amounts, and of TEXTs joined by spaces (a function of SQL)."""
    parts = (part for amount in amounts for part in str(amount).split(" "))
    return to_sql(total(map(from_sql, parts)))
