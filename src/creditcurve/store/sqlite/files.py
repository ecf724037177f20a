"""The files of the data folder: created whole, readable by their owner only.

A new database is created beside its place and renamed when it is complete. An empty or incomplete
file in that place is therefore damaged, and never mistaken for a new one.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import apsw

from creditcurve.domain.instant import to_iso
from creditcurve.filesystem import sync_folder
from creditcurve.store.sqlite import connection, journal_mark, stored_values
from creditcurve.store.sqlite.alerts.channels import delete_addresses
from creditcurve.store.sqlite.migrations import migrate

NAME: Final = "creditcurve.db"
COMPANIONS: Final = ("-wal", "-shm")
_DRAFT: Final = ".new"
_OVERWRITE_DELETED: Final = "PRAGMA secure_delete = ON"
_WITHOUT_LOG: Final = "PRAGMA journal_mode = DELETE"
_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def secure(folder: Path) -> None:
    """Create the folder if it is missing, and close the database's files to others.

    Raises:
        OSError: the folder cannot be created, or another account owns a file.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in folder.glob(f"{NAME}*"):
        _close_to_others(path, 0o600)


def create(path: Path, scripts: Sequence[str], fill: Callable[[apsw.Connection], None]) -> None:
    """Create a database in that place, whole or not at all.

    Args:
        path: the place of the database.
        scripts: the migrations.
        fill: inserts the first data.
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
    put_in_place(draft, path)


def put_in_place(draft: Path, path: Path) -> None:
    """Rename a complete database to its place; remove the journal of the one it replaces.

    Killed in between, the journal remains and is detected as another database's (``journal``).
    """
    draft.replace(path)
    remove_journal(path)
    sync_folder(path.parent)


def copy(source: apsw.Connection, target: Path) -> None:
    """Copy one moment of the database into another file, without secrets."""
    draft = target.with_name(target.name + _DRAFT)
    clone(source, draft)
    made = apsw.Connection(str(draft))
    try:
        made.execute(_OVERWRITE_DELETED)
        stored_values.delete_secrets(made)
        delete_addresses(made)
    finally:
        made.close()
    draft.replace(target)
    sync_folder(target.parent)


def clone(source: apsw.Connection, target: Path) -> None:
    """Copy one moment of the database into a file, as a copy with its own id."""
    remove(target)
    touch(target)
    made = apsw.Connection(str(target))
    try:
        with made.backup("main", source, "main") as backup:
            backup.step()
        made.execute(_WITHOUT_LOG)
        journal_mark.start_copy(made)
    finally:
        made.close()


def beside(path: Path, word: str, now_ms: int) -> Path:
    """Return an unused name beside the database, made of a word and the time."""
    stamp = to_iso(now_ms).replace("-", "").replace(":", "").replace(".", "")
    name = f"{path.name}.{word}.{stamp}"
    number = 1
    while path.with_name(name).exists():
        number += 1
        name = f"{path.name}.{word}.{stamp}.{number}"
    return path.with_name(name)


def duplicate(path: Path, target: Path) -> None:
    """Copy a database's files byte for byte, readable by their owner only."""
    for source, goal in _pairs(path, target):
        touch(goal)
        with source.open("rb") as original, goal.open("wb") as twin:
            shutil.copyfileobj(original, twin)
            twin.flush()
            os.fsync(twin.fileno())


def link_or_duplicate(path: Path, target: Path) -> None:
    """Give a database's files a second name; copy them where the file system has no links."""
    try:
        for source, goal in _pairs(path, target):
            goal.hardlink_to(source)
    except OSError:
        remove(target)
        duplicate(path, target)


def remove(path: Path) -> None:
    """Delete a database's files."""
    for suffix in ("", *COMPANIONS):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def remove_journal(path: Path) -> None:
    """Delete the write-ahead log of a database, and its index."""
    for suffix in COMPANIONS:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def size_bytes(path: Path) -> int:
    """Return the size of the database's files on the disk."""
    size = 0
    for suffix in ("", *COMPANIONS):
        with contextlib.suppress(FileNotFoundError):
            size += path.with_name(path.name + suffix).stat().st_size
    return size


def touch(path: Path) -> None:
    """Create an empty file that only its owner can read; replace a file or link of the name."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW, 0o600))


def _close_to_others(path: Path, mode: int) -> None:
    """Restrict a file's mode; a link is not followed, for it may lead to another's file."""
    if os.name == "nt" or path.is_symlink():
        return
    descriptor = os.open(path, os.O_RDONLY | _NO_FOLLOW)
    try:
        if os.fstat(descriptor).st_mode & 0o777 & ~mode:
            os.fchmod(descriptor, mode)
    finally:
        os.close(descriptor)


def _pairs(path: Path, target: Path) -> list[tuple[Path, Path]]:
    """Return a database's files, its index excepted, each with the new name."""
    names = [(path.name + suffix, target.name + suffix) for suffix in ("", "-wal")]
    pairs = [(path.with_name(old), target.with_name(new)) for old, new in names]
    return [pair for pair in pairs if pair[0].exists()]
