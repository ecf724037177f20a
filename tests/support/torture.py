"""How long the torture tests run, and the figures that they report."""

import os
from typing import Final, NamedTuple

FIGURE: Final = "figure"
VARIABLE: Final = "TORTURE_SCALE"
"""1 is the whole run of ``make torture``; the sweeps run a twentieth of it."""

IMPORTED: Final = (
    '{{"id":{id},"type":"USAGE","endpoint":"v1/messages","model":"opus","credits":1,"status":200,'
    '"created_at":"2025-08-20T10:00:00.000Z"}}'
)
"""A line of an import, with the id that is given."""


class Scale(NamedTuple):
    """The share of the whole run."""

    share: float

    @classmethod
    def of_environment(cls) -> "Scale":
        """Return the scale that the environment asks for."""
        return cls(float(os.environ.get(VARIABLE, "0.05")))

    def count(self, whole: int) -> int:
        """Return how many of so many repetitions are made."""
        return max(1, round(whole * self.share))

    def step(self, available: int, least: int) -> int:
        """Return the distance between tried moments: all of them, or about ``least``."""
        return 1 if self.share >= 1 else max(1, available // max(1, round(least * self.share * 4)))


class Figures:
    """What was done without a fault, printed at the end of the run."""

    def __init__(self, properties: list[tuple[str, object]]) -> None:
        self._properties = properties

    def add(self, what: str, number: int, result: str) -> None:
        """Add a line."""
        self._properties.append((FIGURE, f"{number:>9,} {what}: {result}"))
