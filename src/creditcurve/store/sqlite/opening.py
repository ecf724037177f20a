"""From a data folder to a sound, current database.

Creates a missing database, migrates an old one (after a copy), refuses a newer one, recovers a
damaged one (the damaged file is kept), and opens a copied one without another database's journal.
"""

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

import apsw

from creditcurve.clocks import Clock
from creditcurve.store.errors import NewerSchemaError, StoreUnavailableError
from creditcurve.store.sqlite import (
    checking,
    connection,
    files,
    journal,
    journal_mark,
    versions,
)
from creditcurve.store.sqlite.checking import DamagedError
from creditcurve.store.sqlite.connection import DAMAGED, LOCKED, translated
from creditcurve.store.sqlite.migrations import known_scripts, migrate, version_of

OPEN_PATIENCE_S: Final = 10.0
CHECK_S: Final = 0.05
"""The start checks the database for so long; a larger one is checked while it is in use."""
_YIELD_S: Final = 0.05
_TABLES: Final = "SELECT name FROM sqlite_schema"

log = logging.getLogger(__name__)

T = TypeVar("T")


class Opened(NamedTuple):
    """The database file, and the findings of opening it.

    Attributes:
        path: the database file.
        recovered_from: the copy of the damaged file that was found in its place, if one was.
        other_journal: the journal of another database that was found beside it, as renamed.
        is_checked: whether the whole database was checked for damage.
    """

    path: Path
    recovered_from: Path | None = None
    other_journal: Path | None = None
    is_checked: bool = True


def open_folder(
    folder: Path, *, clock: Clock, scripts: Sequence[str] | None = None, check_s: float = CHECK_S
) -> Opened:
    """Make sure that the folder contains a sound, current database.

    Args:
        folder: the data folder; it is created if it is missing.
        clock: for the names of files that are kept beside the database.
        scripts: the migrations; all known ones by default.
        check_s: how long the database is checked; one marked as damaged is checked completely.

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
        examination = _Examination(path, known, clock, check_s, is_replaced=bool(other_journal))
        try:
            is_checked = _with_retries(examination.run, clock)
        except (DamagedError, *DAMAGED) as error:
            from creditcurve.store.sqlite.recovery.replacement import (  # noqa: PLC0415 - rare
                replace_damaged,
            )

            log.error("database damaged path=%s: %s", path, error)  # noqa: TRY400 - expected
            kept = replace_damaged(path, known, clock.now_ms())
            checking.unmark(path)
            return Opened(path, kept, other_journal)
    return Opened(path, None, other_journal, is_checked)


def _set_aside_other_journal(path: Path, clock: Clock) -> Path | None:
    if not journal.is_foreign(path):
        return None
    kept = journal.set_aside(path, clock.now_ms())
    log.warning("another database's journal was found beside the database kept=%s", kept)
    return kept


class _Examination:
    """Checks a database, migrates it, and raises the versions of a copy."""

    def __init__(
        self,
        path: Path,
        scripts: Sequence[str],
        clock: Clock,
        check_s: float,
        *,
        is_replaced: bool,
    ) -> None:
        self._path = path
        self._scripts = scripts
        self._clock = clock
        self._check_s = check_s
        self._is_replaced = is_replaced

    def run(self) -> bool:
        """Return whether the whole database was checked."""
        opened = connection.plain(self._path)
        try:
            _check_identity(opened, len(self._scripts))
            is_checked = self._check(opened)
            self._migrate(opened)
            if self._is_replaced or journal_mark.is_unused_copy(opened):
                _start_using(opened, self._clock.now_ms())
        finally:
            opened.close()
        return is_checked

    def _check(self, opened: apsw.Connection) -> bool:
        is_current = version_of(opened) == len(self._scripts)
        if is_current and not checking.is_marked(self._path):
            return checking.check_within(opened, self._check_s, self._clock)
        checking.check(opened)
        checking.unmark(self._path)
        return True

    def _migrate(self, opened: apsw.Connection) -> None:
        version, known = version_of(opened), len(self._scripts)
        if version < known:
            kept = files.beside(self._path, f"before-version-{known}", self._clock.now_ms())
            files.copy(opened, kept)
            migrate(opened, self._scripts)
            log.info("database migrated from=%d to=%d copy=%s", version, known, kept)


def _start_using(copy: apsw.Connection, now_ms: int) -> None:
    """Begin the versions of a copy above those of every database used before it."""
    with copy:
        versions.raise_all(copy, now_ms)
        journal_mark.advance(copy)


def _check_identity(opened: apsw.Connection, known: int) -> None:
    found = int(opened.execute(connection.APPLICATION_ID_OF).get)
    tables = {name for (name,) in opened.execute(_TABLES)}
    if "tally" in tables and found != connection.APPLICATION_ID:
        raise DamagedError("the header has no application id")
    if "tally" not in tables and tables:
        raise StoreUnavailableError(f"{files.NAME} in the data folder belongs to another program.")
    if not tables:
        raise DamagedError("it contains no tables")
    if version_of(opened) > known:
        raise NewerSchemaError(version_of(opened), known)


def _with_retries(call: Callable[[], T], clock: Clock) -> T:
    """Wait a while if another program has locked the file."""
    deadline = clock.monotonic_s() + OPEN_PATIENCE_S
    while True:
        try:
            return call()
        except LOCKED:
            if clock.monotonic_s() >= deadline:
                raise
            time.sleep(_YIELD_S)
