"""Extends the known spans by an answer of the upstream."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from creditcurve.domain.coverage.overdue import is_overdue
from creditcurve.domain.coverage.span import GapKind, Span

MAX_CLOCK_SKEW_MS: Final = 300_000
"""Rows dated further ahead of the poll are ignored, unless all of them are."""


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """The facts about a good answer, by itself and compared with the stored rows.

    Attributes:
        now_ms: the moment of the poll (``moment`` makes it from the clock and the rows).
        interval_s: the poll interval at that moment.
        oldest_ms: the answer's oldest row; None without a row.
        until_ms: up to when the answer is complete: ``now_ms``, or its newest row if it is not a
            list of the newest rows.
        shared_ms: the oldest of its rows that was stored already; None if none was.
        newest_stored_ms: the newest stored row that is no later than the end of the last span.
        silent_from_ms: the end of the span of the last answer with rows, if later answers contained
            none although rows are stored.
        kept_from_ms: from when on its rows are stored; None if all of them are.
        paused_by: the kind of a gap in which no poll was made.
    """

    now_ms: int
    interval_s: int
    oldest_ms: int | None
    until_ms: int
    shared_ms: int | None = None
    newest_stored_ms: int | None = None
    silent_from_ms: int | None = None
    kept_from_ms: int | None = None
    paused_by: GapKind = GapKind.NOT_COLLECTING


class Extension(msgspec.Struct, frozen=True, kw_only=True):
    """The spans after an answer, and the kind of gap before it; None if it overlaps."""

    spans: tuple[Span, ...]
    left: GapKind | None = None

    @property
    def overlaps(self) -> bool:
        """Whether it continued the known rows; if not, rows may have been missed."""
        return self.left is None


def moment(times_ms: Sequence[int], at_ms: int) -> int:
    """Return the moment of a poll in the rows' own time.

    The newest row corrects a clock that runs behind the upstream's. A single row far in the future
    is ignored; if all rows are there, the clock is wrong.
    """
    return max([at_ms, *sound(times_ms, at_ms)])


def sound(times_ms: Sequence[int], at_ms: int) -> Sequence[int]:
    """Return the believable times of an answer: a row dated far ahead would hide every loss."""
    return [t_ms for t_ms in times_ms if t_ms <= at_ms + MAX_CLOCK_SKEW_MS] or times_ms


def extended(spans: Sequence[Span], observation: Observation) -> Extension:
    """Return the spans after an answer.

    The overlap rule: an answer continues the known rows if it shares a row with them or reaches
    back to the newest stored row. Otherwise rows may have been missed since the last answer with
    rows: an answer without rows, from a site that has sent some before, decides nothing. If the
    answer's oldest row is older than that (clocks differ), they may have been missed since the
    newest stored row.
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


def _prolonged(spans: Sequence[Span], observation: Observation) -> tuple[Span, ...]:
    """Extend the last span up to now: an answer without rows says that nothing happened."""
    start = spans[-1].to_ms if spans else observation.now_ms
    if start > observation.now_ms:
        return tuple(spans)
    return _joined(spans, Span(start, observation.now_ms, interval_s=observation.interval_s))


def _continues(last: Span, observation: Observation) -> bool:
    """Return whether the answer shares a row with the last span, or reaches its newest row."""
    if observation.shared_ms is not None and observation.shared_ms <= last.to_ms:
        return True
    reach_ms = last.to_ms if observation.newest_stored_ms is None else observation.newest_stored_ms
    return observation.oldest_ms is not None and observation.oldest_ms <= reach_ms


def _doubtful_from(last: Span, observation: Observation, start_ms: int) -> int:
    """Return since when rows may have been missed before an answer that does not overlap."""
    end_ms = last.to_ms if observation.silent_from_ms is None else observation.silent_from_ms
    if start_ms <= end_ms and observation.newest_stored_ms is not None:
        return observation.newest_stored_ms
    return end_ms


def _kind(spans: Sequence[Span], observation: Observation) -> GapKind:
    """Return why rows may be missing before an answer that does not overlap."""
    last = spans[-1] if spans else None
    if is_overdue(last, now_ms=observation.now_ms, interval_s=observation.interval_s):
        return observation.paused_by
    return GapKind.POSSIBLE_LOSS


def _without_future(spans: Iterable[Span], now_ms: int) -> tuple[Span, ...]:
    """Cut spans at now: a clock that ran ahead proved nothing about the future."""
    return tuple(
        msgspec.structs.replace(span, to_ms=min(span.to_ms, now_ms))
        for span in spans
        if span.from_ms <= now_ms
    )


def _cut(spans: Iterable[Span], from_ms: int, to_ms: int, kind: GapKind) -> tuple[Span, ...]:
    """Remove the time between two moments from the spans."""
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
    """Add a proved span: merge it with every span it touches."""
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
