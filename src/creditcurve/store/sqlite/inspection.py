"""Reads the database of a data folder from another process than the instance. Blocking.

SQLite permits reading while the instance writes; nothing is migrated or recovered.
"""

from pathlib import Path
from typing import Final

import apsw
import msgspec

from creditcurve.store.errors import DamagedDatabaseError, NewerSchemaError
from creditcurve.store.sqlite import checking, connection, files
from creditcurve.store.sqlite.connection import translated
from creditcurve.store.sqlite.migrations import known_scripts, version_of

_QUARANTINED: Final = "SELECT quarantined FROM tally"
_CONTENT: Final = "SELECT total + removed + quarantined FROM tally"
_TABLES: Final = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
_PAGES: Final = "PRAGMA page_count"
_PAGE_BYTES: Final = "PRAGMA page_size"
_FREE_PAGES: Final = "PRAGMA freelist_count"


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """The schema and the size of a database, without its content.

    Attributes:
        rows: the number of rows by table.
    """

    sqlite: str
    schema: int
    known_schema: int
    pages: int
    page_bytes: int
    free_pages: int
    rows: dict[str, int]


def has_database(folder: Path) -> bool:
    """Return whether the folder contains a database."""
    return (folder / files.NAME).is_file()


def is_database(folder: Path, path: Path) -> bool:
    """Return whether a path names the folder's database, or a file that belongs to it."""
    return path.parent.resolve() == folder.resolve() and path.name.startswith(files.NAME)


def backup(folder: Path, target: Path) -> None:
    """Copy one moment of the folder's database into a file, without the cookie.

    Raises:
        StoreUnavailableError: it cannot be read, or the copy not written.
    """
    with translated():
        opened = _opened(folder)
        try:
            files.copy(opened, target)
        finally:
            opened.close()


def examine(folder: Path) -> None:
    """Check the folder's database.

    Raises:
        DamagedDatabaseError: it is damaged.
        NewerSchemaError: a newer version wrote it.
        StoreUnavailableError: it cannot be read.
    """
    with translated():
        opened = _opened(folder)
        try:
            _check(opened)
        finally:
            opened.close()


def quarantined(folder: Path) -> int:
    """Return the number of quarantined rows in the folder's database.

    Raises:
        StoreUnavailableError: it cannot be read.
    """
    with translated():
        opened = _opened(folder)
        try:
            return int(opened.execute(_QUARANTINED).get)
        finally:
            opened.close()


def facts(folder: Path) -> Facts:
    """Return the facts about the folder's database.

    Raises:
        StoreUnavailableError: it cannot be read.
    """
    with translated():
        opened = _opened(folder)
        try:
            return _facts(opened)
        finally:
            opened.close()


def is_empty(folder: Path) -> bool:
    """Return whether the folder's database has neither records nor sums of deleted ones.

    Raises:
        StoreUnavailableError: it cannot be read.
    """
    with translated():
        opened = _opened(folder)
        try:
            return not opened.execute(_CONTENT).get
        finally:
            opened.close()


def _facts(opened: apsw.Connection) -> Facts:
    tables = opened.execute(_TABLES)
    return Facts(
        sqlite=apsw.sqlite_lib_version(),
        schema=version_of(opened),
        known_schema=len(known_scripts()),
        pages=int(opened.execute(_PAGES).get),
        page_bytes=int(opened.execute(_PAGE_BYTES).get),
        free_pages=int(opened.execute(_FREE_PAGES).get),
        rows={str(name): _rows(opened, str(name)) for (name,) in tables.fetchall()},
    )


def _rows(opened: apsw.Connection, table: str) -> int:
    return int(opened.execute(f'SELECT count(*) FROM "{table}"').get)  # noqa: S608 - a name of the schema


def _check(opened: apsw.Connection) -> None:
    version, known = version_of(opened), len(known_scripts())
    if version > known:
        raise NewerSchemaError(version, known)
    if opened.execute(checking.QUICK_CHECK).get != checking.SOUND:
        raise DamagedDatabaseError


def _opened(folder: Path) -> apsw.Connection:
    opened = connection.reader(folder / files.NAME)
    if opened.execute(connection.APPLICATION_ID_OF).get == connection.APPLICATION_ID:
        return opened
    opened.close()
    raise DamagedDatabaseError
