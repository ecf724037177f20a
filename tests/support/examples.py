"""How many examples a property is tested with: few in every change, many in the sweeps."""

import os
from collections.abc import Callable
from typing import Any, Final

from hypothesis import HealthCheck, settings

_FACTOR: Final = int(os.environ.get("EXAMPLES", "3" if "MUTANT_UNDER_TEST" in os.environ else "1"))
"""The Makefile sets it for the sweeps, which run every property again."""


def count(number: int) -> int:
    """Return the number of examples in this run."""
    return number * _FACTOR


def examples(number: int) -> Callable[[Any], Any]:
    """Return the settings for this number of examples in the ordinary tests."""
    return settings(
        max_examples=count(number),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
