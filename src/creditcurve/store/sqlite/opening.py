"""From a data folder to a database that can be trusted.

Makes a new one, brings an old one up to date (after a copy), refuses a newer one, and recovers a
damaged one: the damaged file is kept beside it.
"""

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import apsw

from creditcurve.clocks import Clock
from creditcurve.store.errors import NewerSchemaError, StoreUnavailableError
from creditcurve.store.sqlite import connection, files, recovery
from creditcurve.store.sqlite.connection import DAMAGED, LOCKED, translated
from creditcurve.store.sqlite.migrations import known_scripts, migrate, version_of

OPEN_PATIENCE_S: Final = 10.0
_YIELD_S: Final = 0.05

log = logging.getLogger(__name__)


class Damaged(Exception):  # noqa: N818 - a finding, answered by a recovery
    """The file is no sound database."""


def open_folder(
    folder: Path, *, clock: Clock, scripts: Sequence[str] | None = None
) -> tuple[Path, Path | None]:
    """Make sure of a sound, current database in the folder.

    Args:
        folder: the data folder; it is made where there is none.
        clock: for the names of what is kept beside the database.
        scripts: the migrations; all known ones by default.

    Returns:
        The database file, and where a damaged one that was found in its place is kept now.

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
            return path, None
        try:
            _with_retries(lambda: _examine(path, known, clock), clock)
        except (Damaged, *DAMAGED) as error:
            log.error("database damaged path=%s: %s", path, error)  # noqa: TRY400 - expected
            return path, recovery.recover(path, known, clock.now_ms())
    return path, None


def _examine(path: Path, scripts: Sequence[str], clock: Clock) -> None:
    """Check the file, and bring it up to date."""
    opened = connection.plain(path)
    try:
        _check_identity(opened, len(scripts))
        findings = opened.execute("PRAGMA quick_check(1)").get
        if findings != "ok":
            raise Damaged(str(findings))
        version = version_of(opened)
        if version < len(scripts):
            kept = files.beside(path, f"before-version-{len(scripts)}", clock.now_ms())
            files.copy(opened, kept)
            migrate(opened, scripts)
            log.info("database migrated from=%d to=%d copy=%s", version, len(scripts), kept)
    finally:
        opened.close()


def _check_identity(opened: apsw.Connection, known: int) -> None:
    found = int(opened.execute("PRAGMA application_id").get)
    tables = {name for (name,) in opened.execute("SELECT name FROM sqlite_schema")}
    if "tally" in tables and found != connection.APPLICATION_ID:
        raise Damaged("the header does not say whose the file is")
    if "tally" not in tables and tables:
        raise StoreUnavailableError(
            f"{files.NAME} in the data folder is another program's database."
        )
    if not tables:
        raise Damaged("there are no tables in it")
    if version_of(opened) > known:
        raise NewerSchemaError(version_of(opened), known)


def _with_retries(call: Callable[[], None], clock: Clock) -> None:
    """Wait for a while where another program holds the file."""
    deadline = clock.monotonic_s() + OPEN_PATIENCE_S
    while True:
        try:
            return call()
        except LOCKED:
            if clock.monotonic_s() >= deadline:
                raise
            time.sleep(_YIELD_S)
