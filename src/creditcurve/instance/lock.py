"""The lock of the data folder, which ends with its process."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from creditcurve.instance import note
from creditcurve.instance.folder import prepare

_NAME: Final = "creditcurve.lock"


class AlreadyRunningError(Exception):
    """Another process has the data folder; ``instance`` is None while it is starting."""

    def __init__(self, instance: note.Instance | None) -> None:
        super().__init__(instance.address if instance else "starting")
        self.instance = instance


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Lock the data folder; create it (0700) if it is missing.

    Raises:
        AlreadyRunningError: another process has locked it.
        DataFolderError: the folder cannot be created or written, or is unsafe.
    """
    import filelock  # noqa: PLC0415 - 25 ms that reading the note does not need

    prepare(folder)
    lock = filelock.FileLock(folder / _NAME, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise AlreadyRunningError(note.find(folder)) from error
    try:
        note.remove(folder)  # of a crashed instance
        yield
    finally:
        note.remove(folder)
        lock.release()
