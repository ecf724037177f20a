"""A copy of the database takes the place of the present one, which is kept."""

import bz2
import contextlib
import gzip
import lzma
import sqlite3
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from creditcurve.clocks import Clock
from creditcurve.domain.record import Record
from creditcurve.store import (
    CompressedCopyError,
    ExportQuery,
    LockedCopyError,
    NewerSchemaError,
    SqliteStore,
    UnusableCopyError,
)
from creditcurve.store.sqlite.migrations import known_scripts
from creditcurve.store.sqlite.opening import open_folder
from creditcurve.store.sqlite.restoring import restore
from creditcurve.vault import Vault
from support.truth import poll

DATABASE = "creditcurve.db"
NOW = 1_760_000_000_000


def row(number: int) -> Record:
    return Record(
        id=number, t_ms=NOW + number, type="USAGE", endpoint="v1/messages", model="opus", credits=1
    )


async def ids(store: SqliteStore) -> list[int]:
    chunks = [chunk async for chunk in store.records.export(ExportQuery())]
    return [record.id for chunk in chunks for record in chunk]


@pytest.fixture
async def copy(folder: Path, tmp_path: Path, vault: Vault, clock: Clock) -> Path:
    """A backup of ten records; the folder has twenty, ten of them only in its log."""
    store = SqliteStore.open(folder, vault=vault, clock=clock)
    await store.records.append(poll(map(row, range(10))))
    await store.storage.backup(tmp_path / "b.db")
    await store.records.append(poll(map(row, range(20))))
    for name in (DATABASE, f"{DATABASE}-wal"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    await store.close()
    for name in (DATABASE, f"{DATABASE}-wal"):  # as a killed process leaves them
        (folder / name).write_bytes((tmp_path / name).read_bytes())
    return tmp_path / "b.db"


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


async def test_the_copy_is_the_database_and_the_present_one_is_kept_whole(
    copy: Path, folder: Path, tmp_path: Path, vault: Vault, clock: Clock
) -> None:
    before = content(copy.parent)["b.db"]
    restored = restore(copy, folder, clock=clock)
    assert (restored.records, restored.last_ms) == (10, row(9).t_ms)
    store = SqliteStore.open(folder, vault=vault, clock=clock)
    assert await ids(store) == list(range(10))
    assert (store.storage.recovered_from, store.storage.other_journal) == (None, None)
    await store.close()
    assert content(copy.parent)["b.db"] == before
    assert restored.kept is not None

    again = tmp_path / "again"
    restore(restored.kept, again, clock=clock)
    store = SqliteStore.open(again, vault=vault, clock=clock)
    assert await ids(store) == list(range(20)), "with what only the log contained"
    await store.close()


async def test_a_folder_without_a_database_gets_one(
    copy: Path, tmp_path: Path, vault: Vault, clock: Clock
) -> None:
    restored = restore(copy, tmp_path / "new", clock=clock)
    assert restored.kept is None
    store = SqliteStore.open(tmp_path / "new", vault=vault, clock=clock)
    assert await ids(store) == list(range(10))
    await store.close()


def test_a_copy_of_the_first_release_is_migrated(
    folder: Path, tmp_path: Path, clock: Clock
) -> None:
    old = open_folder(tmp_path / "old", clock=clock, scripts=known_scripts()[:4]).path
    restore(old, folder, clock=clock)
    database = sqlite3.connect(folder / DATABASE)
    assert database.execute("PRAGMA user_version").fetchone()[0] == len(known_scripts())
    database.close()


def break_pages(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for start in range(2 * 4_096, len(data), 4_096):
        data[start : start + 64] = bytes(64)
    path.write_bytes(data)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def make_text(path: Path) -> None:
    path.write_text("t_ms,model,credits\n" * 1_000)


def make_foreign(path: Path) -> None:
    path.unlink()
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE something (x)")
    database.commit()
    database.close()


@pytest.mark.parametrize(
    "spoil", [break_pages, cut_short, make_text, make_foreign, Path.unlink, Path.touch]
)
def test_an_unusable_copy_is_refused_and_nothing_changes(
    copy: Path, folder: Path, clock: Clock, spoil: object
) -> None:
    assert callable(spoil)
    if spoil is Path.touch:
        copy.write_bytes(b"")
    spoil(copy)
    before = content(folder)
    with pytest.raises(UnusableCopyError, match=r"b\.db"):
        restore(copy, folder, clock=clock)
    assert content(folder) == before


def test_a_copy_of_a_newer_version_is_refused(copy: Path, folder: Path, clock: Clock) -> None:
    database = sqlite3.connect(copy)
    database.execute("PRAGMA user_version = 99")
    database.commit()
    database.close()
    before = content(folder)
    with pytest.raises(NewerSchemaError, match="99"):
        restore(copy, folder, clock=clock)
    assert content(folder) == before


@pytest.mark.parametrize(
    "compress", [gzip.compress, bz2.compress, lzma.compress], ids=["gz", "bz2", "xz"]
)
def test_a_compressed_copy_must_be_unpacked_first(
    copy: Path, folder: Path, clock: Clock, compress: Callable[[bytes], bytes]
) -> None:
    copy.write_bytes(compress(copy.read_bytes()))
    with pytest.raises(CompressedCopyError, match="unpack"):
        restore(copy, folder, clock=clock)


def test_a_copy_that_another_program_uses_is_named(copy: Path, folder: Path, clock: Clock) -> None:
    """The data folder is not to blame."""
    with contextlib.closing(apsw.Connection(str(copy))) as database:
        database.execute("PRAGMA journal_mode = DELETE")
        database.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LockedCopyError, match=r"b\.db"):
            restore(copy, folder, clock=clock)


def test_the_present_database_cannot_be_restored_onto_itself(
    copy: Path, folder: Path, clock: Clock
) -> None:
    with pytest.raises(UnusableCopyError, match="present"):
        restore(folder / DATABASE, folder, clock=clock)


def test_restoring_twice_keeps_both_previous_databases(
    copy: Path, folder: Path, clock: Clock
) -> None:
    kept = {restore(copy, folder, clock=clock).kept for _ in range(2)}
    assert len(kept) == 2
    assert all(path is not None and path.exists() for path in kept)
