"""Connections to the database file, and what SQLite's failures mean.

Every connection is opened here with the same rules: write-ahead log, every commit synced to the
disk (``synchronous=FULL``), deleted content overwritten with zeros.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import apsw

from creditcurve.store.errors import DamagedDatabaseError, StoreUnavailableError
from creditcurve.store.sqlite.amounts import exact_sum, from_sql

APPLICATION_ID: Final = 0x43435256
"""``CCRV``: marks the file as CreditCurve's (``PRAGMA application_id``)."""
APPLICATION_ID_OF: Final = "PRAGMA application_id"
BEGIN: Final = "BEGIN"
BEGIN_WRITE: Final = "BEGIN IMMEDIATE"
COMMIT: Final = "COMMIT"
ROLLBACK: Final = "ROLLBACK"
PAGE_SIZE: Final = 4_096
LOCK_WAIT_MS: Final = 250
"""How long SQLite waits for a lock before it returns an error."""

DAMAGED: Final = (apsw.CorruptError, apsw.NotADBError)
LOCKED: Final = (apsw.BusyError, apsw.LockedError)
FAULTS: Final = (
    *DAMAGED,
    *LOCKED,
    apsw.CantOpenError,
    apsw.FullError,
    apsw.IOError,
    apsw.InterruptError,
    apsw.PermissionsError,
    apsw.ReadOnlyError,
)
"""Failures of storage, not of this program."""

_WRITER: Final = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA journal_size_limit = 16777216;
    PRAGMA cell_size_check = ON;
"""
_READER: Final = """
    PRAGMA query_only = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -8192;
"""
_DETAILS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (apsw.FullError, "The disk is full."),
    (apsw.ReadOnlyError, "The database cannot be written to: the file system is read-only."),
    (apsw.BusyError, "Another program has locked the database."),
    (apsw.LockedError, "Another program has locked the database."),
    (apsw.CantOpenError, "The database cannot be opened: check the data folder's permissions."),
    (apsw.PermissionsError, "The database cannot be opened: check its permissions."),
    (apsw.InterruptError, "The store is closing."),
)


def writer(path: Path, *, create: bool = False) -> apsw.Connection:
    """Open a connection that writes; ``create`` creates a missing file."""
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if create else 0)
    connection = _opened(path, flags)
    try:
        if create:
            connection.execute(f"PRAGMA page_size = {PAGE_SIZE:d}")
        connection.execute(_WRITER).fetchall()  # the next statement runs after the row of the last
    except BaseException:
        connection.close()
        raise
    return connection


def plain(path: Path) -> apsw.Connection:
    """Open a connection that does not checkpoint the log of a file not yet known as sound."""
    connection = _opened(path, apsw.SQLITE_OPEN_READWRITE)
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    return connection


def reader(path: Path) -> apsw.Connection:
    """Open a connection that only reads."""
    connection = _opened(path, apsw.SQLITE_OPEN_READONLY)
    try:
        connection.execute(_READER).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def unavailable(error: Exception) -> StoreUnavailableError:
    """Convert a failure of storage into a sentence for the user."""
    if isinstance(error, DAMAGED):
        return DamagedDatabaseError()
    for kind, detail in _DETAILS:
        if isinstance(error, kind):
            return StoreUnavailableError(detail)
    return StoreUnavailableError(f"The file system refuses: {error}.")


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turn failures of storage into ``StoreUnavailableError``."""
    try:
        yield
    except (*FAULTS, OSError) as error:
        raise unavailable(error) from error


def _opened(path: Path, flags: int) -> apsw.Connection:
    connection = apsw.Connection(str(path), flags=flags)
    connection.set_busy_timeout(LOCK_WAIT_MS)
    connection.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    connection.config(apsw.SQLITE_DBCONFIG_DQS_DML, 0)
    connection.config(apsw.SQLITE_DBCONFIG_DQS_DDL, 0)
    connection.create_scalar_function("is_at_least", _is_at_least, 2, deterministic=True)
    connection.create_scalar_function("exact_sum", exact_sum, deterministic=True)
    return connection


def _is_at_least(*amounts: object) -> bool:
    """Return whether one TEXT amount is at least another; SQL compares them as text."""
    amount, least = (from_sql(str(text)) for text in amounts)
    return amount >= least
