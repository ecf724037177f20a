"""How long the torture tests run, and the figures that they report."""

import os
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

FIGURE: Final = "figure"
STALLS: Final = "stalls"
VARIABLE: Final = "TORTURE_SCALE"
"""1 is the whole run of ``make torture`` and ``make fuzz``; the sweeps run a twentieth of it."""

IMPORTED: Final = (
    '{{"id":{id},"type":"USAGE","endpoint":"v1/messages","model":"opus","credits":1,"status":200,'
    '"created_at":"2025-08-20T10:00:00.000Z"}}'
)
"""A line of an import, with the id that is given."""

WHOLE: Final = {
    "kill -9": 1_000,
    "power cuts": 4_000,
    "cut streams": 10_000,
    "SIGTERM": 200,
    "mutated answers": 50_000,
    "generated calls": 50_000,
    "generated pastes": 500_000,
    "simulated days": 90,
    "open streams": 2_000,
    "readers that stop": 100,
    "simultaneous reconnects": 2_000,
}
"""The tests, and how often each is tried in the whole run."""

SHOWN_STALLS: Final = 8
SHOWN_CALLS: Final = 5

_STALL: Final = re.compile(r"event loop stalled ms=(\d+) stack=(.*)")


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


class Figure(NamedTuple):
    """How often something was done without a fault; ``what`` is a key of ``WHOLE``."""

    what: str
    number: int
    result: str


class Figures:
    """The figures of a test, printed in a table at the end of the run."""

    def __init__(self, properties: list[tuple[str, object]]) -> None:
        self._properties = properties

    def add(self, what: str, number: int, result: str) -> None:
        """Add to a row of the table."""
        assert what in WHOLE
        self._properties.append((FIGURE, (what, number, result)))


class Stalls:
    """The stalls of the event loop that the programs of a test logged."""

    def __init__(self, properties: list[tuple[str, object]]) -> None:
        self._properties = properties

    def read(self, log: str) -> None:
        """Add the stalls of a log."""
        found = [(int(ms), stack) for ms, stack in _STALL.findall(log)]
        self._properties.append((STALLS, found))


def table(
    figures: Iterable[Figure], stalls: Iterable[tuple[int, str]], share: float
) -> Iterator[str]:
    """Return the lines of the table: every test with its aim, its count and its results."""
    found, late = list(figures), sorted(stalls, reverse=True)
    yield f"{'test':<24}{'aim':>9}{'done':>9}  result"
    for what, whole in WHOLE.items():
        mine = [one for one in found if one.what == what]
        done = sum(one.number for one in mine)
        results = [one.result for one in mine] or ["not done"]
        yield f"{what:<24}{round(whole * share):>9,}{done:>9,}  {results[0]}"
        yield from (" " * 44 + result for result in results[1:])
    longest = [f"{ms} ms: {_innermost(stack)}" for ms, stack in late[:SHOWN_STALLS]]
    yield f"{'stalls of the loop':<24}{0:>9}{len(late):>9,}  {(longest or ['none above 50 ms'])[0]}"
    yield from (" " * 44 + one for one in longest[1:])


def _innermost(stack: str) -> str:
    """Return the innermost calls."""
    return " < ".join(stack.split(" < ")[:SHOWN_CALLS])
