"""Queries on the table of records: pages, exports, and what follows a revision."""

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

import apsw
import msgspec

from creditcurve.domain.credits import Credits
from creditcurve.domain.record import Record, StoredRecord
from creditcurve.store.errors import BadCursorError
from creditcurve.store.sqlite.amounts import MAX_INTEGER, from_sql
from creditcurve.store.values.records import Filter, RecordsPage, RecordsQuery

EXPORT_CHUNK: Final = 2_000

_MIN, _MAX = -(2**63), 2**63 - 1
_KNOWN = """
    SELECT revision, record.id, t_ms, type, endpoint, model, credits, status, api_key, extra,
           counts
      FROM record CROSS JOIN source ON source.id = record.source
     WHERE record.id IN (SELECT value FROM json_each(?))
"""
# CROSS JOIN makes SQLite follow the index of records and look up the source of each.
_SINCE = """
    SELECT revision, record.id, t_ms, type, endpoint, model, credits, status, api_key, extra,
           counts
      FROM record CROSS JOIN source ON source.id = record.source
     WHERE revision > ?
     ORDER BY revision
     LIMIT ?
"""
_NEWEST_FIRST = """
    SELECT revision, record.id, t_ms, type, endpoint, model, credits, status, api_key, extra,
           counts
      FROM record CROSS JOIN source ON source.id = record.source
     WHERE t_ms >= :from AND t_ms < :to AND (t_ms, record.id) < (:t_ms, :id)
       AND (:model IS NULL OR model = :model)
       AND (:endpoint IS NULL OR endpoint = :endpoint)
       AND (:api_key IS NULL OR ifnull(api_key, '') = :api_key)
       AND (:counts IS NULL OR counts = :counts)
       AND (:least IS NULL OR iif(typeof(credits) = 'integer', credits >= :least_whole,
                                  is_at_least(credits, :least)))
     ORDER BY t_ms DESC, record.id DESC
     LIMIT :limit
"""
_OLDEST_FIRST = """
    SELECT revision, record.id, t_ms, type, endpoint, model, credits, status, api_key, extra,
           counts
      FROM record CROSS JOIN source ON source.id = record.source
     WHERE t_ms >= :from AND t_ms < :to AND (t_ms, record.id) > (:t_ms, :id)
       AND (:model IS NULL OR model = :model)
       AND (:endpoint IS NULL OR endpoint = :endpoint)
       AND (:api_key IS NULL OR ifnull(api_key, '') = :api_key)
       AND (:counts IS NULL OR counts = :counts)
       AND (:least IS NULL OR iif(typeof(credits) = 'integer', credits >= :least_whole,
                                  is_at_least(credits, :least)))
     ORDER BY t_ms, record.id
     LIMIT :limit
"""


def known(connection: apsw.Connection, records: Iterable[Record]) -> dict[int, Record]:
    """Return the stored records with these ids, by id."""
    ids = msgspec.json.encode([record.id for record in records]).decode()
    return {row[1]: _stored_record(row).record for row in connection.execute(_KNOWN, (ids,))}


def since(connection: apsw.Connection, revision: int, limit: int) -> tuple[StoredRecord, ...]:
    """Return records stored after a revision, in the order of their revisions."""
    revision = min(max(revision, _MIN), _MAX)
    return tuple(_stored_record(row) for row in connection.execute(_SINCE, (revision, limit)))


def page(connection: apsw.Connection, query: RecordsQuery) -> RecordsPage:
    """Return a page of records, newest first.

    Raises:
        BadCursorError: ``before`` is no cursor of this store.
    """
    t_ms, number = (_MAX, _MAX) if query.before is None else _read_cursor(query.before)
    bindings = {**_bindings(query), "t_ms": t_ms, "id": number, "limit": query.limit + 1}
    found = [_stored_record(row) for row in connection.execute(_NEWEST_FIRST, bindings)]
    shown = tuple(found[: query.limit])
    has_more = len(found) > query.limit and query.limit > 0
    return RecordsPage(records=shown, next=_cursor(shown[-1].record) if has_more else None)


def chunk(connection: apsw.Connection, query: Filter, after: Record | None) -> list[Record]:
    """Return the next records after one, oldest first."""
    t_ms, number = (_MIN, _MIN) if after is None else (after.t_ms, after.id)
    bindings = {**_bindings(query), "t_ms": t_ms, "id": number, "limit": EXPORT_CHUNK}
    return [_stored_record(row).record for row in connection.execute(_OLDEST_FIRST, bindings)]


def _bindings(query: Filter) -> dict[str, Any]:
    least = query.min_credits
    return {
        "from": _MIN if query.from_ms is None else query.from_ms,
        "to": _MAX if query.to_ms is None else query.to_ms,
        "model": query.model,
        "endpoint": query.endpoint,
        "api_key": query.api_key,
        "counts": query.counts,
        "least": None if least is None else str(least),
        "least_whole": None if least is None else _ceiling(least),
    }


def _ceiling(least: Credits) -> int:
    """Return the least INTEGER that is at least an amount, within the range of INTEGERs."""
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
        raise BadCursorError(text[:64])
    return place


def _stored_record(row: tuple[Any, ...]) -> StoredRecord:
    """Convert the columns of the statements above."""
    revision, number, t_ms, kind, endpoint, model, amount, status, api_key, extra, counts = row
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
    return StoredRecord(revision, record, bool(counts))
