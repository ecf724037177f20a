"""From a data folder to a sound, current database.

Creates a missing database, migrates an old one (after a copy), refuses a newer one, recovers a
damaged one (the damaged file is kept), and opens a copied one without another database's journal.
"""

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import apsw

from creditcurve.clocks import Clock
from creditcurve.store.errors import NewerSchemaError, StoreUnavailableError
from creditcurve.store.sqlite import (
    connection,
    files,
    journal,
    journal_mark,
    recovery,
    versions,
)
from creditcurve.store.sqlite.connection import DAMAGED, LOCKED, translated
from creditcurve.store.sqlite.migrations import known_scripts, migrate, version_of

OPEN_PATIENCE_S: Final = 10.0
_YIELD_S: Final = 0.05

log = logging.getLogger(__name__)


class DamagedError(Exception):
    """The file is no sound database; it is recovered."""


class Opened(NamedTuple):
    """The database file, and what was found with it.

    Attributes:
        path: the database file.
        recovered_from: the copy of the damaged file that was found in its place, if one was.
        other_journal: the journal of another database that was found beside it, as renamed.
    """

    path: Path
    recovered_from: Path | None = None
    other_journal: Path | None = None


def open_folder(folder: Path, *, clock: Clock, scripts: Sequence[str] | None = None) -> Opened:
    """Make sure that the folder contains a sound, current database.

    Args:
        folder: the data folder; it is created if it is missing.
        clock: for the names of files that are kept beside the database.
        scripts: the migrations; all known ones by default.

    Raises:
        NewerSchemaError: a newer version wrote it.
        StoreUnavailableError: the disk, a permission or a lock prevents it, or the file belongs to
            another program.
    """
    known = known_scripts() if scripts is None else scripts
    path = folder / files.NAME
    with translated():
        files.secure(folder)
        if not path.exists():
            files.create(path, known, lambda _: None)
            return Opened(path)
        other_journal = _set_aside_other_journal(path, clock)
        try:
            _with_retries(lambda: _examine(path, known, clock, other_journal), clock)
        except (DamagedError, *DAMAGED) as error:
            log.error("database damaged path=%s: %s", path, error)  # noqa: TRY400 - expected
            kept = recovery.recover(path, known, clock.now_ms())
            return Opened(path, kept, other_journal)
    return Opened(path, None, other_journal)


def _set_aside_other_journal(path: Path, clock: Clock) -> Path | None:
    if not journal.is_foreign(path):
        return None
    kept = journal.set_aside(path, clock.now_ms())
    log.warning("another database's journal was found beside the database kept=%s", kept)
    return kept


def _examine(path: Path, scripts: Sequence[str], clock: Clock, other_journal: Path | None) -> None:
    """Check the file, migrate it, and raise the versions of a copy."""
    opened = connection.plain(path)
    try:
        _check_identity(opened, len(scripts))
        findings = opened.execute("PRAGMA quick_check(1)").get
        if findings != "ok":
            raise DamagedError(str(findings))
        version = version_of(opened)
        if version < len(scripts):
            kept = files.beside(path, f"before-version-{len(scripts)}", clock.now_ms())
            files.copy(opened, kept)
            migrate(opened, scripts)
            log.info("database migrated from=%d to=%d copy=%s", version, len(scripts), kept)
        if other_journal is not None or journal_mark.is_unused_copy(opened):
            _start_using(opened, clock.now_ms())
    finally:
        opened.close()


def _start_using(copy: apsw.Connection, now_ms: int) -> None:
    """Begin the versions of a copy above those of every database used before it."""
    with copy:
        versions.raise_all(copy, now_ms)
        journal_mark.advance(copy)


def _check_identity(opened: apsw.Connection, known: int) -> None:
    found = int(opened.execute("PRAGMA application_id").get)
    tables = {name for (name,) in opened.execute("SELECT name FROM sqlite_schema")}
    if "tally" in tables and found != connection.APPLICATION_ID:
        raise DamagedError("the header has no application id")
    if "tally" not in tables and tables:
        raise StoreUnavailableError(f"{files.NAME} in the data folder belongs to another program.")
    if not tables:
        raise DamagedError("it contains no tables")
    if version_of(opened) > known:
        raise NewerSchemaError(version_of(opened), known)


def _with_retries(call: Callable[[], None], clock: Clock) -> None:
    """Wait a while if another program has locked the file."""
    deadline = clock.monotonic_s() + OPEN_PATIENCE_S
    while True:
        try:
            return call()
        except LOCKED:
            if clock.monotonic_s() >= deadline:
                raise
            time.sleep(_YIELD_S)
