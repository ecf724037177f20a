"""A database file beside the write-ahead log of another one is opened without that log."""

import asyncio
import random
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.clocks import Clock
from creditcurve.domain.record import Record
from creditcurve.domain.secret import Secret
from creditcurve.store import ExportQuery, SqliteStore
from creditcurve.store.sqlite import journal
from creditcurve.store.sqlite.migrations import known_scripts
from creditcurve.store.sqlite.opening import open_folder
from creditcurve.vault import Vault
from support.examples import examples
from support.truth import FixedClock, poll

DATABASE = "creditcurve.db"
LOG = "creditcurve.db-wal"
PAGE = 4_096


def row(number: int) -> Record:
    return Record(
        id=number,
        t_ms=1_760_000_000_000 + number,
        type="USAGE",
        endpoint="v1/messages",
        model="opus",
        credits=1,
    )


async def append(store: SqliteStore, numbers: Iterable[int]) -> None:
    for number in numbers:
        await store.records.append(poll([row(number)]))


async def ids(store: SqliteStore) -> list[int]:
    chunks = [chunk async for chunk in store.records.export(ExportQuery())]
    return [record.id for chunk in chunks for record in chunk]


def kill(folder: Path, target: Path) -> Path:
    """Copy the files as a killed process leaves them."""
    target.mkdir()
    for name in (DATABASE, LOG):
        if (folder / name).exists():
            shutil.copyfile(folder / name, target / name)
    return target


@pytest.mark.parametrize("restarts", [True, False])
async def test_a_backup_beside_the_journal_of_a_killed_process_is_opened_unchanged(
    folder: Path, tmp_path: Path, vault: Vault, clock: Clock, *, restarts: bool
) -> None:
    """With and without a restart, and so a checkpoint, between the backup and the kill."""
    store = SqliteStore.open(folder, vault=vault, clock=clock)
    await append(store, range(20))
    await store.storage.backup(tmp_path / "b.db")
    await append(store, range(20, 60))
    if restarts:
        await store.close()
        store = SqliteStore.open(folder, vault=vault, clock=clock)
        await append(store, range(60, 90))
    killed = kill(folder, tmp_path / "killed")
    await store.close()
    log = (killed / LOG).read_bytes()
    shutil.copyfile(tmp_path / "b.db", killed / DATABASE)

    restored = SqliteStore.open(killed, vault=vault, clock=clock)
    try:
        assert await ids(restored) == list(range(20))
        assert restored.storage.recovered_from is None
        assert restored.storage.other_journal is not None
        assert restored.storage.other_journal.read_bytes() == log
    finally:
        await restored.close()


async def test_a_file_copied_after_a_clean_end_is_opened_without_a_later_journal(
    folder: Path, tmp_path: Path, vault: Vault, clock: Clock
) -> None:
    """Copied by hand, it has the same id as the database it was copied from."""
    store = SqliteStore.open(folder, vault=vault, clock=clock)
    await append(store, range(20))
    await store.close()
    shutil.copyfile(folder / DATABASE, tmp_path / "b.db")
    for start in (20, 40):
        store = SqliteStore.open(folder, vault=vault, clock=clock)
        await append(store, range(start, start + 20))
        if start == 20:
            await store.close()
    killed = kill(folder, tmp_path / "killed")
    newest = await store.versions()
    await store.close()
    shutil.copyfile(tmp_path / "b.db", killed / DATABASE)

    restored = SqliteStore.open(killed, vault=vault, clock=clock)
    try:
        assert await ids(restored) == list(range(20))
        assert restored.storage.other_journal is not None
        versions = await restored.versions()
        assert versions.revision > newest.revision
        assert versions.coverage > newest.coverage
        assert versions.settings > newest.settings
        assert versions.sums > newest.sums
    finally:
        await restored.close()


async def test_versions_of_a_backup_begin_above_all_earlier_ones(
    store: SqliteStore, tmp_path: Path, vault: Vault, clock: Clock
) -> None:
    """A page that knew the replaced database takes nothing of the copy for something it knows."""
    await append(store, range(10))
    target = tmp_path / "other" / DATABASE
    target.parent.mkdir()
    await store.storage.backup(target)
    await append(store, range(10, 20))
    newest = await store.versions()
    copy = SqliteStore.open(target.parent, vault=vault, clock=clock)
    versions = await copy.versions()
    await copy.close()
    assert versions.revision > newest.revision
    again = SqliteStore.open(target.parent, vault=vault, clock=clock)
    assert await again.versions() == versions, "only once"
    await again.close()


async def test_a_killed_process_finds_its_own_journal(
    folder: Path, tmp_path: Path, vault: Vault, clock: Clock
) -> None:
    """At once, after a restart, and after a checkpoint."""
    everything = 0
    for number in range(3):
        store = SqliteStore.open(folder, vault=vault, clock=clock)
        await append(store, range(everything, everything + 10))
        everything += 10
        killed = kill(folder, tmp_path / f"killed {number}")
        await store.close()
        again = SqliteStore.open(killed, vault=vault, clock=clock)
        assert again.storage.other_journal is None
        assert await ids(again) == list(range(everything))
        await again.close()


async def test_an_interrupted_checkpoint_is_not_another_database(
    folder: Path, tmp_path: Path, vault: Vault, clock: Clock
) -> None:
    """Any part of the log's pages may have reached the file."""
    store = SqliteStore.open(folder, vault=vault, clock=clock)
    await append(store, range(30))
    await store.close()
    store = SqliteStore.open(folder, vault=vault, clock=clock)
    await append(store, range(30, 60))
    killed = kill(folder, tmp_path / "killed")
    await store.close()
    before, after = (killed / DATABASE).read_bytes(), (folder / DATABASE).read_bytes()
    chance = random.Random(1)
    for _ in range(40):
        pages = [
            (after if chance.random() < 0.5 else before)[start : start + PAGE]
            or after[start : start + PAGE]
            for start in range(0, len(after), PAGE)
        ]
        (killed / DATABASE).write_bytes(b"".join(pages))
        assert not journal.is_foreign(killed / DATABASE)


steps = st.lists(st.sampled_from(["append", "restart", "checkpoint"]), min_size=1, max_size=12)


@examples(12)
@given(steps, st.randoms(use_true_random=False))
def test_no_file_and_journal_are_ever_mixed(course: list[str], chance: random.Random) -> None:
    """Any file of the past beside any journal gives the records of one of the two moments."""

    async def run(root: Path) -> None:
        folder = root / "folder"
        vault = Vault.open(
            secret_key=Secret(b"test key"), key_file=root / "unused.key", use_keyring=False
        )

        def opened(place: Path) -> SqliteStore:
            return SqliteStore.open(place, vault=vault, clock=FixedClock())

        store = opened(folder)
        killed: list[tuple[Path, list[int]]] = []
        closed: list[tuple[Path, list[int]]] = []
        count = 0
        for number, step in enumerate(course):
            if step == "append":
                await append(store, range(count, count + 3))
                count += 3
            elif step == "checkpoint":
                await store._database.truncate_log()
            else:
                await store.close()
                closed.append((kill(folder, root / f"closed{number}"), list(range(count))))
                store = opened(folder)
            killed.append((kill(folder, root / f"killed{number}"), list(range(count))))
        await store.close()
        for place, expected in killed:
            assert not journal.is_foreign(place / DATABASE)
            if not closed or not (place / LOG).exists() or not (place / LOG).stat().st_size:
                continue
            file, file_ids = chance.choice(closed)
            mixed = root / "mixed"
            shutil.rmtree(mixed, ignore_errors=True)
            kill(place, mixed)
            shutil.copyfile(file / DATABASE, mixed / DATABASE)
            result = opened(mixed)
            found = await ids(result)
            assert result.storage.recovered_from is None
            assert found == (expected if result.storage.other_journal is None else file_ids)
            assert found in (expected, file_ids)
            await result.close()

    with tempfile.TemporaryDirectory() as root:
        asyncio.run(run(Path(root)))


def test_a_migration_in_the_journal_of_a_killed_process_is_kept(
    folder: Path, tmp_path: Path, clock: Clock
) -> None:
    """The first release's file has no mark, and neither may its journal."""
    scripts = known_scripts()
    path = open_folder(folder, clock=clock, scripts=scripts[:4]).path
    writer = apsw.Connection(str(path))
    writer.wal_autocheckpoint(0)
    writer.execute("UPDATE tally SET revision = 7")
    killed = kill(folder, tmp_path / "old")
    assert not journal.is_foreign(killed / DATABASE)
    open_folder(folder, clock=clock)
    killed = kill(folder, tmp_path / "migrated")
    writer.close()
    assert (killed / LOG).stat().st_size > 0
    assert not journal.is_foreign(killed / DATABASE)
    assert open_folder(killed, clock=clock).other_journal is None
    again = apsw.Connection(str(killed / DATABASE))
    assert again.execute("SELECT revision FROM tally").get == 7
    again.close()


async def test_a_file_of_the_first_release_is_opened_without_a_newer_journal(
    folder: Path, tmp_path: Path, vault: Vault, clock: Clock
) -> None:
    old = tmp_path / "old"
    open_folder(old, clock=clock, scripts=known_scripts()[:4])
    store = SqliteStore.open(folder, vault=vault, clock=clock)
    await append(store, range(20))
    killed = kill(folder, tmp_path / "killed")
    await store.close()
    shutil.copyfile(old / DATABASE, killed / DATABASE)
    restored = SqliteStore.open(killed, vault=vault, clock=clock)
    try:
        assert restored.storage.other_journal is not None
        assert await ids(restored) == []
    finally:
        await restored.close()
