"""The table of records: writing new and changed rows.

A record is identified by the upstream's id. Each new or changed row gets the next revision; an
unchanged one changes nothing.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import apsw
import msgspec

from creditcurve.domain.record import Record
from creditcurve.store.sqlite import counting, reconciliation, recount, rollups
from creditcurve.store.sqlite.amounts import Amount, from_sql, to_sql
from creditcurve.store.sqlite.rollups import Summed, Taken

_STORED = """
    SELECT id, t_ms, source, credits, status, extra FROM record
     WHERE id IN (SELECT value FROM json_each(?))
"""
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
_COUNTED = "SELECT id FROM source WHERE counts"
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
        self.counting: set[int] = {number for (number,) in connection.execute(_COUNTED)}
        self._building, self._built_ms = recount.building(connection)

    def number_of(self, record: Record) -> int:
        """Return the id of the record's source."""
        identity = (record.type, record.endpoint, record.model, record.api_key)
        number = self._known.get(identity)
        if number is None:
            number = self._known[identity] = self._find(record)
        return number

    @property
    def summed(self) -> Summed:
        """The sources whose records are in the rollups."""
        return Summed(self.counting, self._building, self._built_ms)

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
    ids = msgspec.json.encode([record.id for record in records]).decode()
    return {number: StoredRow(*row) for number, *row in connection.execute(_STORED, (ids,))}


def upsert(
    connection: apsw.Connection, records: Sequence[Record], stored: dict[int, StoredRow]
) -> Stored:
    """Store new and changed records, oldest first, and update rollups and counts."""
    sources = Sources(connection)
    rows: dict[int, StoredRow] = {}
    for record in sorted(records, key=lambda record: (record.t_ms, record.id)):
        row = row_of(record, sources)
        if row != stored.get(record.id):
            rows[record.id] = row
    first = int(connection.execute(_REVISION).get)
    if not rows:
        return Stored(0, 0, first)
    numbered = enumerate(rows.items(), first + 1)
    connection.executemany(_PUT, ((number, *row, id_) for number, (id_, row) in numbered))
    replaced = [stored[id_] for id_ in rows if id_ in stored]
    rollups.add_since(connection, first, sources.summed)
    rollups.take(connection, map(_taken, replaced), sources.summed)
    reconciliation.note_records(connection, (row.t_ms for row in (*rows.values(), *replaced)))
    counted = sum(row.source in sources.counting for row in rows.values())
    counted -= sum(row.source in sources.counting for row in replaced)
    new = len(rows) - len(replaced)
    connection.execute(_COUNT, (first + len(rows), new, counted))
    return Stored(new, len(replaced), first + len(rows))


def row_of(record: Record, sources: Sources) -> StoredRow:
    """Return the record as a row of its table."""
    return StoredRow(
        record.t_ms,
        sources.number_of(record),
        to_sql(record.credits),
        record.status,
        record.extra,
    )


def _taken(row: StoredRow) -> Taken:
    return Taken(row.t_ms, row.source, from_sql(row.credits))
