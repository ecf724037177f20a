"""The data folder: the database's files, for their owner alone, and how one appears whole.

A new database is made beside its place and moved there when it is finished: a file in that place
that is empty or half made was therefore damaged, and is never taken for a new one.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import apsw

from creditcurve.domain.instant import to_iso
from creditcurve.store.sqlite import connection, stored_values
from creditcurve.store.sqlite.migrations import migrate

NAME: Final = "creditcurve.db"
COMPANIONS: Final = ("-wal", "-shm")
_DRAFT: Final = ".new"


def secure(folder: Path) -> None:
    """Make the folder where there is none, and close it and the database's files to others.

    Raises:
        OSError: it cannot be made, or belongs to somebody else.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _close_to_others(folder, 0o700)
    for path in folder.glob(f"{NAME}*"):
        _close_to_others(path, 0o600)


def create(path: Path, scripts: Sequence[str], fill: Callable[[apsw.Connection], None]) -> None:
    """Make a database in that place, whole or not at all.

    ``fill`` puts in what it begins with.
    """
    draft = path.with_name(path.name + _DRAFT)
    remove(draft)
    touch(draft)
    made = connection.writer(draft, create=True)
    try:
        made.execute(f"PRAGMA application_id = {connection.APPLICATION_ID:d}")
        migrate(made, scripts)
        fill(made)
    finally:
        made.close()
    for suffix in COMPANIONS:  # a log of the database that was here before would be replayed
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    draft.replace(path)
    sync_folder(path.parent)


def copy(source: apsw.Connection, target: Path) -> None:
    """Copy one moment of the database into a file of its own, without the cookie."""
    draft = target.with_name(target.name + _DRAFT)
    remove(draft)
    touch(draft)
    made = apsw.Connection(str(draft))
    try:
        with made.backup("main", source, "main") as backup:
            backup.step()
        made.execute("PRAGMA journal_mode = DELETE")
        made.execute("PRAGMA secure_delete = ON")
        stored_values.delete_cookie(made)
    finally:
        made.close()
    draft.replace(target)
    sync_folder(target.parent)


def beside(path: Path, word: str, now_ms: int) -> Path:
    """A name beside the database that says what became of it and when, and is not taken yet."""
    stamp = to_iso(now_ms).replace("-", "").replace(":", "").replace(".", "")
    name = f"{path.name}.{word}.{stamp}"
    number = 1
    while path.with_name(name).exists():
        number += 1
        name = f"{path.name}.{word}.{stamp}.{number}"
    return path.with_name(name)


def duplicate(path: Path, target: Path) -> None:
    """Copy a database's files as they are, readable by their owner alone."""
    for suffix in ("", "-wal"):
        source = path.with_name(path.name + suffix)
        if source.exists():
            goal = target.with_name(target.name + suffix)
            touch(goal)
            with source.open("rb") as original, goal.open("wb") as twin:
                shutil.copyfileobj(original, twin)
                twin.flush()
                os.fsync(twin.fileno())


def remove(path: Path) -> None:
    """Delete a database's files."""
    for suffix in ("", *COMPANIONS):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def size_bytes(path: Path) -> int:
    """What the database's files take on the disk."""
    size = 0
    for suffix in ("", *COMPANIONS):
        with contextlib.suppress(FileNotFoundError):
            size += path.with_name(path.name + suffix).stat().st_size
    return size


def touch(path: Path) -> None:
    """Make an empty file that only its owner can read."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))


def sync_folder(folder: Path) -> None:
    """Bring a renaming to the disk, on systems where a folder can be synced."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _close_to_others(path: Path, mode: int) -> None:
    if path.stat().st_mode & 0o777 & ~mode:
        path.chmod(mode)
