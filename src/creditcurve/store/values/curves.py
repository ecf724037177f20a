"""The questions on curves."""

from datetime import tzinfo
from typing import Literal

import msgspec

from creditcurve.domain.curve import GroupBy

Bucket = Literal["auto", "none"] | int
"""The bucket of a curve: chosen by the range, single requests, or a number of seconds."""


class CurveQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A curve over ``[from_ms, to_ms)``; a bucket of a day follows ``zone`` (None: UTC)."""

    from_ms: int
    to_ms: int
    bucket: Bucket = "auto"
    by: GroupBy = GroupBy.MODEL
    zone: tzinfo | None = None
