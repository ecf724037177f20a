"""Puts a copy of the database in the place of the present one, which is kept beside it."""

from pathlib import Path

import apsw
import msgspec

from creditcurve.clocks import Clock
from creditcurve.filesystem import sync_folder
from creditcurve.store.errors import (
    CompressedCopyError,
    LockedCopyError,
    NewerSchemaError,
    UnusableCopyError,
)
from creditcurve.store.sqlite import checking, connection, files, journal_mark
from creditcurve.store.sqlite.connection import DAMAGED, LOCKED, translated
from creditcurve.store.sqlite.migrations import known_scripts, migrate, version_of

_DRAFT = ".restore"
_INTEGRITY_CHECK = "PRAGMA integrity_check(1)"
_RECORDS = "SELECT count(*), max(t_ms) FROM record"
_COMPRESSED = (b"\x1f\x8b", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ\x00", b"BZh")
"""How files of gzip, zip, zstd, xz and bzip2 begin."""


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a restore.

    Attributes:
        records: the number of records in the restored database.
        last_ms: the time of its newest record; None without a record.
        kept: where the previous database is kept; None if there was none.
    """

    records: int
    last_ms: int | None
    kept: Path | None


def restore(file: Path, data_dir: Path, *, clock: Clock) -> Restored:
    """Replace the database of a data folder by a copy. Blocking.

    The caller has the instance lock. The copy is verified before anything changes. The previous
    database is kept beside the new one, with its write-ahead log. Killed at any moment, the data
    folder contains the previous database or the new one, each whole.

    Raises:
        UnusableCopyError: the file is missing, damaged, compressed, locked, or not a database of
            CreditCurve.
        NewerSchemaError: a newer version wrote it.
        StoreUnavailableError: the data folder cannot be written to.
    """
    path = data_dir / files.NAME
    if not file.is_file():
        raise UnusableCopyError(f"{file} is not a file.")
    if path.exists() and path.samefile(file):
        raise UnusableCopyError(f"{file} is the present database itself.")
    _refuse_compressed(file)
    with translated():
        files.secure(data_dir)
        draft = path.with_name(path.name + _DRAFT)
        try:
            restored = _verified_copy(file, draft)
            kept = _keep(path, clock.now_ms())
            files.put_in_place(draft, path)
            checking.unmark(path)
        finally:
            files.remove(draft)
    return msgspec.structs.replace(restored, kept=kept)


def _verified_copy(file: Path, draft: Path) -> Restored:
    """Copy the file, including the content of its write-ahead log, and check the copy."""
    try:
        source = connection.reader(file)
        try:
            _check_identity(source, file)
            files.clone(source, draft)
        finally:
            source.close()
        return _check(draft, file)
    except LOCKED as error:
        raise LockedCopyError(
            f"Another program uses {file}: close it, or copy the file first."
        ) from error
    except (*DAMAGED, apsw.SQLError) as error:
        raise UnusableCopyError(f"{file} is damaged, or not a database: {error}.") from error


def _refuse_compressed(file: Path) -> None:
    with translated(), file.open("rb") as opened:
        if opened.read(8).startswith(_COMPRESSED):
            raise CompressedCopyError(f"{file} is compressed: unpack it first.")


def _check_identity(opened: apsw.Connection, file: Path) -> None:
    if opened.execute(connection.APPLICATION_ID_OF).get != connection.APPLICATION_ID:
        raise UnusableCopyError(f"{file} is not a database of CreditCurve.")
    version, known = version_of(opened), len(known_scripts())
    if version > known:
        raise NewerSchemaError(version, known)


def _check(draft: Path, file: Path) -> Restored:
    opened = connection.plain(draft)
    try:
        found = opened.execute(_INTEGRITY_CHECK).get
        if found != checking.SOUND:
            raise UnusableCopyError(f"{file} is damaged: {found}.")
        migrate(opened, known_scripts())
        journal_mark.start_copy(opened)
        records, last_ms = opened.execute(_RECORDS).get
    finally:
        opened.close()
    return Restored(records=records, last_ms=last_ms, kept=None)


def _keep(path: Path, now_ms: int) -> Path | None:
    if not path.exists():
        return None
    kept = files.beside(path, "before-restore", now_ms)
    files.link_or_duplicate(path, kept)
    sync_folder(path.parent)
    return kept
