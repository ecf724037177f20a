"""The table of records: writing new and changed rows.

A record is identified by the upstream's id. Each new or changed row gets the next revision; an
unchanged one changes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import apsw

from creditcurve.domain.record import Record
from creditcurve.store.sqlite import counting, recount, rollups
from creditcurve.store.sqlite.amounts import Amount, from_sql, to_sql
from creditcurve.store.sqlite.rollups import Change

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


class Stored(NamedTuple):
    """The numbers of new and changed rows, and the revision after them."""

    new: int
    updated: int
    revision: int


class StoredRow(NamedTuple):
    """A record's row in its table, without id and revision."""

    t_ms: int
    source: int
    credits: Amount
    status: int | None
    extra: str


class Sources:
    """The ids of sources; each is looked up once, and inserted if it is missing."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, str, str, str | None], int] = {}
        self.counting: set[int] = {
            number for (number,) in connection.execute("SELECT id FROM source WHERE counts")
        }
        self._building, self._built_ms = recount.building(connection)

    def number_of(self, record: Record) -> int:
        """Return the id of the record's source."""
        identity = (record.type, record.endpoint, record.model, record.api_key)
        number = self._known.get(identity)
        if number is None:
            number = self._known[identity] = self._find(record)
        return number

    def are_summed(self, change: Change) -> bool:
        """Return whether the rollups contain records of that source and time."""
        is_built = change.source in self._building and change.t_ms < self._built_ms
        return is_built or change.source in self.counting

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
        counted = counting.counts(self._connection, record.type, record.endpoint)
        self._connection.execute(_PUT_SOURCE, {**columns, "counts": counted})
        number = self._connection.last_insert_rowid()
        if counted:
            self.counting.add(number)
        return number


def once_each(records: Iterable[Record]) -> tuple[Record, ...]:
    """Keep the first of several records with one id: an answer is sorted newest first."""
    by_id: dict[int, Record] = {}
    for record in records:
        by_id.setdefault(record.id, record)
    return tuple(by_id.values())


def stored_rows(connection: apsw.Connection, records: Iterable[Record]) -> dict[int, StoredRow]:
    """Return the rows of those records that are stored, by id."""
    rows: dict[int, StoredRow] = {}
    for record in records:
        found = connection.execute(_STORED, (record.id,)).fetchone()
        if found is not None:
            rows[record.id] = StoredRow(*found)
    return rows


def upsert(
    connection: apsw.Connection, records: Sequence[Record], stored: dict[int, StoredRow]
) -> Stored:
    """Store new and changed records, oldest first, and update rollups and counts."""
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
        its_changes = tuple(_changes(old, row))
        changes.extend(filter(sources.are_summed, its_changes))
        counted += sum(change.n for change in its_changes if change.source in sources.counting)
    if revision > first:
        connection.execute(_COUNT, (revision, new, counted))
        rollups.apply(connection, changes)
    return Stored(new, revision - first - new, revision)


def row_of(record: Record, sources: Sources) -> StoredRow:
    """Return the record as a row of its table."""
    return StoredRow(
        record.t_ms,
        sources.number_of(record),
        to_sql(record.credits),
        record.status,
        record.extra,
    )


def _changes(old: StoredRow | None, row: StoredRow) -> Iterator[Change]:
    """Yield the changes of the sums that a changed row causes."""
    if old is not None:
        yield Change.went(old.t_ms, old.source, from_sql(old.credits))
    yield Change.came(row.t_ms, row.source, from_sql(row.credits))
