"""The time before the unit of amounts changed: its amounts are left out, as in a gap."""

from collections.abc import Iterable

import msgspec

from creditcurve.domain.coverage import Gap, GapKind


def with_former_unit(
    gaps: Iterable[Gap], *, from_ms: int, to_ms: int, since_ms: int
) -> tuple[Gap, ...]:
    """Return the gaps of a range, of which the time before ``since_ms`` is one."""
    end_ms = min(since_ms, to_ms)
    if end_ms <= from_ms:
        return tuple(gaps)
    later = (
        msgspec.structs.replace(gap, from_ms=max(gap.from_ms, end_ms))
        for gap in gaps
        if gap.to_ms > end_ms
    )
    return (Gap(from_ms, end_ms, GapKind.OTHER_UNIT), *later)
