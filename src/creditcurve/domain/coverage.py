"""Coverage: which stretches of time are known completely, and the gaps between them.

Each good poll proves a span: an answer holds the newest rows, so everything between its oldest row
and the moment of the poll is in it. Answers that overlap make one span of many polls; one that does
not reach back to what is known leaves a gap. A stretch that no poll proved is a gap.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final

import msgspec

MAX_CLOCK_SKEW_MS: Final = 300_000
"""Rows dated further ahead of the poll than this say nothing, unless all of them are."""
MIN_GRACE_S: Final = 300
"""Polls no further apart than this (or three intervals) count as one after the other."""


class GapKind(StrEnum):
    """Why a stretch is not known completely."""

    NOT_COLLECTING = "not_collecting"
    POSSIBLE_LOSS = "possible_loss"


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of time, ``[from_ms, to_ms]``, about which everything is known.

    ``before`` says why the stretch before it is not known; ``interval_s`` is the poll interval when
    its end was proved.
    """

    from_ms: int
    to_ms: int
    before: GapKind = GapKind.NOT_COLLECTING
    interval_s: int = 60


class Gap(msgspec.Struct, frozen=True, order=True):
    """A stretch of time, ``[from_ms, to_ms]``, in which records may be missing."""

    from_ms: int
    to_ms: int
    kind: GapKind


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """What one good answer shows, by itself and against what was stored before it.

    Attributes:
        now_ms: the moment of the poll (``moment`` makes it from the clock and the rows).
        interval_s: the poll interval at that moment.
        oldest_ms: the answer's oldest row; None where it has no row.
        until_ms: up to when the answer is complete: ``now_ms``, or its newest row where it is not
            a list of the newest.
        shared_ms: the oldest of its rows that was stored already; None where none was.
        newest_stored_ms: the newest stored row that is no later than the last proof's end.
        silent_from_ms: the end of what the last answer with rows proved, where answers since then
            held none although rows are stored.
        kept_from_ms: from when on its rows are in the store; None where all of them are.
    """

    now_ms: int
    interval_s: int
    oldest_ms: int | None
    until_ms: int
    shared_ms: int | None = None
    newest_stored_ms: int | None = None
    silent_from_ms: int | None = None
    kept_from_ms: int | None = None


class Extension(msgspec.Struct, frozen=True, kw_only=True):
    """The spans after an answer, and the gap that it leaves before it; None where it overlaps."""

    spans: tuple[Span, ...]
    left: GapKind | None = None

    @property
    def overlaps(self) -> bool:
        """Whether it continued what was known; if not, rows may have been missed."""
        return self.left is None


def moment(times_ms: Sequence[int], at_ms: int) -> int:
    """The moment of a poll in the rows' own time.

    A clock that runs behind the upstream's is corrected by the newest row: up to it everything was
    seen. One row far in the future corrects nothing; where all are, the clock is wrong.
    """
    return max([at_ms, *sound(times_ms, at_ms)])


def sound(times_ms: Sequence[int], at_ms: int) -> Sequence[int]:
    """The times that may speak for an answer: a row dated far ahead would hide every loss."""
    return [t_ms for t_ms in times_ms if t_ms <= at_ms + MAX_CLOCK_SKEW_MS] or times_ms


def extended(spans: Sequence[Span], observation: Observation) -> Extension:
    """Take in what an answer proves.

    The overlap rule: an answer continues what is known where it shares a row with it or reaches
    back to the newest stored row. Else rows may have been missed since the last answer with rows:
    one without any, from a site that has told of some, only puts the question off. Where the
    answer's oldest row is older than that (clocks differ), it is since the newest stored row.
    """
    if observation.oldest_ms is None:
        return Extension(spans=_prolonged(spans, observation))
    known = _without_future(spans, observation.now_ms)
    overlaps = not known or _continues(known[-1], observation)
    start = observation.oldest_ms
    if observation.kept_from_ms is not None:
        start = min(observation.kept_from_ms, observation.until_ms)
    proof = Span(start, observation.until_ms, _kind(spans, observation), observation.interval_s)
    if not overlaps:
        known = _cut(known, _doubtful_from(known[-1], observation, start), start, proof.before)
    return Extension(spans=_joined(known, proof), left=None if overlaps else proof.before)


def gaps(
    spans: Sequence[Span], *, from_ms: int, to_ms: int, now_ms: int, interval_s: int
) -> tuple[Gap, ...]:
    """The gaps of ``[from_ms, to_ms]``, none of them later than now.

    The stretch since the last poll is a gap only once a next one is overdue by the interval.
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
        found.append(Gap(cursor, end_ms, GapKind.NOT_COLLECTING))
    return tuple(found)


def known_share(gaps: Iterable[Gap], *, from_ms: int, to_ms: int, now_ms: int) -> float | None:
    """How much of a range, up to now, no gap lies in: 0 to 1, and 1 only where there is none.

    Args:
        gaps: the range's gaps, as ``gaps`` gives them.
        from_ms: where the range begins; what lies before the first poll is a gap like any other.
        to_ms: where it ends.
        now_ms: what lies later than this has no say.

    Returns:
        The share; None where no moment of the range has passed.
    """
    length_ms = min(to_ms, now_ms) - from_ms
    if length_ms <= 0:
        return None
    missing_ms = sum(gap.to_ms - gap.from_ms for gap in gaps)
    return (length_ms - missing_ms) / length_ms


def has_same_gaps(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    """Return whether both have the same gaps, but for the time since the last poll."""
    return _stored_gaps(spans) == _stored_gaps(others)


def is_overdue(last: Span | None, *, now_ms: int, interval_s: int) -> bool:
    """Return whether the time since the last poll is a gap."""
    return last is None or now_ms - last.to_ms > _grace_ms(last, interval_s)


def may_be_overdue(last: Span, *, now_ms: int) -> bool:
    """Return whether an answer may have shown the time since the last poll as a gap.

    Half of the shortest time allowed makes up for clocks that are read at different moments.
    """
    return now_ms - last.to_ms > _grace_ms(last, last.interval_s) / 2


def _stored_gaps(spans: Sequence[Span]) -> tuple[list[int], list[tuple[int, int, GapKind]]]:
    start = [span.from_ms for span in spans[:1]]
    return start, [(one.to_ms, other.from_ms, other.before) for one, other in pairwise(spans)]


def _prolonged(spans: Sequence[Span], observation: Observation) -> tuple[Span, ...]:
    """An answer without rows: nothing has happened since what is known, up to now."""
    start = spans[-1].to_ms if spans else observation.now_ms
    if start > observation.now_ms:
        return tuple(spans)
    return _joined(spans, Span(start, observation.now_ms, interval_s=observation.interval_s))


def _continues(last: Span, observation: Observation) -> bool:
    """Whether the answer shares a row with what is known, or reaches back to its newest row."""
    if observation.shared_ms is not None and observation.shared_ms <= last.to_ms:
        return True
    reach_ms = last.to_ms if observation.newest_stored_ms is None else observation.newest_stored_ms
    return observation.oldest_ms is not None and observation.oldest_ms <= reach_ms


def _doubtful_from(last: Span, observation: Observation, start_ms: int) -> int:
    """Since when rows may have been missed, where an answer does not overlap."""
    end_ms = last.to_ms if observation.silent_from_ms is None else observation.silent_from_ms
    if start_ms <= end_ms and observation.newest_stored_ms is not None:
        return observation.newest_stored_ms
    return end_ms


def _kind(spans: Sequence[Span], observation: Observation) -> GapKind:
    """Return why rows may be missing before an answer that does not overlap."""
    last = spans[-1] if spans else None
    if is_overdue(last, now_ms=observation.now_ms, interval_s=observation.interval_s):
        return GapKind.NOT_COLLECTING
    return GapKind.POSSIBLE_LOSS


def _grace_ms(last: Span, interval_s: int) -> int:
    return max(3 * max(last.interval_s, interval_s), MIN_GRACE_S) * 1000


def _without_future(spans: Iterable[Span], now_ms: int) -> tuple[Span, ...]:
    """What was proved by a clock that ran ahead is no proof of what has not happened yet."""
    return tuple(
        msgspec.structs.replace(span, to_ms=min(span.to_ms, now_ms))
        for span in spans
        if span.from_ms <= now_ms
    )


def _cut(spans: Iterable[Span], from_ms: int, to_ms: int, kind: GapKind) -> tuple[Span, ...]:
    """Take what lies between the two moments out of the spans."""
    kept: list[Span] = []
    for span in spans:
        if span.from_ms <= from_ms:
            kept.append(msgspec.structs.replace(span, to_ms=min(span.to_ms, from_ms)))
        if span.to_ms > to_ms:
            start = max(span.from_ms, to_ms)
            before = span.before if start == span.from_ms else kind
            kept.append(msgspec.structs.replace(span, from_ms=start, before=before))
    return tuple(kept)


def _joined(spans: Sequence[Span], proof: Span) -> tuple[Span, ...]:
    """Add a proof: it becomes one with every span it touches, else stands alone in its gap."""
    earlier = [span for span in spans if span.to_ms < proof.from_ms]
    later = [span for span in spans if span.from_ms > proof.to_ms]
    touched = spans[len(earlier) : len(spans) - len(later)]
    following = [*touched, *later]
    latest = max([proof, *touched], key=lambda span: span.to_ms)
    one = Span(
        from_ms=min([proof, *touched]).from_ms,
        to_ms=latest.to_ms,
        before=following[0].before if following else proof.before,
        interval_s=latest.interval_s,
    )
    return (*earlier, one, *later)
