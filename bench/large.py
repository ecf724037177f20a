"""Data folders with many records, generated inside SQLite once and kept for later runs.

Half of the records are of the last 30 days, the others of the eleven months before. The last one
is at ``NOW``, so that equal questions have equal answers in every run.
"""

import asyncio
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Final

import apsw

from creditcurve.clocks import SystemClock
from creditcurve.domain.secret import Secret
from creditcurve.store import SqliteStore
from creditcurve.store.sqlite import rebuilding
from creditcurve.vault import Vault

DAY: Final = 86_400_000
NOW: Final = 1_795_000_000_000
MODELS: Final = ("opus-4", "sonnet-4", "haiku-4", "haiku-3", "opus-3")
LARGEST: Final = int(os.environ.get("BENCH_RECORDS", "10_000_000"))
"""Set ``BENCH_RECORDS`` to 100000000 for the store of a hundred million."""
_KEPT: Final = Path(tempfile.gettempdir()) / "creditcurve-bench"
_VERSION: Final = 1
"""Raise it when stores are generated in another way."""

_SOURCE: Final = """
    INSERT INTO source (type, endpoint, model, api_key, counts)
    VALUES ('USAGE', 'v1/messages', ?, NULL, 1)
"""
_RECORDS: Final = """
    WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < :count - 1)
    INSERT INTO record (id, revision, t_ms, source, credits, status, extra)
    SELECT 10000000 + n * 30, n + 1,
           iif(n < :count / 2,
               :now - 365 * 86400000 + n * (335 * 86400000) / (:count / 2),
               :now - 30 * 86400000 + (n - :count / 2) * (30 * 86400000) / (:count - :count / 2)),
           1 + n * 7 % 5, n * 31 % 200, 200, ''
      FROM number
"""
_TALLY: Final = "UPDATE tally SET revision = ?1, total = ?1, counted = ?1"


def folder_with(count: int) -> Path:
    """Return a folder whose ``data`` has so many records; generate it if there is none yet."""
    folder = _KEPT / f"{count}-{_VERSION}"
    if not folder.exists():
        unfinished = folder.with_suffix(".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        (unfinished / "data").mkdir(parents=True)
        asyncio.run(open_store(unfinished / "data").close())
        began_s = time.perf_counter()
        _fill(database_of(unfinished), count)
        print(f"generated {count:,} records in {time.perf_counter() - began_s:.0f} s")
        unfinished.rename(folder)
    return folder


def database_of(folder: Path) -> Path:
    """Return the database below such a folder."""
    return next(folder.glob("data/*.db"))


def open_store(folder: Path) -> SqliteStore:
    """Open the store of a data folder, with a key that is only in memory."""
    vault = Vault.open(secret_key=Secret(b"bench"), key_file=folder / "no.key", use_keyring=False)
    return SqliteStore.open(folder, vault=vault, clock=SystemClock())


def _fill(file: Path, count: int) -> None:
    connection = apsw.Connection(str(file))
    connection.execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000")
    connection.executemany(_SOURCE, ((model,) for model in MODELS))
    with connection:
        connection.execute(_RECORDS, {"count": count, "now": NOW})
        connection.execute(_TALLY, (count,))
        rebuilding.rebuild(connection)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
