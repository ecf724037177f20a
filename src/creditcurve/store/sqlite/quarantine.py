"""Quarantine: rows of an answer, or a whole answer, that could not be read, in their own words.

They are kept to be looked at, and to be read again by a version that understands them. A row leaves
as soon as the record of its id is known. The newest are kept; the count is of what is held.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import apsw

from creditcurve.domain.record import Reject
from creditcurve.store.errors import BadCursor
from creditcurve.store.values import Quarantined, QuarantinePage

MOST_HELD: Final = 10_000
MOST_LARGE: Final = 10
"""Of those over 4 KiB, which are whole answers: each may have 64 KiB."""

_PUT = """
    INSERT INTO quarantine (at_ms, raw, reason, record, is_cut) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (raw) DO NOTHING
"""
_BOUND = """
    DELETE FROM quarantine
     WHERE id IN (SELECT id FROM quarantine ORDER BY id DESC LIMIT -1 OFFSET :most)
        OR id IN (SELECT id FROM quarantine WHERE length(CAST(raw AS BLOB)) > 4096
                   ORDER BY id DESC LIMIT -1 OFFSET :most_large)
"""
_COUNT = "UPDATE tally SET quarantined = (SELECT count(*) FROM quarantine)"
_HELD = "SELECT quarantined FROM tally"
_REMOVE = "DELETE FROM quarantine WHERE id = ?"
_RELEASE = "DELETE FROM quarantine WHERE record IN (SELECT value FROM json_each(?))"
_NEWEST_FIRST = """
    SELECT id, at_ms, reason, raw, is_cut FROM quarantine
     WHERE id < ? ORDER BY id DESC LIMIT ?
"""
_READABLE = """
    SELECT id, at_ms, reason, raw, is_cut FROM quarantine
     WHERE id > ? AND NOT is_cut ORDER BY id LIMIT ?
"""
_END: Final = 2**63 - 1


def set_aside(connection: apsw.Connection, rejects: Sequence[Reject], at_ms: int) -> None:
    """Keep what could not be read; what is set aside already is not set aside twice."""
    if not rejects:
        return
    connection.executemany(
        _PUT, ((at_ms, one.raw, one.reason, one.id, one.is_cut) for one in rejects)
    )
    connection.execute(_BOUND, {"most": MOST_HELD, "most_large": MOST_LARGE})
    connection.execute(_COUNT)


def release(connection: apsw.Connection, record_ids: Iterable[int]) -> None:
    """Let rows go whose records are known by now."""
    if connection.execute(_HELD).get:
        connection.execute(_RELEASE, (f"[{','.join(map(str, record_ids))}]",))
        connection.execute(_COUNT)


def remove(connection: apsw.Connection, numbers: Iterable[int]) -> None:
    """Let go what was read after all, by its own number."""
    connection.executemany(_REMOVE, ((number,) for number in numbers))
    connection.execute(_COUNT)


def page(connection: apsw.Connection, limit: int, before: str | None) -> QuarantinePage:
    """What was set aside, newest first.

    Raises:
        BadCursor: ``before`` is no cursor of this store.
    """
    bound = _END if before is None else _read_cursor(before)
    found = [_quarantined(row) for row in connection.execute(_NEWEST_FIRST, (bound, limit + 1))]
    has_more = len(found) > limit
    return QuarantinePage(
        rows=tuple(found[:limit]), next=str(found[limit - 1].id) if has_more else None
    )


def readable(connection: apsw.Connection, after: int, limit: int) -> list[Quarantined]:
    """What has its whole text, oldest first."""
    return [_quarantined(row) for row in connection.execute(_READABLE, (after, limit))]


def _quarantined(row: tuple[int, int, str, str, int]) -> Quarantined:
    number, at_ms, reason, raw, is_cut = row
    return Quarantined(id=number, at_ms=at_ms, reason=reason, raw=raw, is_cut=bool(is_cut))


def _read_cursor(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise BadCursor(text[:64])
    return int(text)
