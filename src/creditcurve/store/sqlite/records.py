"""Records in the store: taking them in, and finding them again.

A record is known by the upstream's id. Each row that is new or changed gets the next revision; one
that came before as it is changes nothing.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

import apsw

from creditcurve.domain.coverage import mark_of
from creditcurve.domain.credits import Credits
from creditcurve.domain.record import Record, StoredRecord
from creditcurve.store.errors import BadCursor
from creditcurve.store.sqlite import rollups
from creditcurve.store.sqlite.amounts import MAX_INTEGER, Amount, from_sql, to_sql
from creditcurve.store.sqlite.coverage import spans_of
from creditcurve.store.sqlite.rollups import Change
from creditcurve.store.values import Filter, RecordsPage, RecordsQuery, RecordsSummary

EXPORT_CHUNK: Final = 2_000

_MIN, _MAX = -(2**63), 2**63 - 1
_STORED = "SELECT t_ms, source, credits, status, extra FROM record WHERE id = ?"
_PUT = """
    INSERT INTO record (revision, t_ms, source, credits, status, extra, id)
    VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE
       SET revision = excluded.revision, t_ms = excluded.t_ms, source = excluded.source,
           credits = excluded.credits, status = excluded.status, extra = excluded.extra
"""
_FIND_SOURCE = """
    SELECT id, counts FROM source
     WHERE model = :model AND endpoint = :endpoint AND type = :type
       AND (api_key IS NULL) = (:api_key IS NULL) AND ifnull(api_key, '') = ifnull(:api_key, '')
"""
_PUT_SOURCE = """
    INSERT INTO source (type, endpoint, model, api_key, counts)
    VALUES (:type, :endpoint, :model, :api_key, :counts)
"""
_REVISION = "SELECT revision FROM tally"
_COUNT = "UPDATE tally SET revision = ?, total = total + ?, counted = counted + ?"
_SUMMARY = """
    SELECT total, counted, quarantined,
           (SELECT min(t_ms) FROM record), (SELECT max(t_ms) FROM record), revision,
           removed, horizon_ms
      FROM tally
"""
_MODELS = "SELECT model FROM source WHERE counts GROUP BY model ORDER BY min(id) LIMIT 64"

_KNOWN = """
    SELECT revision, record.id, t_ms, type, endpoint, model, credits, status, api_key, extra
      FROM record CROSS JOIN source ON source.id = record.source
     WHERE record.id = ?
"""

# CROSS JOIN keeps SQLite to this order: along the record's index, never by way of the source.
_SINCE = """
    SELECT revision, record.id, t_ms, type, endpoint, model, credits, status, api_key, extra
      FROM record CROSS JOIN source ON source.id = record.source
     WHERE revision > ?
     ORDER BY revision
     LIMIT ?
"""
_NEWEST_FIRST = """
    SELECT revision, record.id, t_ms, type, endpoint, model, credits, status, api_key, extra
      FROM record CROSS JOIN source ON source.id = record.source
     WHERE t_ms >= :from AND t_ms < :to AND (t_ms, record.id) < (:t_ms, :id)
       AND (:model IS NULL OR model = :model)
       AND (:endpoint IS NULL OR endpoint = :endpoint)
       AND (:counts IS NULL OR counts = :counts)
       AND (:least IS NULL OR iif(typeof(credits) = 'integer', credits >= :least_whole,
                                  is_at_least(credits, :least)))
     ORDER BY t_ms DESC, record.id DESC
     LIMIT :limit
"""
_OLDEST_FIRST = """
    SELECT revision, record.id, t_ms, type, endpoint, model, credits, status, api_key, extra
      FROM record CROSS JOIN source ON source.id = record.source
     WHERE t_ms >= :from AND t_ms < :to AND (t_ms, record.id) > (:t_ms, :id)
       AND (:model IS NULL OR model = :model)
       AND (:endpoint IS NULL OR endpoint = :endpoint)
       AND (:counts IS NULL OR counts = :counts)
       AND (:least IS NULL OR iif(typeof(credits) = 'integer', credits >= :least_whole,
                                  is_at_least(credits, :least)))
     ORDER BY t_ms, record.id
     LIMIT :limit
"""


class Taken(NamedTuple):
    """How many rows were new and changed, and the revision after them."""

    new: int
    updated: int
    revision: int


class StoredRow(NamedTuple):
    """A record's row as it stands in its table, without id and revision."""

    t_ms: int
    source: int
    credits: Amount
    status: int | None
    extra: str


class Sources:
    """The sources of records, by number; each is looked up once and made where there is none."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, str, str, str | None], int] = {}
        self.counting: set[int] = {
            number for (number,) in connection.execute("SELECT id FROM source WHERE counts")
        }

    def number_of(self, record: Record) -> int:
        """The number of the record's source."""
        identity = (record.type, record.endpoint, record.model, record.api_key)
        number = self._known.get(identity)
        if number is None:
            number = self._known[identity] = self._find(record)
        return number

    def _find(self, record: Record) -> int:
        columns: dict[str, str | int | None] = {
            "type": record.type,
            "endpoint": record.endpoint,
            "model": record.model,
            "api_key": record.api_key,
        }
        found = self._connection.execute(_FIND_SOURCE, columns).fetchone()
        if found is not None:
            return int(found[0])
        self._connection.execute(_PUT_SOURCE, {**columns, "counts": record.counts})
        number = self._connection.last_insert_rowid()
        if record.counts:
            self.counting.add(number)
        return number


def once_each(records: Iterable[Record]) -> tuple[Record, ...]:
    """Each id once: an answer is newest first, so its first word on an id is the latest."""
    by_id: dict[int, Record] = {}
    for record in records:
        by_id.setdefault(record.id, record)
    return tuple(by_id.values())


def stored_rows(connection: apsw.Connection, records: Iterable[Record]) -> dict[int, StoredRow]:
    """The rows of those records that are stored, by id."""
    rows: dict[int, StoredRow] = {}
    for record in records:
        found = connection.execute(_STORED, (record.id,)).fetchone()
        if found is not None:
            rows[record.id] = StoredRow(*found)
    return rows


def known(connection: apsw.Connection, records: Iterable[Record]) -> dict[int, Record]:
    """Those of the records that are stored, by id, as they are stored."""
    found = (connection.execute(_KNOWN, (record.id,)).fetchone() for record in records)
    return {row[1]: _stored_record(row).record for row in found if row is not None}


def take_in(
    connection: apsw.Connection, records: Sequence[Record], stored: dict[int, StoredRow]
) -> Taken:
    """Store what is new or changed, oldest first, and bring rollups and counts along."""
    sources = Sources(connection)
    revision = first = int(connection.execute(_REVISION).get)
    new = counted = 0
    changes: list[Change] = []
    for record in sorted(records, key=lambda record: (record.t_ms, record.id)):
        row, old = row_of(record, sources), stored.get(record.id)
        if row == old:
            continue
        revision += 1
        new += old is None
        connection.execute(_PUT, (revision, *row, record.id))
        of_this = tuple(_changes(old, row, sources.counting))
        changes.extend(of_this)
        counted += sum(change.n for change in of_this)
    if revision > first:
        connection.execute(_COUNT, (revision, new, counted))
        rollups.apply(connection, changes)
    return Taken(new, revision - first - new, revision)


def row_of(record: Record, sources: Sources) -> StoredRow:
    """The record as a row of its table."""
    return StoredRow(
        record.t_ms,
        sources.number_of(record),
        to_sql(record.credits),
        record.status,
        record.extra,
    )


def since(connection: apsw.Connection, revision: int, limit: int) -> list[StoredRecord]:
    """Records taken in after a revision, in the order of their revisions."""
    revision = min(max(revision, _MIN), _MAX)
    return [_stored_record(row) for row in connection.execute(_SINCE, (revision, limit))]


def page(connection: apsw.Connection, query: RecordsQuery) -> RecordsPage:
    """A page of records, newest first.

    Raises:
        BadCursor: ``before`` is no cursor of this store.
    """
    t_ms, number = (_MAX, _MAX) if query.before is None else _read_cursor(query.before)
    bindings = {**_bindings(query), "t_ms": t_ms, "id": number, "limit": query.limit + 1}
    found = [_stored_record(row) for row in connection.execute(_NEWEST_FIRST, bindings)]
    shown = tuple(found[: query.limit])
    has_more = len(found) > query.limit and query.limit > 0
    return RecordsPage(records=shown, next=_cursor(shown[-1].record) if has_more else None)


def chunk(connection: apsw.Connection, query: Filter, after: Record | None) -> list[Record]:
    """The next records after one, oldest first."""
    t_ms, number = (_MIN, _MIN) if after is None else (after.t_ms, after.id)
    bindings = {**_bindings(query), "t_ms": t_ms, "id": number, "limit": EXPORT_CHUNK}
    return [_stored_record(row).record for row in connection.execute(_OLDEST_FIRST, bindings)]


def summary(connection: apsw.Connection) -> RecordsSummary:
    """The totals: read, not counted."""
    found = connection.execute(_SUMMARY).get
    total, counted, quarantined, first_ms, last_ms, revision, removed, horizon_ms = found
    return RecordsSummary(
        total=total,
        counted=counted,
        quarantined=quarantined,
        first_ms=first_ms,
        last_ms=last_ms,
        revision=revision,
        coverage=mark_of(spans_of(connection)),
        models=tuple(model for (model,) in connection.execute(_MODELS)),
        removed=removed,
        sums_before_ms=horizon_ms,
    )


def _changes(old: StoredRow | None, row: StoredRow, counting: set[int]) -> Iterator[Change]:
    """What the row's change means for the sums."""
    if old is not None and old.source in counting:
        yield Change.went(old.t_ms, old.source, from_sql(old.credits))
    if row.source in counting:
        yield Change.came(row.t_ms, row.source, from_sql(row.credits))


def _bindings(query: Filter) -> dict[str, Any]:
    least = query.min_credits
    return {
        "from": _MIN if query.from_ms is None else query.from_ms,
        "to": _MAX if query.to_ms is None else query.to_ms,
        "model": query.model,
        "endpoint": query.endpoint,
        "counts": query.counts,
        "least": None if least is None else str(least),
        "least_whole": None if least is None else _ceiling(least),
    }


def _ceiling(least: Credits) -> int:
    """The least INTEGER that reaches an amount, or one that none reaches and one that all do."""
    bounded = min(max(Decimal(least), Decimal(-MAX_INTEGER)), Decimal(MAX_INTEGER + 1))
    return math.ceil(bounded)


def _cursor(record: Record) -> str:
    return f"{record.t_ms}.{record.id}"


def _read_cursor(text: str) -> tuple[int, int]:
    t_ms, point, number = text.partition(".")
    try:
        place = int(t_ms), int(number)
    except ValueError:
        place = (_MIN - 1, _MIN - 1)
    if not point or min(place) < _MIN or max(place) > _MAX:
        raise BadCursor(text[:64])
    return place


def _stored_record(row: tuple[Any, ...]) -> StoredRecord:
    """The columns of the four statements above, as a value."""
    revision, number, t_ms, kind, endpoint, model, amount, status, api_key, extra = row
    record = Record(
        id=number,
        t_ms=t_ms,
        type=kind,
        endpoint=endpoint,
        model=model,
        credits=from_sql(amount),
        status=status,
        api_key=api_key,
        extra=extra,
    )
    return StoredRecord(revision, record)
