"""Checks a database for damage, for a limited time if the start waits for the result.

Damage that is found later is noted in a file beside the database: the next start then checks the
whole database before it uses it.
"""

import contextlib
from pathlib import Path
from typing import Final

import apsw

from creditcurve.clocks import Clock

QUICK_CHECK: Final = "PRAGMA quick_check(1)"
SOUND: Final = "ok"
_MARKER_SUFFIX: Final = ".damaged"
_STEPS: Final = 250
"""SQLite's steps between two looks at the clock. A step can read a page from the disk."""


class DamagedError(Exception):
    """The file is no sound database; it is recovered."""


def check(connection: apsw.Connection) -> None:
    """Check the whole database.

    Raises:
        DamagedError: it is damaged.
    """
    found = connection.execute(QUICK_CHECK).get
    if found != SOUND:
        raise DamagedError(str(found))


def check_within(connection: apsw.Connection, limit_s: float, clock: Clock) -> bool:
    """Check the database for a limited time; return whether the check was completed.

    Raises:
        DamagedError: it is damaged.
    """
    if limit_s <= 0:
        return False
    deadline_s = clock.monotonic_s() + limit_s
    connection.set_progress_handler(lambda: clock.monotonic_s() > deadline_s, _STEPS)
    try:
        check(connection)
    except apsw.InterruptError:
        return False
    finally:
        connection.set_progress_handler(None)
    return True


def is_marked(path: Path) -> bool:
    """Return whether damage was found in the database since its last start."""
    return _marker(path).exists()


def mark(path: Path) -> None:
    """Note that the database is damaged, as far as the disk permits."""
    with contextlib.suppress(OSError):
        _marker(path).touch(mode=0o600)


def unmark(path: Path) -> None:
    """Forget the note."""
    _marker(path).unlink(missing_ok=True)


def _marker(path: Path) -> Path:
    return path.with_name(path.name + _MARKER_SUFFIX)
