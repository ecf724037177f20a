"""The series of a curve in progress: the largest hundred, and the others as one.

A site may name a different model in every request; work and answer stay linear in their number.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from creditcurve.domain.credits import Credits, total
from creditcurve.domain.curve import Series

MAX_SERIES: Final = 100
OTHERS: Final = "others"


class Point(NamedTuple):
    """A sum over one bucket of one source, or a single request."""

    t_ms: int
    source: int
    n: int
    credits: Credits


class Line:
    """One series; points are added in the order of time.

    Attributes:
        key: its key.
        sources: the sources whose requests it sums.
        others: how many series it sums; 0 for an ordinary one.
    """

    def __init__(self, key: str, sources: list[int], others: int = 0) -> None:
        self.key = key
        self.sources = sources
        self.others = others
        self.t: list[int] = []
        self.v: list[Credits] = []
        self.n: list[int] = []

    def add(self, point: Point) -> None:
        """Add a point."""
        self.t.append(point.t_ms)
        self.v.append(point.credits)
        self.n.append(point.n)

    def merge(self, point: Point) -> None:
        """Add a point, or add it to the last one of the same bucket."""
        if self.t and self.t[-1] == point.t_ms:
            self.v[-1] = total((self.v[-1], point.credits))
            self.n[-1] += point.n
        else:
            self.add(point)

    def series(self, last: Credits) -> Series:
        """Return the finished series."""
        return Series(
            key=self.key,
            t=self.t,
            v=self.v,
            n=self.n,
            total=total(self.v),
            requests=sum(self.n),
            last=last,
            others=self.others,
        )


def single_lines(keys: Mapping[int, str], points: Iterable[Point]) -> list[Line]:
    """Return the lines of single requests.

    Args:
        keys: the series of each source.
        points: the requests in the order of time.
    """
    return _limited(keys, list(points), Line.add)


def summed_lines(keys: Mapping[int, str], points: Iterable[Point]) -> list[Line]:
    """Return the lines of sums over buckets; the arguments as above."""
    return _limited(keys, list(points), Line.merge)


def _limited(
    keys: Mapping[int, str], points: list[Point], add: Callable[[Line, Point], None]
) -> list[Line]:
    present = {keys[source] for source in {point.source for point in points}}
    largest = present if len(present) <= MAX_SERIES else _largest(keys, points)
    sources: dict[str, list[int]] = {key: [] for key in largest}
    rest: list[int] = []
    for source, key in keys.items():
        sources.get(key, rest).append(source)
    lines = {key: Line(key, sources[key]) for key in largest}
    others = Line(_unused(OTHERS, lines), rest, len(present) - len(lines))
    for point in points:
        add(lines.get(keys[point.source], others), point)
    return [*lines.values(), *([others] if others.t else [])]


def _largest(keys: Mapping[int, str], points: Iterable[Point]) -> set[str]:
    amounts: dict[str, list[Credits]] = {}
    for point in points:
        amounts.setdefault(keys[point.source], []).append(point.credits)
    totals = {key: total(found) for key, found in amounts.items()}
    return set(sorted(sorted(totals), key=lambda key: totals[key], reverse=True)[:MAX_SERIES])


def _unused(key: str, lines: Mapping[str, Line]) -> str:
    while key in lines:
        key = f"({key})"
    return key
