"""Divides the cases of a test: some run in ``make test``, all in ``make test-all``."""

from collections.abc import Iterable

import pytest


def first(quick: int, values: Iterable[object]) -> list[object]:
    """Mark all cases as ``slow`` but the first ones, which stand for their kind."""
    return [
        value if number < quick else pytest.param(value, marks=pytest.mark.slow)
        for number, value in enumerate(values)
    ]
