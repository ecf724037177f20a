"""Opens a damaged database, with a repaired first page if necessary."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import apsw

from creditcurve.store.sqlite import connection, files
from creditcurve.store.sqlite.connection import PAGE_SIZE
from creditcurve.store.sqlite.recovery.rows import UNREADABLE

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
_HAS_RECORDS: Final = "SELECT count(*) FROM sqlite_schema WHERE name = 'record'"
_OPEN_SCHEMA: Final = "PRAGMA writable_schema = ON"
_FORGET: Final = "DELETE FROM sqlite_schema"
_DESCRIBE: Final = "INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)"
_READ_AGAIN: Final = "PRAGMA writable_schema = RESET"

log = logging.getLogger(__name__)


def open_damaged(scratch: Path, scripts: Sequence[str]) -> apsw.Connection:
    """Open a copy of the damaged database; an empty one if nothing of it can be read."""
    repairs: tuple[Callable[[], None], ...] = (
        lambda: None,
        lambda: _replace_first_page(scratch, scripts),
    )
    for repair in repairs:
        repair()
        old = connection.plain(scratch)
        try:
            old.execute(_OPEN_SCHEMA)  # also reads a truncated file
            if old.execute(_HAS_RECORDS).get:
                return old
        except UNREADABLE:
            log.debug("database unreadable even so", exc_info=True)
        old.close()
    return apsw.Connection(":memory:")


def _replace_first_page(scratch: Path, scripts: Sequence[str]) -> None:
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
    template.execute(_OPEN_SCHEMA)
    template.execute(_FORGET)
    template.executemany(_DESCRIBE, rows)
    template.execute(_READ_AGAIN)
