"""The table of coverage: which spans of time are known, and what each good poll adds.

The rules are in ``domain/coverage/``; this module applies them to the stored spans.
"""

from collections.abc import Collection, Iterable, Sequence

import apsw
import msgspec

from creditcurve.domain.coverage import (
    GapKind,
    Observation,
    Span,
    extended,
    has_same_gaps,
    may_be_overdue,
    moment,
)
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.record import Record
from creditcurve.domain.retention import NEVER
from creditcurve.store.sqlite import stored_values, versions
from creditcurve.store.values.polling import Poll

_SPANS = "SELECT from_ms, to_ms, before, interval_s FROM coverage ORDER BY from_ms"
_LAST = "SELECT from_ms, to_ms, before, interval_s FROM coverage ORDER BY from_ms DESC LIMIT 1"
_NEWEST = "SELECT t_ms FROM record WHERE t_ms <= ? ORDER BY t_ms DESC LIMIT 1"
_BETWEEN = "SELECT id, t_ms FROM record WHERE t_ms > ? AND t_ms <= ? ORDER BY t_ms"
_HAS_SITE_HOUR = "SELECT EXISTS (SELECT 1 FROM site_hour WHERE t_ms > ? AND t_ms <= ?)"
_DELETE = "DELETE FROM coverage WHERE from_ms = ?"
_PUT = "INSERT INTO coverage (from_ms, to_ms, before, interval_s) VALUES (?, ?, ?, ?)"
_SILENCE = "silence"


class Silence(msgspec.Struct, frozen=True):
    """A series of answers without rows although rows are stored.

    ``from_ms`` is the end of the last answer with rows.
    """

    from_ms: int


def spans_of(connection: apsw.Connection) -> tuple[Span, ...]:
    """Return all spans, oldest first."""
    return tuple(_span(row) for row in connection.execute(_SPANS))


def last_span(connection: apsw.Connection) -> Span | None:
    """Return the newest span, if there is one."""
    row = connection.execute(_LAST).fetchone()
    return None if row is None else _span(row)


def extend(
    connection: apsw.Connection,
    poll: Poll,
    records: Sequence[Record],
    stored: Collection[int],
    horizon_ms: int = NEVER,
) -> GapKind | None:
    """Extend the coverage by an answer, before its records are stored.

    Args:
        connection: the writer, in its transaction.
        poll: the poll.
        records: the answer's records, each id once.
        stored: the ids among them that are stored already.
        horizon_ms: older records count as stored, and will not be stored.

    Returns:
        The kind of gap before the answer; None if it overlaps the known records.
    """
    before = spans_of(connection)
    known = {one.id for one in records if one.id in stored or one.t_ms < horizon_ms}
    observation = _observation(connection, poll, records, known, before)
    if observation is None:
        return None
    kept_from_ms = _kept_from([one.t_ms for one in records if one.t_ms < horizon_ms], before)
    after = extended(before, msgspec.structs.replace(observation, kept_from_ms=kept_from_ms))
    replace_spans(connection, before, after.spans)
    if before:
        _advance_versions(connection, before[-1], after.spans[-1])
    _note_silence(connection, observation, before)
    return after.left


def has_polled_records(connection: apsw.Connection) -> bool:
    """Return whether a poll has returned records; imports do not count."""
    spans = spans_of(connection)
    newest_ms = _newest_stored(connection, spans, spans[-1].to_ms) if spans else None
    return newest_ms is not None and newest_ms >= spans[0].from_ms


def replace_spans(
    connection: apsw.Connection, before: Sequence[Span], after: Sequence[Span]
) -> None:
    """Store the spans that differ; give the coverage a new version if a gap changes."""
    if not has_same_gaps(before, after):
        versions.advance_coverage(connection)
    for span in set(before) - set(after):
        connection.execute(_DELETE, (span.from_ms,))
    for span in set(after) - set(before):
        row = (span.from_ms, span.to_ms, span.before.value, span.interval_s)
        connection.execute(_PUT, row)


def _advance_versions(connection: apsw.Connection, before: Span, after: Span) -> None:
    """Advance the versions of answers that change because the newest span has moved.

    The end of a gap after it is not stored, and neither is which of the site's hours end within it.
    """
    if may_be_overdue(before, now_ms=after.to_ms):
        versions.advance_coverage(connection)
    moved_ms = sorted((before.to_ms - HOUR_MS, after.to_ms - HOUR_MS))
    if connection.execute(_HAS_SITE_HOUR, moved_ms).get:
        versions.advance_sums(connection)


def _observation(
    connection: apsw.Connection,
    poll: Poll,
    records: Sequence[Record],
    known: Collection[int],
    spans: Sequence[Span],
) -> Observation | None:
    """Return the range that the answer proves to be complete, if there is one."""
    if not records and poll.answer.rejects:
        return None
    times = [record.t_ms for record in records]
    now_ms = moment(times, poll.at_ms)
    oldest_ms = min(times, default=None)
    until_ms = now_ms
    if poll.hours is not None:
        since_ms = poll.at_ms - poll.hours * HOUR_MS if oldest_ms is None else oldest_ms
        until = _complete_until(connection, records, since_ms, now_ms)
        if until is None:
            return None
        until_ms = until
    shared = [record.t_ms for record in records if record.id in known]
    return Observation(
        now_ms=now_ms,
        interval_s=poll.interval_s,
        oldest_ms=oldest_ms,
        until_ms=until_ms,
        shared_ms=min(shared, default=None),
        newest_stored_ms=_newest_stored(connection, spans, now_ms),
        silent_from_ms=_silent_from(connection),
        paused_by=GapKind.SCHEDULED if poll.was_scheduled else GapKind.NOT_COLLECTING,
    )


def _note_silence(
    connection: apsw.Connection, observation: Observation, before: Sequence[Span]
) -> None:
    """Store since when answers contain no row, until one contains some again."""
    if observation.oldest_ms is not None:
        if observation.silent_from_ms is not None:
            stored_values.delete(connection, _SILENCE)
    elif before and observation.newest_stored_ms is not None and observation.silent_from_ms is None:
        stored_values.put(connection, _SILENCE, Silence(before[-1].to_ms))


def _silent_from(connection: apsw.Connection) -> int | None:
    silence = stored_values.get(connection, _SILENCE, Silence)
    return None if silence is None else silence.from_ms


def _complete_until(
    connection: apsw.Connection, records: Sequence[Record], since_ms: int, now_ms: int
) -> int | None:
    """Return up to when a back-fill is complete; None if it misses stored rows.

    How the upstream treats ``hours`` is not documented: an answer is trusted as far as it contains
    every row that is stored already.
    """
    answered = {record.id for record in records}
    newest_ms = max((record.t_ms for record in records), default=None)
    for known_id, t_ms in connection.execute(_BETWEEN, (since_ms, now_ms)):
        if known_id not in answered:
            return newest_ms if newest_ms is not None and newest_ms < t_ms else None
    return now_ms


def _kept_from(removed_ms: Iterable[int], spans: Sequence[Span]) -> int | None:
    """Return from when on the store has every row of an answer whose oldest rows are too old.

    Those within a known span are part of the sums. Others are not stored at all: up to the newest
    of them the answer proves nothing.
    """
    lost = [
        t_ms for t_ms in removed_ms if not any(span.from_ms <= t_ms <= span.to_ms for span in spans)
    ]
    return max(lost) + 1 if lost else None


def _newest_stored(connection: apsw.Connection, spans: Sequence[Span], now_ms: int) -> int | None:
    """Return the time of the newest row stored within the known spans."""
    if not spans:
        return None
    found = connection.execute(_NEWEST, (min(spans[-1].to_ms, now_ms),)).fetchone()
    return None if found is None else int(found[0])


def _span(row: tuple[int, int, str, int]) -> Span:
    from_ms, to_ms, before, interval_s = row
    return Span(from_ms, to_ms, GapKind(before), interval_s)
