"""The table of quarantined rows: rows of an answer, or whole answers, that could not be parsed.

They are kept for inspection, and for a later version that can parse them. A row is removed as soon
as the record with its id is stored. Only the newest rows are kept.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import apsw

from creditcurve.domain.reject import Reject, RejectCode
from creditcurve.store.errors import BadCursorError
from creditcurve.store.sqlite import versions
from creditcurve.store.values.quarantine import Quarantined, QuarantinePage

MAX_ROWS: Final = 10_000
MAX_LARGE: Final = 10
"""The limit for rows over 4 KiB, which are whole answers of up to 64 KiB."""

_PUT = """
    INSERT INTO quarantine (at_ms, raw, code, detail, record, is_cut) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (raw) DO NOTHING
"""
_BOUND = """
    DELETE FROM quarantine
     WHERE id IN (SELECT id FROM quarantine ORDER BY id DESC LIMIT -1 OFFSET :max_rows)
        OR id IN (SELECT id FROM quarantine WHERE length(CAST(raw AS BLOB)) > 4096
                   ORDER BY id DESC LIMIT -1 OFFSET :max_large)
"""
_COUNT = "UPDATE tally SET quarantined = (SELECT count(*) FROM quarantine)"
_HELD = "SELECT quarantined FROM tally"
_REMOVE = "DELETE FROM quarantine WHERE id = ?"
_RELEASE = "DELETE FROM quarantine WHERE record IN (SELECT value FROM json_each(?))"
_NEWEST_FIRST = """
    SELECT id, at_ms, code, detail, raw, is_cut FROM quarantine
     WHERE id < ? ORDER BY id DESC LIMIT ?
"""
_UNCUT = """
    SELECT id, at_ms, code, detail, raw, is_cut FROM quarantine
     WHERE id > ? AND NOT is_cut ORDER BY id LIMIT ?
"""
_END: Final = 2**63 - 1
_CODES: Final = frozenset(RejectCode)


def add(connection: apsw.Connection, rejects: Sequence[Reject], at_ms: int) -> None:
    """Quarantine rows; a text that is quarantined already is not added again."""
    before = connection.total_changes()
    connection.executemany(
        _PUT, ((at_ms, one.raw, one.code, one.detail, one.id, one.is_cut) for one in rejects)
    )
    if connection.total_changes() == before:
        return
    connection.execute(_BOUND, {"max_rows": MAX_ROWS, "max_large": MAX_LARGE})
    _count(connection)


def release(connection: apsw.Connection, record_ids: Iterable[int]) -> None:
    """Remove the rows whose records are stored now."""
    if connection.execute(_HELD).get:
        connection.execute(_RELEASE, (f"[{','.join(map(str, record_ids))}]",))
        if connection.changes():
            _count(connection)


def remove(connection: apsw.Connection, ids: Iterable[int]) -> None:
    """Remove rows by their own ids."""
    connection.executemany(_REMOVE, ((number,) for number in ids))
    _count(connection)


def page(connection: apsw.Connection, limit: int, before: str | None) -> QuarantinePage:
    """Return a page of quarantined rows, newest first.

    Raises:
        BadCursorError: ``before`` is no cursor of this store.
    """
    bound = _END if before is None else _read_cursor(before)
    found = [_quarantined(row) for row in connection.execute(_NEWEST_FIRST, (bound, limit + 1))]
    has_more = len(found) > limit
    return QuarantinePage(
        rows=tuple(found[:limit]), next=str(found[limit - 1].id) if has_more else None
    )


def uncut(connection: apsw.Connection, after: int, limit: int) -> list[Quarantined]:
    """Return rows whose text is complete, oldest first."""
    return [_quarantined(row) for row in connection.execute(_UNCUT, (after, limit))]


def _count(connection: apsw.Connection) -> None:
    connection.execute(_COUNT)
    versions.advance_sums(connection)


def _quarantined(row: tuple[int, int, str, str, str, int]) -> Quarantined:
    number, at_ms, code, detail, raw, is_cut = row
    return Quarantined(
        id=number,
        at_ms=at_ms,
        code=RejectCode(code) if code in _CODES else RejectCode.UNKNOWN,
        detail=detail,
        raw=raw,
        is_cut=bool(is_cut),
    )


def _read_cursor(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise BadCursorError(text[:64])
    return int(text)
