"""Coverage: which stretches of time are known completely, and the gaps between them.

Each good poll proves a span. A stretch that no poll proved is a gap, and is drawn as one.
"""

from enum import StrEnum

import msgspec


class GapKind(StrEnum):
    """Why a stretch is not known completely."""

    NOT_COLLECTING = "not_collecting"
    POSSIBLE_LOSS = "possible_loss"


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of time, ``[from_ms, to_ms]``, about which everything is known."""

    from_ms: int
    to_ms: int


class Gap(msgspec.Struct, frozen=True, order=True):
    """A stretch of time, ``[from_ms, to_ms]``, in which records may be missing."""

    from_ms: int
    to_ms: int
    kind: GapKind
