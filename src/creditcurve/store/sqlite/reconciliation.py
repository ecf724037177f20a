"""The table of the site's hourly sums; the rules are in ``domain/reconciliation.py``.

The site's sums are stored as received, and compared when an answer is read: a record that arrives
late or is imported removes a difference.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import apsw
import msgspec

from creditcurve.domain import reconciliation as rules
from creditcurve.domain.coverage import Gap, Span, gaps
from creditcurve.domain.credits import total
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.reconciliation import (
    UNIT_HOURS,
    ChartHour,
    Difference,
    HourSums,
    Reconciliation,
)
from creditcurve.store.sqlite import stored_values, versions
from creditcurve.store.sqlite.amounts import Amount, from_sql, minus, sum_of, to_sql
from creditcurve.store.sqlite.coverage import spans_of

SHOWN_HOURS = 24

_STATE = "reconciliation"
_OTHER = """
    SELECT ifnull(sum(iif(typeof(credits) = 'integer', max(credits, 0), 0)), 0),
           group_concat(iif(typeof(credits) = 'text' AND credits NOT LIKE '-%', credits, NULL), ' ')
      FROM record
     WHERE t_ms >= ? AND t_ms < ? AND source IN (SELECT id FROM source WHERE NOT counts)
"""
_PUT = "INSERT OR REPLACE INTO site_hour (t_ms, consumed, other) VALUES (?, ?, ?)"
_SUMS = """
    SELECT site_hour.t_ms, consumed, other,
           ifnull(sum(iif(typeof(credits) = 'integer', credits, 0)), 0),
           group_concat(iif(typeof(credits) = 'text', credits, NULL), ' ')
      FROM site_hour LEFT JOIN rollup ON level = 3600 AND t = site_hour.t_ms
           AND rollup.source IN (SELECT id FROM source WHERE counts)
     WHERE site_hour.t_ms >= ? AND site_hour.t_ms < ?
     GROUP BY 1
     ORDER BY 1
"""
_HOURS_OF = """
    SELECT site_hour.t_ms, other, credits
      FROM site_hour JOIN rollup ON level = 3600 AND t = site_hour.t_ms AND source = ?
"""
_SET_OTHER = "UPDATE site_hour SET other = ? WHERE t_ms = ?"
_HOURS_IN = "SELECT t_ms FROM site_hour WHERE t_ms IN (SELECT value FROM json_each(?))"
_NEWEST = "SELECT t_ms FROM site_hour WHERE t_ms < ? ORDER BY t_ms DESC LIMIT 1 OFFSET ?"


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """When the site's sums were last read, and its number for one credit of ours (a fraction)."""

    at_ms: int
    numerator: int
    denominator: int

    @property
    def factor(self) -> Fraction:
        """The site's number for one credit of ours."""
        return Fraction(self.numerator, self.denominator)


def save(connection: apsw.Connection, chart: Iterable[ChartHour], *, at_ms: int) -> None:
    """Store the site's sums of full hours, and determine its unit again."""
    for hour in chart:
        other = _other(connection, hour.t_ms)
        connection.execute(_PUT, (hour.t_ms, to_sql(hour.consumed), other))
    factor = rules.unit_factor(_newest(connection, UNIT_HOURS))
    reading = Reading(at_ms=at_ms, numerator=factor.numerator, denominator=factor.denominator)
    stored_values.put(connection, _STATE, reading)
    versions.advance_sums(connection)


def note_records(connection: apsw.Connection, times_ms: Iterable[int]) -> None:
    """Sum again the records that do not count, in the hours of new records that the site reported.

    The sums then get a new version, as the revision alone does not make clients ask again: they add
    new records to their answer.
    """
    hours = {t_ms // HOUR_MS * HOUR_MS for t_ms in times_ms}
    encoded = msgspec.json.encode(list(hours)).decode()
    known: list[Any] = connection.execute(_HOURS_IN, (encoded,)).fetchall()
    for (t_ms,) in known:
        connection.execute(_SET_OTHER, (_other(connection, t_ms), t_ms))
    if known:
        versions.advance_sums(connection)


def switch_source(connection: apsw.Connection, source: int, *, counts: bool) -> None:
    """Take the hours of a source from the records that do not count, or add them to these."""
    hours: list[Any] = connection.execute(_HOURS_OF, (source,)).fetchall()
    for t_ms, other, stored in hours:
        amount = from_sql(stored)
        moved = total((from_sql(other), minus(amount) if counts else amount))
        connection.execute(_SET_OTHER, (to_sql(max(moved, 0)), t_ms))


def latest(connection: apsw.Connection) -> Reconciliation | None:
    """Return the comparison of the newest hours; None if the site has never sent its sums."""
    reading = stored_values.get(connection, _STATE, Reading)
    if reading is None:
        return None
    hours = _newest(connection, SHOWN_HOURS)
    return rules.reconciled(hours, reading.factor, at_ms=reading.at_ms)


def differences(connection: apsw.Connection, from_ms: int, to_ms: int) -> tuple[Difference, ...]:
    """Return the hours that differ and overlap ``[from_ms, to_ms)``."""
    reading = stored_values.get(connection, _STATE, Reading)
    if reading is None:
        return ()
    hours = _sums(connection, from_ms // HOUR_MS * HOUR_MS, to_ms, spans_of(connection))
    return rules.differences(hours, reading.factor)


def _other(connection: apsw.Connection, hour_ms: int) -> Amount:
    """Return the sum, as stored, of the records of an hour that do not count."""
    whole, texts = connection.execute(_OTHER, (hour_ms, hour_ms + HOUR_MS)).get
    return to_sql(sum_of(whole, texts))


def _newest(connection: apsw.Connection, count: int) -> list[HourSums]:
    """Return the newest hours that can be compared."""
    spans = spans_of(connection)
    if not spans:
        return []
    end_ms = spans[-1].to_ms - HOUR_MS + 1
    first_ms = connection.execute(_NEWEST, (end_ms, count - 1)).get
    return _sums(connection, 0 if first_ms is None else first_ms, end_ms, spans)


def _sums(
    connection: apsw.Connection, from_ms: int, to_ms: int, spans: Sequence[Span]
) -> list[HourSums]:
    """Return both sums of each hour that begins in the range and ended before the last poll."""
    if not spans:
        return []
    known_ms = spans[-1].to_ms
    holes = gaps(spans, from_ms=from_ms, to_ms=known_ms, now_ms=known_ms, interval_s=0)
    starts = [hole.from_ms for hole in holes]
    return [
        HourSums(
            t_ms=t_ms,
            theirs=from_sql(consumed),
            counted=sum_of(whole, texts),
            other=from_sql(other),
            is_whole=not _is_holed(t_ms, holes, starts),
        )
        for t_ms, consumed, other, whole, texts in connection.execute(
            _SUMS, (from_ms, min(to_ms, known_ms - HOUR_MS + 1))
        )
    ]


def _is_holed(hour_ms: int, holes: Sequence[Gap], starts: Sequence[int]) -> bool:
    """Return whether one of the sorted holes overlaps the hour."""
    before_its_end = bisect_left(starts, hour_ms + HOUR_MS)
    return before_its_end > 0 and holes[before_its_end - 1].to_ms > hour_ms
