"""The gaps of a range, and the share of it without gaps."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from creditcurve.domain.coverage.overdue import is_overdue
from creditcurve.domain.coverage.span import Gap, GapKind, Span


def gaps(  # noqa: PLR0913 - a range, the present and what polls do at present
    spans: Sequence[Span],
    *,
    from_ms: int,
    to_ms: int,
    now_ms: int,
    interval_s: int,
    paused_by: GapKind = GapKind.NOT_COLLECTING,
) -> tuple[Gap, ...]:
    """Return the gaps of ``[from_ms, to_ms]``; no gap extends past now.

    The time since the last poll is a gap only once the next poll is overdue; ``paused_by`` is its
    kind.
    """
    end_ms = min(to_ms, now_ms)
    found: list[Gap] = []
    cursor = from_ms
    for span in spans:
        if min(span.from_ms, end_ms) > cursor:
            found.append(Gap(cursor, min(span.from_ms, end_ms), span.before))
        cursor = max(cursor, span.to_ms)
    last = spans[-1] if spans else None
    if is_overdue(last, now_ms=now_ms, interval_s=interval_s) and cursor < end_ms:
        found.append(Gap(cursor, end_ms, paused_by if spans else GapKind.NOT_COLLECTING))
    return tuple(found)


def known_share(gaps: Iterable[Gap], *, from_ms: int, to_ms: int, now_ms: int) -> float | None:
    """Return the share of a range, up to now, without gaps: 0 to 1, and 1 only without any gap.

    Args:
        gaps: the gaps of the range, from ``gaps``.
        from_ms: the start of the range; the time before the first poll is a gap like any other.
        to_ms: the end of the range.
        now_ms: the present moment; later time is ignored.

    Returns:
        The share; None if the whole range is in the future.
    """
    length_ms = min(to_ms, now_ms) - from_ms
    if length_ms <= 0:
        return None
    missing_ms = sum(gap.to_ms - gap.from_ms for gap in gaps)
    return (length_ms - missing_ms) / length_ms


def has_same_gaps(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    """Return whether both have the same gaps, but for the time since the last poll."""
    return _stored_gaps(spans) == _stored_gaps(others)


def _stored_gaps(spans: Sequence[Span]) -> tuple[list[int], list[tuple[int, int, GapKind]]]:
    start = [span.from_ms for span in spans[:1]]
    return start, [(one.to_ms, other.from_ms, other.before) for one, other in pairwise(spans)]
