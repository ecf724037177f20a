"""The new database in place of a damaged one."""

import logging
from collections.abc import Sequence
from pathlib import Path

import apsw

from creditcurve.store.sqlite import files, rebuilding, recount, versions
from creditcurve.store.sqlite.connection import BEGIN_WRITE, COMMIT
from creditcurve.store.sqlite.recovery import tally
from creditcurve.store.sqlite.recovery.coverage import copy_coverage
from creditcurve.store.sqlite.recovery.damaged import open_damaged
from creditcurve.store.sqlite.recovery.records import copy_records
from creditcurve.store.sqlite.recovery.sources import copy_sources
from creditcurve.store.sqlite.recovery.sums import copy_sums
from creditcurve.store.sqlite.recovery.tables import copy_tables

log = logging.getLogger(__name__)


def replace_damaged(path: Path, scripts: Sequence[str], now_ms: int) -> Path:
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
        _create_from(scratch, path, scripts, now_ms)
    finally:
        files.remove(scratch)
    log.warning("database recovered kept=%s", kept)
    return kept


def _create_from(scratch: Path, path: Path, scripts: Sequence[str], now_ms: int) -> None:
    old = open_damaged(scratch, scripts)
    try:
        files.create(path, scripts, lambda made: _copy(old, made, now_ms))
    finally:
        old.close()


def _copy(old: apsw.Connection, made: apsw.Connection, now_ms: int) -> None:
    made.execute(BEGIN_WRITE)
    copy_sources(old, made)
    copy_sums(old, made, now_ms)
    first = max(now_ms, tally.revision_of(old))  # higher than every revision before
    revision = copy_records(old, made, first, now_ms)
    copy_tables(old, made)
    rebuilding.rebuild(made)
    recount.restart(made)
    tally.count(made, revision)
    copy_coverage(old, made, now_ms)
    versions.raise_all(made, max(revision, tally.highest_version(old)))
    made.execute(COMMIT)
