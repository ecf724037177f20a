"""The series of a curve in progress: the largest hundred, and the others as one.

A site may name a different model in every request; work and answer stay linear in their number.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Final

from creditcurve.domain.credits import Credits, total
from creditcurve.domain.curve import Series
from creditcurve.store.sqlite.amounts import Amount, from_sql

MAX_SERIES: Final = 100
OTHERS: Final = "others"
_SOURCE: Final = itemgetter(1)

Point = tuple[int, int, int, Amount]
"""The start of a bucket, a source, its requests and their credits; or a single request.

It is a row as SQLite returns it, because an object for each would take longer than the reading.
"""


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

    def add(self, points: Iterable[Point]) -> None:
        """Add points, each as a point of its own."""
        for t_ms, _, n, amount in points:
            self.t.append(t_ms)
            self.v.append(amount if isinstance(amount, int) else from_sql(amount))
            self.n.append(n)

    def merge(self, points: Iterable[Point]) -> None:
        """Add points, those of the same bucket as one."""
        times, amounts, counts = self.t, self.v, self.n
        last_ms: int | None = None
        for t_ms, _, n, amount in points:
            if t_ms == last_ms:
                amounts[-1] = total((amounts[-1], from_sql(amount)))
                counts[-1] += n
            else:
                times.append(t_ms)
                amounts.append(amount if isinstance(amount, int) else from_sql(amount))
                counts.append(n)
                last_ms = t_ms

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


def single_lines(keys: Mapping[int, str], points: Sequence[Point]) -> list[Line]:
    """Return the lines of single requests.

    Args:
        keys: the series of each source; points of other sources are left out.
        points: the requests in the order of time.
    """
    return _limited(keys, points, Line.add)


def summed_lines(keys: Mapping[int, str], points: Sequence[Point]) -> list[Line]:
    """Return the lines of sums over buckets; the arguments as above."""
    return _limited(keys, points, Line.merge)


def _limited(
    keys: Mapping[int, str], points: Sequence[Point], add: Callable[[Line, list[Point]], None]
) -> list[Line]:
    present = {keys[source] for source in keys.keys() & set(map(_SOURCE, points))}
    largest = present if len(present) <= MAX_SERIES else _largest(keys, points)
    sources: dict[str, list[int]] = {key: [] for key in largest}
    rest: list[int] = []
    for source, key in keys.items():
        sources.get(key, rest).append(source)
    lines = [Line(key, sources[key]) for key in largest]
    lines.append(Line(_unused(OTHERS, sources), rest, len(present) - len(lines)))
    for line, part in zip(lines, _parts(lines, points), strict=True):
        add(line, part)
    return [line for line in lines if line.t]


def _parts(lines: Sequence[Line], points: Iterable[Point]) -> list[list[Point]]:
    """Return the points of each line."""
    parts: list[list[Point]] = [[] for _ in lines]
    part_of: dict[int, list[Point]] = defaultdict(list)
    for line, part in zip(lines, parts, strict=True):
        part_of.update(dict.fromkeys(line.sources, part))
    for point in points:
        part_of[point[1]].append(point)
    return parts


def _largest(keys: Mapping[int, str], points: Iterable[Point]) -> set[str]:
    amounts: dict[str, list[Credits]] = {}
    for _, source, _, amount in points:
        if source in keys:
            amounts.setdefault(keys[source], []).append(from_sql(amount))
    totals = {key: total(found) for key, found in amounts.items()}
    return set(sorted(sorted(totals), key=lambda key: totals[key], reverse=True)[:MAX_SERIES])


def _unused(key: str, keys: Collection[str]) -> str:
    while key in keys:
        key = f"({key})"
    return key
