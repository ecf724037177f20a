"""Reads the database of a data folder from another process than the instance. Blocking.

SQLite permits reading while the instance writes; nothing is migrated or recovered.
"""

from pathlib import Path

import apsw

from creditcurve.store.errors import DamagedDatabaseError, NewerSchemaError
from creditcurve.store.sqlite import connection, files
from creditcurve.store.sqlite.connection import translated
from creditcurve.store.sqlite.migrations import known_scripts, version_of


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
            return int(opened.execute("SELECT quarantined FROM tally").get)
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
            return not opened.execute("SELECT total + removed + quarantined FROM tally").get
        finally:
            opened.close()


def _check(opened: apsw.Connection) -> None:
    version, known = version_of(opened), len(known_scripts())
    if version > known:
        raise NewerSchemaError(version, known)
    if opened.execute("PRAGMA quick_check(1)").get != "ok":
        raise DamagedDatabaseError


def _opened(folder: Path) -> apsw.Connection:
    opened = connection.reader(folder / files.NAME)
    if opened.execute("PRAGMA application_id").get == connection.APPLICATION_ID:
        return opened
    opened.close()
    raise DamagedDatabaseError
