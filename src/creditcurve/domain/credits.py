"""Credits as exact numbers.

The upstream sends integers in every known sample, and may send decimals or decimal strings. Credits
are therefore an ``int`` if they are whole and a ``Decimal`` otherwise: never a float, so that a sum
does not depend on the order.
"""

import math
from collections.abc import Iterable
from decimal import Context, Decimal, Inexact, InvalidOperation

from creditcurve.domain.reject import RejectCode

Credits = int | Decimal

MAX_ROW_CREDITS = 10**15
"""A larger amount for one request is an error of the site; sums of such amounts would overflow."""

MAX_LITERAL_LENGTH = 64
"""A longer literal is refused: exact sums over it are costly."""
LONGEST_WRITTEN = 400
"""No accepted literal becomes longer than this once it is written without an exponent."""

_PLAIN_LENGTH = 15
"""So many digits are a whole number within every limit; most amounts are such."""

_EXACT = Context(prec=1000, traps=[Inexact, InvalidOperation])
"""Wide enough for sums of accepted literals; a rounding raises."""


class CreditsError(ValueError):
    """An amount of credits cannot be read; ``code`` is the reason."""

    def __init__(self, code: RejectCode, detail: str) -> None:
        super().__init__(f"credits: {detail}")
        self.code = code


def parse_credits(literal: str, *, longest: int = MAX_LITERAL_LENGTH) -> Credits:
    """Parse a decimal literal exactly.

    Args:
        literal: the text of a JSON number or of a decimal string.
        longest: the maximum number of characters.

    Raises:
        CreditsError: it is not a decimal number, is longer than that, or is outside the range of an
            IEEE double, which readers of the JSON answers need.
    """
    if len(literal) > longest:
        raise CreditsError(RejectCode.CREDITS_TOO_LONG, f"longer than {longest} characters")
    if len(literal) <= _PLAIN_LENGTH and literal.isascii() and literal.isdigit():
        return int(literal)
    try:
        number = Decimal(literal)
    except InvalidOperation as error:
        raise CreditsError(RejectCode.CREDITS_NOT_A_NUMBER, "not a decimal number") from error
    if not number.is_finite() or "_" in literal:
        raise CreditsError(RejectCode.CREDITS_NOT_A_NUMBER, "not a finite number")
    if math.isinf(float(number)):
        raise CreditsError(RejectCode.CREDITS_TOO_LARGE, "not a finite number")
    if number and not float(number):
        raise CreditsError(RejectCode.CREDITS_TOO_SMALL, "a fraction too small to be stored")
    return normal(number)


def row_credits(literal: str, *, longest: int = MAX_LITERAL_LENGTH) -> Credits:
    """Parse the credits of one record, at most ``MAX_ROW_CREDITS`` in either direction.

    Raises:
        CreditsError: see ``parse_credits``; or the amount is larger.
    """
    amount = parse_credits(literal, longest=longest)
    if not -MAX_ROW_CREDITS <= amount <= MAX_ROW_CREDITS:
        raise CreditsError(RejectCode.CREDITS_TOO_LARGE, "larger than 1,000,000,000,000,000")
    return amount


def normal(number: Credits) -> Credits:
    """Return the one form of a number: ``int`` if it is whole, else the shortest ``Decimal``."""
    if isinstance(number, int):
        return number
    if number == number.to_integral_value(context=_EXACT):
        return int(number)
    return number.normalize(_EXACT)


def total(amounts: Iterable[Credits]) -> Credits:
    """Return the exact sum."""
    whole = 0
    rest = Decimal(0)
    for amount in amounts:
        if isinstance(amount, int):
            whole += amount
        else:
            rest = _EXACT.add(rest, amount)
    return normal(_EXACT.add(rest, Decimal(whole))) if rest else whole
