"""Credits as exact numbers.

The upstream sends integers in every known sample, and may send decimals or decimal strings. A
credit is therefore an ``int`` where it is whole and a ``Decimal`` where it is not: never a float,
so that a sum is the same in whatever order it is taken.
"""

import math
from collections.abc import Iterable
from decimal import Context, Decimal, Inexact, InvalidOperation

Credits = int | Decimal

MAX_LITERAL_LENGTH = 64
"""A longer literal is refused: it is no amount of credits, and exact sums over it are costly."""
LONGEST_WRITTEN = 400
"""No accepted literal becomes longer than this once it is written without an exponent."""

_EXACT = Context(prec=1000, traps=[Inexact, InvalidOperation])
"""Wide enough that no sum of accepted literals is rounded; a rounding would raise."""


def parse_credits(literal: str, *, longest: int = MAX_LITERAL_LENGTH) -> Credits:
    """Read a decimal literal exactly.

    Args:
        literal: a JSON number as it was written, or the text of a decimal string.
        longest: the number of characters that it may have.

    Raises:
        ValueError: it is not a decimal number, is longer than that, or lies beyond what an IEEE
            double can hold (no reader of the JSON answers could take it).
    """
    if len(literal) > longest:
        raise ValueError(f"credits: the number is longer than {longest} characters")
    try:
        number = Decimal(literal)
    except InvalidOperation as error:
        raise ValueError("credits: not a decimal number") from error
    if not number.is_finite() or math.isinf(float(number)) or "_" in literal:
        raise ValueError("credits: not a finite number")
    if number and not float(number):
        raise ValueError("credits: smaller than any number an IEEE double can hold")
    return normal(number)


def normal(number: Credits) -> Credits:
    """One form for each number: ``int`` where it is whole, else the shortest ``Decimal``."""
    if isinstance(number, int):
        return number
    if number == number.to_integral_value(context=_EXACT):
        return int(number)
    return number.normalize(_EXACT)


def total(amounts: Iterable[Credits]) -> Credits:
    """The exact sum."""
    whole = 0
    rest = Decimal(0)
    for amount in amounts:
        if isinstance(amount, int):
            whole += amount
        else:
            rest = _EXACT.add(rest, amount)
    return normal(_EXACT.add(rest, Decimal(whole))) if rest else whole
