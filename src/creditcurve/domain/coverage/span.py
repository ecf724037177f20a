"""Spans of time that are known completely, and gaps where records may be missing."""

from enum import StrEnum

import msgspec


class GapKind(StrEnum):
    """Why a span of time is not known completely."""

    NOT_COLLECTING = "not_collecting"
    POSSIBLE_LOSS = "possible_loss"
    SCHEDULED = "scheduled"
    OTHER_UNIT = "other_unit"
    """Amounts are in another unit than later ones, and are not added to them."""


class Span(msgspec.Struct, frozen=True, order=True):
    """A span of time, ``[from_ms, to_ms]``, that is known completely.

    ``before`` is the kind of the gap before it; ``interval_s`` is the poll interval when its end
    was proved.
    """

    from_ms: int
    to_ms: int
    before: GapKind = GapKind.NOT_COLLECTING
    interval_s: int = 60


class Gap(msgspec.Struct, frozen=True, order=True):
    """A span of time, ``[from_ms, to_ms]``, where records may be missing."""

    from_ms: int
    to_ms: int
    kind: GapKind
