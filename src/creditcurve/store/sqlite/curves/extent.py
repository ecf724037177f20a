"""A range of time, divided at the horizon into sums and single requests."""

from typing import NamedTuple

from creditcurve.domain.curve import finest_bucket
from creditcurve.domain.retention import QUARTER_S


class Extent(NamedTuple):
    """A range of time, and the first moment of single requests."""

    from_ms: int
    to_ms: int
    horizon_ms: int

    def within(self, from_ms: int, to_ms: int) -> "Extent":
        """Return the part between two moments."""
        return Extent(max(self.from_ms, from_ms), min(self.to_ms, to_ms), self.horizon_ms)

    @property
    def is_empty(self) -> bool:
        """Whether it contains no moment."""
        return self.from_ms >= self.to_ms

    def whole(self, level_s: int) -> "Extent":
        """Return the part of whole steps of a level; empty, at the start, if there is none."""
        level_ms = level_s * 1000
        from_ms, to_ms = -(-self.from_ms // level_ms) * level_ms, self.to_ms // level_ms * level_ms
        return self.within(from_ms, to_ms) if from_ms < to_ms else self._replace(to_ms=self.from_ms)

    @property
    def known_by_sums(self) -> "Extent":
        """The part before the horizon."""
        return self._replace(to_ms=min(self.to_ms, self.horizon_ms))

    @property
    def known_by_records(self) -> "Extent":
        """The part from the horizon on."""
        return self._replace(from_ms=max(self.from_ms, self.horizon_ms))

    def finest_bucket(self) -> int:
        """Return the finest bucket for the range, no finer than the sums within it."""
        finest = finest_bucket(self.to_ms - self.from_ms)
        return finest if self.from_ms >= self.horizon_ms else max(finest, QUARTER_S)
