"""The connections that read: opened when they are needed, kept for the next read."""

import queue
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import apsw

from creditcurve.store.sqlite import connection

T = TypeVar("T")


class Readers:
    """Gives each read a connection of its own; safe to use from several threads."""

    def __init__(self, path: Path, *, refuse_when_closing: Callable[[], None]) -> None:
        self._path = path
        self._refuse_when_closing = refuse_when_closing
        self._idle: queue.SimpleQueue[apsw.Connection] = queue.SimpleQueue()
        self._busy: set[apsw.Connection] = set()

    def run(self, work: Callable[[apsw.Connection], T]) -> T:
        """Run ``work`` in one read transaction; a connection that fails is not used again."""
        reader = self._connection()
        self._busy.add(reader)
        is_sound = False
        try:
            self._refuse_when_closing()
            reader.execute(connection.BEGIN)
            result = work(reader)
            reader.execute(connection.COMMIT)
            is_sound = True
        finally:
            self._busy.discard(reader)
            if is_sound:
                self._idle.put(reader)
            else:
                reader.close()
        return result

    def interrupt(self) -> None:
        """Make the reads that run now fail."""
        for busy in tuple(self._busy):
            busy.interrupt()

    def close(self) -> None:
        """Close the idle connections; call it when no read runs."""
        while not self._idle.empty():
            self._idle.get().close()

    def _connection(self) -> apsw.Connection:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return connection.reader(self._path)
