"""Amounts by the start of their bucket, summed between any two instants."""

from bisect import bisect_left
from collections.abc import Mapping
from itertools import accumulate


class Sums:
    """Sums over ranges of buckets, each found without adding the buckets again.

    Attributes:
        starts: the starts of the buckets, ms since 1970, rising.
        before: the amount before each bucket, followed by the whole amount.
    """

    def __init__(self, amounts: Mapping[int, float]) -> None:
        """Keep the amounts; they are keyed by the start of their bucket, ms since 1970."""
        self.starts = sorted(amounts)
        self.before = list(accumulate((amounts[start] for start in self.starts), initial=0.0))

    def between(self, from_ms: int, to_ms: int) -> float:
        """Return the amount of the buckets that start within ``[from_ms, to_ms)``."""
        return self.before[self.index(to_ms)] - self.before[self.index(from_ms)]

    def index(self, at_ms: int) -> int:
        """Return the index of the first bucket that starts at or after an instant."""
        return bisect_left(self.starts, at_ms)
