"""Detects a write-ahead log that was left by another copy of the database.

SQLite replays every valid log beside a database file, and so mixes two databases where a file was
copied over one whose log still exists. A log starts from the state before its first transaction:
the file beside it contains the mark (``journal_mark``) before the log's first one, or one of the
log's own where a checkpoint was interrupted. Any other mark means that the log belongs to another
file.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote

import apsw

from creditcurve.filesystem import sync_folder
from creditcurve.store.sqlite import files, journal_mark
from creditcurve.store.sqlite.connection import FAULTS
from creditcurve.store.sqlite.journal_mark import Mark

LOG_SUFFIX: Final = "-wal"

# The format of the log (source: SQLite's file format, 4.1); numbers are big-endian.
_LOG_HEADER_BYTES: Final = 32
_FRAME_HEADER_BYTES: Final = 24
_PAGE_SIZE: Final = slice(8, 12)
_HEADER_SALTS: Final = slice(16, 24)
_FRAME_SALTS: Final = slice(8, 16)


def is_foreign(path: Path) -> bool:
    """Return whether the log beside a database file belongs to another file.

    A log without a mark was written by the first release, or contains no whole transaction; a file
    that cannot be read is left to the recovery. Neither counts as foreign.
    """
    marks = list(_marks_in_log(path.with_name(path.name + LOG_SUFFIX)))
    if not marks:
        return False
    first, last = marks[0], marks[-1]
    try:
        mark = _mark_in_file(path)
    except FAULTS:
        return False
    if mark is None:
        return first.writes != journal_mark.FIRST_WRITES
    return mark.copy != first.copy or not first.writes - 1 <= mark.writes <= last.writes


def set_aside(path: Path, now_ms: int) -> Path:
    """Rename the log beside a database file; return its new name."""
    kept = files.beside(path, "other-journal", now_ms)
    path.with_name(path.name + LOG_SUFFIX).rename(kept)
    files.remove_journal(path)
    sync_folder(path.parent)
    return kept


def _mark_in_file(path: Path) -> Mark | None:
    """Return the mark in the file itself, whatever its log contains; None if it is missing."""
    uri = f"file:{quote(str(path.resolve()))}?immutable=1"
    connection = apsw.Connection(uri, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    try:
        return journal_mark.get(connection)
    finally:
        connection.close()


def _marks_in_log(path: Path) -> Iterator[Mark]:
    """Yield the marks in the log's frames up to the first frame of an earlier use of the log."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        header = file.read(_LOG_HEADER_BYTES)
        page_size = int.from_bytes(header[_PAGE_SIZE], "big")
        frame_bytes = _FRAME_HEADER_BYTES + page_size
        while page_size and len(frame := file.read(frame_bytes)) == frame_bytes:
            if frame[_FRAME_SALTS] != header[_HEADER_SALTS]:
                return
            start = frame.find(journal_mark.CONSTANT, _FRAME_HEADER_BYTES)
            if start >= 0:
                yield Mark.read(frame[start:])
