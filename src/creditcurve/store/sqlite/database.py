"""The open database: one writer and a few readers, each on a separate thread.

The event loop never waits for SQLite. A write is one transaction; a read sees one moment. If
another program has locked the database, both are tried again for a limited time; other failures of
storage are raised at once, and the next write uses a new connection.
"""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

import apsw

from creditcurve.clocks import Clock
from creditcurve.store.errors import StoreUnavailableError
from creditcurve.store.sqlite import checking
from creditcurve.store.sqlite.checking import DamagedError
from creditcurve.store.sqlite.connection import DAMAGED, FAULTS, LOCKED, unavailable
from creditcurve.store.sqlite.readers import Readers
from creditcurve.store.sqlite.writer import Writer

WRITE_PATIENCE_S: Final = 120.0
READ_PATIENCE_S: Final = 10.0
READERS: Final = 3
_YIELD_S: Final = 0.02
"""The pause between two tries when SQLite does not wait by itself."""

log = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[apsw.Connection], T]


class Database:
    """Runs work on the database, off the event loop.

    Attributes:
        path: the database file.
        commits: how many transactions were committed.
        failing: why writes fail at present; None while they succeed. Once the database is known
            to be damaged, no write is attempted before it is opened again.
    """

    def __init__(self, path: Path, writer: apsw.Connection, *, clock: Clock) -> None:
        self.path = path
        self.commits = 0
        self.failing: str | None = None
        self._clock = clock
        self._closing = threading.Event()
        self._is_damaged = False
        self._writer = Writer(path, writer)
        self._write_thread = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._read_threads = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")
        self._readers = Readers(path, refuse_when_closing=self._refuse_when_closing)

    async def write(self, work: Work[T], committed: Callable[[T], None] | None = None) -> T:
        """Run ``work`` as one transaction; after its commit, ``committed`` on the same thread.

        Cancelling the caller separates neither of them. If the database is locked, ``work`` runs
        again: its only side effects must be its writes.

        Raises:
            StoreUnavailableError: nothing was written.
        """
        return await self._on(self._write_thread, lambda: self._write(work, committed))

    async def read(self, work: Work[T]) -> T:
        """Run ``work`` on one moment of the database.

        Raises:
            StoreUnavailableError: it cannot be read.
        """
        return await self._on(self._read_threads, lambda: self._read(work))

    async def check(self) -> None:
        """Check the whole database for damage while it is in use."""
        with contextlib.suppress(StoreUnavailableError):
            await self.read(_check)

    async def truncate_log(self) -> None:
        """Remove overwritten content from the write-ahead log; wait for readers that use it."""
        await self._on(self._write_thread, self._writer.truncate_log)

    async def close(self) -> None:
        """Finish the write in progress, interrupt reads, close the files."""
        self._closing.set()
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        """The same, blocking."""
        self._closing.set()
        self._write_thread.shutdown()
        self._readers.interrupt()
        self._read_threads.shutdown()
        self._readers.close()
        self._writer.close()

    async def _on(self, threads: ThreadPoolExecutor, call: Callable[[], T]) -> T:
        self._refuse_when_closing()
        return await asyncio.get_running_loop().run_in_executor(threads, call)

    def _write(self, work: Work[T], committed: Callable[[T], None] | None) -> T:
        if self._is_damaged:
            raise unavailable(apsw.CorruptError())
        try:
            result = self._with_retries(lambda: self._writer.run(work), WRITE_PATIENCE_S)
        except (*FAULTS, OSError) as error:
            self._writer.close()
            self._note_damage(error)
            failure = unavailable(error)
            self.failing = failure.detail
            raise failure from error
        self.failing = None
        self.commits += 1
        if committed is not None:
            committed(result)
        return result

    def _read(self, work: Work[T]) -> T:
        try:
            return self._with_retries(lambda: self._readers.run(work), READ_PATIENCE_S)
        except (*FAULTS, OSError) as error:
            self._note_damage(error)
            raise unavailable(error) from error

    def _with_retries(self, call: Callable[[], T], patience_s: float) -> T:
        deadline = self._clock.monotonic_s() + patience_s
        while True:
            try:
                return call()
            except LOCKED:
                if self._clock.monotonic_s() >= deadline or self._closing.wait(_YIELD_S):
                    raise

    def _note_damage(self, error: Exception) -> None:
        """Stop writing to a damaged database, and have the next start recover it."""
        if isinstance(error, DAMAGED) and not self._is_damaged:
            log.error("database damaged path=%s: %s", self.path, error)
            self._is_damaged = True
            self.failing = unavailable(error).detail
            checking.mark(self.path)

    def _refuse_when_closing(self) -> None:
        if self._closing.is_set():
            raise StoreUnavailableError("The store is closed.")


def _check(reader: apsw.Connection) -> None:
    try:
        checking.check(reader)
    except DamagedError as error:
        raise apsw.CorruptError(str(error)) from error
