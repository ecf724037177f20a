"""Divides the cases of a test: some run in ``make test``, all in ``make test-all``."""

from collections.abc import Callable, Iterable, Sequence

import pytest


def first(quick: int, values: Iterable[object]) -> list[object]:
    """Mark all cases as ``slow`` but the first ones, which stand for their kind."""
    return [
        value if number < quick else pytest.param(value, marks=pytest.mark.slow)
        for number, value in enumerate(values)
    ]


def first_of_each(kind: Callable[[str], object], values: Sequence[str]) -> list[object]:
    """Mark all cases as ``slow`` but the first one of each kind."""
    found = {kind(value): value for value in reversed(values)}
    firsts = set(found.values())
    return [
        value if value in firsts else pytest.param(value, marks=pytest.mark.slow)
        for value in values
    ]
