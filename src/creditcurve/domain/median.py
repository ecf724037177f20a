"""The lower median, without ``statistics``, whose import takes a twentieth of a start."""

from collections.abc import Iterable
from typing import Any, TypeVar

T = TypeVar("T", bound=Any)


def median_low(values: Iterable[T]) -> T:
    """Return the middle value; the lower one of two.

    Raises:
        IndexError: there are no values.
    """
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2]
