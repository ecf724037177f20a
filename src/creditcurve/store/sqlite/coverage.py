"""Coverage in the store: which spans are known, and what each good poll adds to them.

The rules are ``domain/coverage.py``; here they meet what is stored.
"""

from collections.abc import Collection, Iterable, Sequence

import apsw
import msgspec

from creditcurve.domain.coverage import GapKind, Sight, Span, extended, moment
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.record import Record
from creditcurve.domain.retention import NEVER
from creditcurve.store.sqlite import state
from creditcurve.store.values import Poll

_SPANS = "SELECT from_ms, to_ms, before, interval_s FROM coverage ORDER BY from_ms"
_NEWEST = "SELECT t_ms FROM record WHERE t_ms <= ? ORDER BY t_ms DESC LIMIT 1"
_BETWEEN = "SELECT id, t_ms FROM record WHERE t_ms > ? AND t_ms <= ? ORDER BY t_ms"
_SILENCE = "silence"


class Silence(msgspec.Struct, frozen=True):
    """Answers hold no row although rows are stored; ``from_ms`` is where the last proof ended."""

    from_ms: int


def spans_of(connection: apsw.Connection) -> tuple[Span, ...]:
    """All spans, oldest first."""
    return tuple(
        Span(from_ms, to_ms, GapKind(before), interval_s)
        for from_ms, to_ms, before, interval_s in connection.execute(_SPANS)
    )


def observe(
    connection: apsw.Connection,
    poll: Poll,
    records: Sequence[Record],
    stored: Collection[int],
    horizon_ms: int = NEVER,
) -> GapKind | None:
    """Take in what an answer proves, before its records are stored; the gap left before it.

    Args:
        connection: the writer, in its transaction.
        poll: the poll.
        records: the answer's records, each id once.
        stored: the ids among them that are stored already.
        horizon_ms: older ones count as stored, and will not be taken in.
    """
    before = spans_of(connection)
    known = {one.id for one in records if one.id in stored or one.t_ms < horizon_ms}
    sight = _sight(connection, poll, records, known, before)
    if sight is None:
        return None
    kept_from_ms = _kept_from([one.t_ms for one in records if one.t_ms < horizon_ms], before)
    after = extended(before, msgspec.structs.replace(sight, kept_from_ms=kept_from_ms))
    replace_spans(connection, before, after.spans)
    _note_silence(connection, sight, before)
    return after.left


def has_told(connection: apsw.Connection) -> bool:
    """Whether an answer has told of a row yet; of what was imported none has."""
    spans = spans_of(connection)
    newest_ms = _newest_stored(connection, spans, spans[-1].to_ms) if spans else None
    return newest_ms is not None and newest_ms >= spans[0].from_ms


def replace_spans(
    connection: apsw.Connection, before: Collection[Span], after: Collection[Span]
) -> None:
    """Write the spans that differ."""
    for span in set(before) - set(after):
        connection.execute("DELETE FROM coverage WHERE from_ms = ?", (span.from_ms,))
    for span in set(after) - set(before):
        connection.execute(
            "INSERT INTO coverage (from_ms, to_ms, before, interval_s) VALUES (?, ?, ?, ?)",
            (span.from_ms, span.to_ms, span.before.value, span.interval_s),
        )


def _sight(
    connection: apsw.Connection,
    poll: Poll,
    records: Sequence[Record],
    known: Collection[int],
    spans: Sequence[Span],
) -> Sight | None:
    """What the answer shows; None where it proves nothing."""
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
    return Sight(
        now_ms=now_ms,
        interval_s=poll.interval_s,
        oldest_ms=oldest_ms,
        until_ms=until_ms,
        shared_ms=min(shared, default=None),
        newest_stored_ms=_newest_stored(connection, spans, now_ms),
        silent_from_ms=_silent_from(connection),
    )


def _note_silence(connection: apsw.Connection, sight: Sight, before: Sequence[Span]) -> None:
    """Remember since when answers hold no row, until one holds some again."""
    if sight.oldest_ms is not None:
        if sight.silent_from_ms is not None:
            state.forget(connection, _SILENCE)
    elif before and sight.newest_stored_ms is not None and sight.silent_from_ms is None:
        state.write(connection, _SILENCE, Silence(before[-1].to_ms))


def _silent_from(connection: apsw.Connection) -> int | None:
    silence = state.read(connection, _SILENCE, Silence)
    return None if silence is None else silence.from_ms


def _complete_until(
    connection: apsw.Connection, records: Sequence[Record], since_ms: int, now_ms: int
) -> int | None:
    """Up to when a back-fill is complete; None where it lacks rows that are known.

    Nobody promises what an upstream does with ``hours``: it is believed as far as it holds every
    row that is stored already.
    """
    answered = {record.id for record in records}
    newest_ms = max((record.t_ms for record in records), default=None)
    for known_id, t_ms in connection.execute(_BETWEEN, (since_ms, now_ms)):
        if known_id not in answered:
            return newest_ms if newest_ms is not None and newest_ms < t_ms else None
    return now_ms


def _kept_from(removed_ms: Iterable[int], spans: Sequence[Span]) -> int | None:
    """From when on the store has all of an answer whose older rows will not be taken in.

    Those that lie in a known span are in the sums. Others are nowhere: up to the newest of them the
    answer proves nothing.
    """
    lost = [
        t_ms for t_ms in removed_ms if not any(span.from_ms <= t_ms <= span.to_ms for span in spans)
    ]
    return max(lost) + 1 if lost else None


def _newest_stored(connection: apsw.Connection, spans: Sequence[Span], now_ms: int) -> int | None:
    """The newest stored row that the last proof knew of."""
    if not spans:
        return None
    found = connection.execute(_NEWEST, (min(spans[-1].to_ms, now_ms),)).fetchone()
    return None if found is None else int(found[0])
