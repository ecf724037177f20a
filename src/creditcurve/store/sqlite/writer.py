"""The one connection that writes: opened again after a failure."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import apsw

from creditcurve.store.sqlite import connection, journal_mark
from creditcurve.store.sqlite.connection import BEGIN_WRITE, COMMIT, FAULTS, ROLLBACK

TRUNCATE_TRIES: Final = 20
_TRUNCATE: Final = "PRAGMA wal_checkpoint(TRUNCATE)"

T = TypeVar("T")


class Writer:
    """Runs transactions; used on one thread."""

    def __init__(self, path: Path, opened: apsw.Connection) -> None:
        self._path = path
        self._connection: apsw.Connection | None = opened

    def run(self, work: Callable[[apsw.Connection], T]) -> T:
        """Run ``work`` as one transaction; nothing is written if it fails."""
        if self._connection is None:
            self._connection = connection.writer(self._path)
        opened = self._connection
        opened.execute(BEGIN_WRITE)
        try:
            result = work(opened)
            journal_mark.advance(opened)
            opened.execute(COMMIT)
        except BaseException:
            if opened.in_transaction:
                opened.execute(ROLLBACK)
            raise
        return result

    def truncate_log(self) -> None:
        """Remove overwritten content from the write-ahead log; wait for readers that use it."""
        if self._connection is None:
            return
        with contextlib.suppress(*FAULTS):
            for _ in range(TRUNCATE_TRIES):
                (is_busy, _, _) = self._connection.execute(_TRUNCATE).get
                if not is_busy:
                    return

    def close(self) -> None:
        """Close the connection; the next transaction opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
