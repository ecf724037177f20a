"""Recovery: copies the readable content of a damaged database into a new one.

The damaged file is kept unchanged. A sound database contains each record twice, in its table and in
an index; both are read from both ends, around the damaged places, and so are the sums whose records
were removed. If anything is missing, no time counts as known completely.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

import apsw

from creditcurve.domain.coverage import GapKind, Span
from creditcurve.domain.instant import DAY_MS
from creditcurve.domain.record import COUNTED_ENDPOINT, COUNTED_TYPE
from creditcurve.domain.retention import NEVER, Horizon, hour_after, quarter_of
from creditcurve.store.sqlite import connection, files, rebuilding, recount, retention, versions
from creditcurve.store.sqlite.connection import DAMAGED, PAGE_SIZE
from creditcurve.store.sqlite.coverage import replace_spans, spans_of

_PAGE_COUNT: Final = slice(28, 32)
"""The position of the file's length in pages in the header (source: SQLite's file format, 1.3)."""
_FIRST_TABLES: Final = (
    "source",
    "record",
    "rollup",
    "coverage",
    "quarantine",
    "tally",
    "state",
    "cookie",
)
"""The tables of the first schema. All others are lost with a damaged first page."""
_SCHEMA: Final = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema ORDER BY rowid"
_UNREADABLE: Final = (*DAMAGED, apsw.IOError, UnicodeDecodeError)

# Each pair reads the same rows from both ends, in the order of the first column, after a bound.
_ROWS: Final = (
    "SELECT id, id, t_ms, source, credits, status, extra FROM record WHERE id > ? ORDER BY id",
    "SELECT id, id, t_ms, source, credits, status, extra FROM record WHERE id < ? ORDER BY id DESC",
)
_INDEX: Final = (
    """
    SELECT t_ms, id, t_ms, source, credits, NULL, '' FROM record INDEXED BY record_time
     WHERE t_ms > ? ORDER BY t_ms
    """,
    """
    SELECT t_ms, id, t_ms, source, credits, NULL, '' FROM record INDEXED BY record_time
     WHERE t_ms < ? ORDER BY t_ms DESC
    """,
)
_SOURCES: Final = (
    "SELECT id, type, endpoint, model, api_key FROM source",
    "SELECT id, type, endpoint, model, api_key FROM source INDEXED BY source_identity",
)
_SUMS: Final = (
    """
    SELECT t, t, source, n, credits, last, place FROM rollup
     WHERE level = 900 AND last IS NOT NULL AND t > ? ORDER BY t
    """,
    """
    SELECT t, t, source, n, credits, last, place FROM rollup
     WHERE level = 900 AND last IS NOT NULL AND t < ? ORDER BY t DESC
    """,
)
_FIRST = "SELECT min(t) FROM (SELECT min(t_ms) AS t FROM record UNION ALL SELECT t FROM rollup)"
_NEWEST = "SELECT id, t_ms FROM record INDEXED BY record_time ORDER BY t_ms DESC LIMIT 1"
_PUT_SOURCE = """
    INSERT OR IGNORE INTO source (id, type, endpoint, model, api_key, counts)
    VALUES (?, ?, ?, ?, ?, ?)
"""
_PUT_RECORD = """
    INSERT INTO record (revision, id, t_ms, source, credits, status, extra)
    VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO NOTHING
"""
_PUT_SUM = """
    INSERT OR IGNORE INTO rollup (level, t, source, n, credits, last, place)
    VALUES (900, ?, ?, ?, ?, ?, ?)
"""
_PUT_HORIZON = """
    UPDATE tally
       SET horizon_ms = ?, removed = ?, removed_revision = ?, removed_counted = ?
"""
_SUMMED = "SELECT ifnull(sum(n), 0) FROM rollup WHERE level = 900"
_COPIED: Final = (
    ("SELECT name, value FROM state", "INSERT OR IGNORE INTO state VALUES (?, ?)"),
    ("SELECT id, sealed FROM cookie", "INSERT OR IGNORE INTO cookie VALUES (?, ?)"),
    (
        "SELECT at_ms, raw, code, detail, record, is_cut FROM quarantine",
        """
        INSERT OR IGNORE INTO quarantine (at_ms, raw, code, detail, record, is_cut)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
    ),
    (  # before version 6: a sentence instead of a code
        "SELECT at_ms, raw, reason, record, is_cut FROM quarantine",
        """
        INSERT OR IGNORE INTO quarantine (at_ms, raw, detail, record, is_cut)
        VALUES (?, ?, ?, ?, ?)
        """,
    ),
    ("SELECT t, unit, amount FROM balance", "INSERT OR IGNORE INTO balance VALUES (?, ?, ?)"),
    (
        "SELECT id, t, kind, amount, initiator FROM account_change",
        "INSERT OR IGNORE INTO account_change VALUES (?, ?, ?, ?, ?)",
    ),
    ("SELECT t, amount FROM unexplained", "INSERT OR IGNORE INTO unexplained VALUES (?, ?)"),
    (
        "SELECT id, t, state, value FROM credit_reset",
        "INSERT OR IGNORE INTO credit_reset VALUES (?, ?, ?, ?)",
    ),
    (
        "SELECT id, value, sealed FROM alert_channel",
        "INSERT OR IGNORE INTO alert_channel VALUES (?, ?, ?)",
    ),
    (
        "SELECT id, rule, since, is_open, value FROM alert_episode",
        "INSERT OR IGNORE INTO alert_episode VALUES (?, ?, ?, ?, ?)",
    ),
    (
        "SELECT id, episode, due, is_open, value FROM alert_message",
        "INSERT OR IGNORE INTO alert_message VALUES (?, ?, ?, ?, ?)",
    ),
    (  # before version 3
        "SELECT at_ms, raw, reason FROM quarantine",
        "INSERT OR IGNORE INTO quarantine (at_ms, raw, detail) VALUES (?, ?, ?)",
    ),
)
_COUNT = """
    UPDATE tally
       SET revision = ?,
           total = (SELECT count(*) FROM record),
           counted = (SELECT ifnull(sum(n), 0) FROM rollup WHERE level = 3600) - removed_counted,
           quarantined = (SELECT count(*) FROM quarantine)
"""

log = logging.getLogger(__name__)


def recover(path: Path, scripts: Sequence[str], now_ms: int) -> Path:
    """Replace a damaged database by a new one with its readable content.

    Returns:
        The path of the damaged file.
    """
    kept = files.beside(path, "corrupt", now_ms)
    files.duplicate(path, kept)
    scratch = path.with_name(path.name + ".salvage")
    files.remove(scratch)
    files.duplicate(path, scratch)
    try:
        old = _opened(scratch, scripts)
        try:
            files.create(path, scripts, lambda made: _copy(old, made, now_ms))
        finally:
            if old is not None:
                old.close()
    finally:
        files.remove(scratch)
    log.warning("database recovered kept=%s", kept)
    return kept


def _opened(scratch: Path, scripts: Sequence[str]) -> apsw.Connection | None:
    """Open the damaged database, with a repaired first page if necessary; None if that fails."""
    mends: tuple[Callable[[], None], ...] = (
        lambda: None,
        lambda: _mend_first_page(scratch, scripts),
    )
    for mend in mends:
        mend()
        old = connection.plain(scratch)
        try:
            old.execute("PRAGMA writable_schema = ON")  # also reads a truncated file
            if old.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'record'").get:
                return old
        except (*_UNREADABLE, apsw.SQLError):
            log.debug("database unreadable even so", exc_info=True)
        old.close()
    return None


def _mend_first_page(scratch: Path, scripts: Sequence[str]) -> None:
    """Replace a damaged first page: the tables of the first schema have the same root pages.

    The whole schema no longer fits into one page, so that only those tables are described.
    """
    template = scratch.with_name(scratch.name + ".template")
    files.create(template, scripts, _forget_later_tables)
    with template.open("rb") as file:
        page = bytearray(file.read(PAGE_SIZE))
    files.remove(template)
    page[_PAGE_COUNT] = (scratch.stat().st_size // PAGE_SIZE).to_bytes(4)
    with scratch.open("r+b") as file:
        file.write(page)


def _forget_later_tables(template: apsw.Connection) -> None:
    """Describe only the tables of the first schema, on the first page.

    All rows are deleted and inserted again: a schema of several pages would stay on several pages.
    """
    rows = [row for row in template.execute(_SCHEMA).fetchall() if row[2] in _FIRST_TABLES]
    template.execute("PRAGMA writable_schema = ON")
    template.execute("DELETE FROM sqlite_schema")
    template.executemany("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", rows)
    template.execute("PRAGMA writable_schema = RESET")


def _copy(old: apsw.Connection | None, made: apsw.Connection, now_ms: int) -> None:
    made.execute("BEGIN IMMEDIATE")
    revision = max(now_ms, _old_tally(old, "revision"))  # higher than every revision before
    if old is not None:
        _copy_sources(old, made)
        _copy_sums(old, made, now_ms)
        revision = _copy_records(old, made, revision, now_ms)
        for read, put in _COPIED:
            for row in _until_damage(old, read):
                _put(made, put, row)
    rebuilding.rebuild(made)
    recount.restart(made)
    made.execute(_COUNT, (revision,))
    _copy_coverage(old, made, now_ms)
    versions.raise_all(made, max(revision, _highest_version(old)))
    made.execute("COMMIT")


def _copy_sources(old: apsw.Connection, made: apsw.Connection) -> None:
    for statement in _SOURCES:
        for number, kind, endpoint, model, api_key in _until_damage(old, statement):
            counts = kind == COUNTED_TYPE and endpoint == COUNTED_ENDPOINT
            _put(made, _PUT_SOURCE, (number, kind, endpoint, model, api_key, counts))


def _copy_sums(old: apsw.Connection, made: apsw.Connection, now_ms: int) -> None:
    """Copy the sums whose records were removed, and set the horizon."""
    sources = {number for (number,) in made.execute("SELECT id FROM source")}
    passages = (_Passage(old, _SUMS[0], 0, 1), _Passage(old, _SUMS[1], now_ms + DAY_MS, -1))
    newest_ms = None
    for passage in passages:
        for row in passage.rows():
            t_ms, source, _, amount, last, _ = row
            if not (_is_number(amount) and _is_number(last) and quarter_of(t_ms) == t_ms):
                continue
            if source not in sources:
                sources.add(source)
                lost = (source, COUNTED_TYPE, COUNTED_ENDPOINT, f"(lost: {source})", None, 1)
                _put(made, _PUT_SOURCE, lost)
            if _put(made, _PUT_SUM, row):
                newest_ms = max(newest_ms or t_ms, t_ms)
        if passage.is_whole:
            break
    rebuilding.make_hours(made)
    told = _old_horizon(old)
    found_ms = NEVER if newest_ms is None else hour_after(newest_ms)
    if max(told.t_ms, found_ms) > NEVER:
        kept = int(made.execute(_SUMMED).get)
        horizon = (max(told.t_ms, found_ms), max(told.removed, kept), told.revision, kept)
        made.execute(_PUT_HORIZON, horizon)


def _copy_records(old: apsw.Connection, made: apsw.Connection, revision: int, now_ms: int) -> int:
    """Copy every readable record; return the revision after them."""
    newest_id, newest_ms = next(_until_damage(old, _NEWEST), (2**62, now_ms + DAY_MS))
    passages = (
        _Passage(old, _ROWS[0], -(2**63), 1),
        _Passage(old, _ROWS[1], newest_id + 1, -1),
        _Passage(old, _INDEX[0], 0, 1),
        _Passage(old, _INDEX[1], newest_ms + 1, -1),
    )
    sources = {number for (number,) in made.execute("SELECT id FROM source")}
    horizon_ms = retention.horizon(made).t_ms
    for passage in passages:
        for row in passage.rows():
            if not _is_number(row[3]) or row[1] < horizon_ms:
                continue
            if row[2] not in sources:
                sources.add(row[2])
                _put(made, _PUT_SOURCE, (row[2], "", "", f"(lost: {row[2]})", None, 0))
            revision += _put(made, _PUT_RECORD, (revision + 1, *row))
        if passage.is_whole:
            break
    return revision


def _copy_coverage(old: apsw.Connection | None, made: apsw.Connection, now_ms: int) -> None:
    """Copy the spans if every record was copied; otherwise store a possible loss."""
    total = int(made.execute("SELECT total FROM tally").get)
    has_all_sums = old is not None and retention.horizon(made).counted == _old_horizon(old).counted
    if old is not None and total == _old_tally(old, "total") and has_all_sums:
        try:
            replace_spans(made, (), spans_of(old))
        except (*_UNREADABLE, apsw.SQLError, ValueError):
            log.debug("coverage unreadable", exc_info=True)
        else:
            return
    first_ms = made.execute(_FIRST).get
    if first_ms is not None and first_ms < now_ms:
        lost = Span(now_ms, now_ms, GapKind.POSSIBLE_LOSS)
        replace_spans(made, (), (Span(first_ms, first_ms), lost))


class _Passage:
    """One pass over a table; ``is_whole`` is False after a damaged place."""

    def __init__(self, old: apsw.Connection, statement: str, bound: int, direction: int) -> None:
        self.is_whole = True
        self._old = old
        self._statement = statement
        self._bound = bound
        self._direction = direction

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield all readable rows without their first column; failures widen the step."""
        step = 1
        while abs(self._bound) <= 2**63 - 1 or self.is_whole:
            try:
                for bound, *row in self._old.execute(self._statement, (self._bound,)):
                    if (bound - self._bound) * self._direction < 0:
                        continue  # an overwritten place: following it back would never end
                    yield tuple(row)
                    self._bound, step = bound, 1
            except _UNREADABLE:
                self.is_whole = False
                self._bound = max(self._bound, 0) + self._direction * step
                step *= 2
            except apsw.SQLError:
                self.is_whole = False
                return
            else:
                return


def _until_damage(old: apsw.Connection, statement: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows up to the first damaged place."""
    try:
        yield from old.execute(statement)
    except (*_UNREADABLE, apsw.SQLError):
        log.debug("damaged place met", exc_info=True)


def _put(made: apsw.Connection, statement: str, row: Sequence[Any]) -> bool:
    """Insert a row; an overwritten one that breaks the table's rules is skipped."""
    try:
        made.execute(statement, row)
    except (apsw.ConstraintError, apsw.MismatchError):
        return False
    return made.changes() > 0


def _is_number(credits_: Any) -> bool:
    """Return whether credits are a number, which the table's rules do not check."""
    try:
        return isinstance(credits_, int) or Decimal(credits_).is_finite()
    except (InvalidOperation, TypeError, ValueError):
        return False


def _old_tally(old: apsw.Connection | None, column: str) -> int:
    """Return a count of the damaged database; -1 if it cannot be read."""
    if old is None:
        return -1
    found = next(_until_damage(old, "SELECT revision, total FROM tally"), None)
    value = None if found is None else found[("revision", "total").index(column)]
    return value if isinstance(value, int) else -1


def _highest_version(old: apsw.Connection | None) -> int:
    """Return the highest version that the damaged database has used; 0 if it cannot be read."""
    if old is None:
        return 0
    row = next(_until_damage(old, "SELECT coverage, settings, sums, account FROM tally"), ())
    return max((value for value in row if isinstance(value, int)), default=0)


def _old_horizon(old: apsw.Connection) -> Horizon:
    """Return the damaged database's horizon; the default if it is missing or unreadable."""
    try:
        return retention.horizon(old)
    except (*_UNREADABLE, apsw.SQLError, TypeError):
        return Horizon()
