"""A data folder at the start: new, old, newer, of another program, open to others, or damaged."""
# ruff: noqa: ASYNC240 - a test may wait for the disk: nothing else runs on its loop

import asyncio
import os
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import apsw
import pytest

from creditcurve.clocks import Clock
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.coverage import Gap, GapKind
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer, Record
from creditcurve.domain.reject import Reject, RejectCode
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.store import (
    CurveQuery,
    ExportQuery,
    NewerSchemaError,
    Poll,
    SqliteStore,
    StoreUnavailableError,
)
from creditcurve.store.sqlite.migrations import known_scripts, version_of
from creditcurve.store.sqlite.opening import open_folder
from creditcurve.vault import Vault
from support.clocks import HandClock
from support.sweeps import first
from support.world import open_store

NOW = 1_760_000_000_000
ROWS = 9_000
FIRST = NOW - ROWS * 1_000


def row(number: int) -> Record:
    return Record(
        id=11_000_000 + number * 30,
        t_ms=NOW - (ROWS - number) * 1_000,
        type="USAGE" if number % 7 else "REFUND",
        endpoint="v1/messages",
        model=("opus", "sonnet")[number % 2],
        credits=number % 50,
        status=200,
        extra='{"padding":"0123456789"}' if number % 3 else "",
    )


async def fill(store: SqliteStore) -> None:
    await store.state.save(settings=Settings(poll_interval_s=30))
    status = CookieStatus(state=CookieState.VALID, generation=4)
    await store.state.save(cookie=Secret(b"a=1"), cookie_status=status, link=Link())
    answer = Answer(
        records=tuple(row(number) for number in range(ROWS)),
        rejects=(Reject(raw="{}", code=RejectCode.ID_NOT_AN_INTEGER),),
    )
    await store.records.append(
        Poll(at_ms=NOW, answer=answer, interval_s=60, link=Link(), cookie_status=status)
    )


@pytest.fixture(scope="module")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that the tests copy."""
    root = tmp_path_factory.mktemp("filled")

    async def create() -> None:
        store = open_store(root / "folder", HandClock(NOW))
        await fill(store)
        await store.close()

    asyncio.run(create())
    assert [path.name for path in (root / "folder").iterdir()] == ["creditcurve.db"]
    return root / "folder"


@pytest.fixture
def database(folder: Path) -> Path:
    return folder / "creditcurve.db"


@pytest.fixture
def filled(filled_once: Path, database: Path) -> Path:
    """A database with records, settings and a cookie, closed."""
    shutil.copytree(filled_once, database.parent)
    return database


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> set[int]:
    return {path.stat().st_mode & 0o777 for path in folder.iterdir()}


@pytest.mark.usefixtures("open_umask")
async def test_files_are_readable_by_their_owner_only(
    folder: Path, vault: Vault, clock: Clock
) -> None:
    """From the first moment, log and index included, whatever the umask."""
    store = SqliteStore.open(folder, vault=vault, clock=clock)
    try:
        await fill(store)
        assert len(list(folder.iterdir())) == 3
        assert modes(folder) == {0o600}
        assert folder.stat().st_mode & 0o777 == 0o700
    finally:
        await store.close()


async def test_files_open_to_others_are_closed_to_them(
    filled: Path, vault: Vault, clock: Clock
) -> None:
    """Permissions that are too wide are tightened."""
    filled.chmod(0o644)
    store = SqliteStore.open(filled.parent, vault=vault, clock=clock)
    try:
        assert modes(filled.parent) == {0o600}
    finally:
        await store.close()


async def test_database_is_marked_and_readable_by_any_tool(filled: Path) -> None:
    """It has our application id; a view shows the records as the upstream sent them."""
    with apsw.Connection(str(filled)) as connection:
        assert connection.execute("PRAGMA application_id").get == 0x43435256
        assert connection.execute("PRAGMA journal_mode").get == "wal"
        shown = connection.execute("SELECT id, model, credits FROM records ORDER BY id").fetchone()
    assert shown == (11_000_000, "opus", 0)
    connection.close()


async def test_newer_database_is_refused_untouched(
    filled: Path, vault: Vault, clock: Clock
) -> None:
    """Both versions are named."""
    with apsw.Connection(str(filled)) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = filled.read_bytes()
    with pytest.raises(NewerSchemaError) as refusal:
        SqliteStore.open(filled.parent, vault=vault, clock=clock)
    known = len(known_scripts())
    assert (refusal.value.found, refusal.value.known) == (99, known)
    assert "99" in str(refusal.value)
    assert f"up to {known}" in str(refusal.value)
    assert filled.read_bytes() == before


async def test_database_of_another_program_is_refused_untouched(
    database: Path, vault: Vault, clock: Clock
) -> None:
    """It is neither used nor moved aside."""
    database.parent.mkdir()
    connection = apsw.Connection(str(database))
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = database.read_bytes()
    with pytest.raises(StoreUnavailableError, match="another program"):
        SqliteStore.open(database.parent, vault=vault, clock=clock)
    assert database.read_bytes() == before
    assert [path.name for path in database.parent.iterdir()] == ["creditcurve.db"]


async def test_folder_that_cannot_be_created_is_reported_in_a_sentence(
    tmp_path: Path, vault: Vault, clock: Clock
) -> None:
    """There is a file in place of the folder."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailableError):
        SqliteStore.open(tmp_path / "file", vault=vault, clock=clock)


NEXT = "CREATE TABLE later (x INTEGER) STRICT; INSERT INTO later VALUES (1);"
BROKEN = "CREATE TABLE later (x INTEGER) STRICT; DROP TABLE nothing;"


async def test_migration_keeps_a_copy_of_the_database_before_it(filled: Path, clock: Clock) -> None:
    """The copy has the old version and no cookie; the records are in both."""
    known = known_scripts()
    open_folder(filled.parent, clock=clock, scripts=(*known, NEXT))
    (copy,) = (path for path in filled.parent.iterdir() if "before-version" in path.name)
    assert copy.stat().st_mode & 0o777 == 0o600
    for path, version, cookies in ((filled, len(known) + 1, 1), (copy, len(known), 0)):
        with apsw.Connection(str(path)) as connection:
            assert version_of(connection) == version
            assert connection.execute("SELECT count(*) FROM record").get == ROWS
            assert connection.execute("SELECT count(*) FROM cookie").get == cookies
        connection.close()


async def test_migration_that_fails_half_way_leaves_the_old_version(
    filled: Path, clock: Clock, vault: Vault
) -> None:
    """It is one transaction; the database can be used as before."""
    with pytest.raises(apsw.SQLError):
        open_folder(filled.parent, clock=clock, scripts=(*known_scripts(), BROKEN))
    store = SqliteStore.open(filled.parent, vault=vault, clock=clock)
    try:
        assert (await store.records.summary()).total == ROWS
    finally:
        await store.close()


def overwrite(path: Path, at: int, text: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(text)


@pytest.mark.parametrize(
    ("at", "length"),
    [(0, 16), (0, 100), (16, 80), (0, 4_096)],
    ids=["name", "header", "rest", "page"],
)
async def test_overwritten_header_loses_nothing(
    filled: Path, vault: Vault, clock: Clock, at: int, length: int
) -> None:
    """The file is kept unchanged; records, state and coverage are all recovered."""
    overwrite(filled, at, b"\xa5" * length)
    damaged = filled.read_bytes()
    store = SqliteStore.open(filled.parent, vault=vault, clock=clock)
    try:
        kept = store.storage.recovered_from
        assert kept is not None
        assert kept.name == "creditcurve.db.corrupt.20251009T085320000Z"
        assert kept.read_bytes() == damaged
        records = [one async for chunk in store.records.export(ExportQuery()) for one in chunk]
        assert records == [row(number) for number in range(ROWS)]
        assert (await store.records.summary()).quarantined == 1
        assert store.state.settings == Settings(poll_interval_s=30)
        assert await store.state.cookie() == Secret(b"a=1")
        assert store.state.cookie_status.generation == 4
        assert await store.curves.gaps(FIRST, NOW) == ()
        assert modes(filled.parent) == {0o600}
    finally:
        await store.close()


async def test_a_deleted_cookie_is_in_no_kept_file(
    filled: Path, tmp_path: Path, vault: Vault, clock: Clock
) -> None:
    """Neither in the damaged file nor in a copy of its log; the rest of them is unchanged.

    A link to another place is followed neither to change a mode nor to overwrite.
    """
    sealed = apsw.Connection(str(filled)).execute("SELECT sealed FROM cookie").get
    assert isinstance(sealed, bytes)
    overwrite(filled, 0, b"\xa5" * 100)
    before = filled.read_bytes()
    other = filled.with_name(f"{filled.name}.other-journal.20251009T085320000Z")
    other.write_bytes(b"x" * 5_000 + sealed + b"y" * 9_000 + sealed)
    outside = tmp_path / "outside"
    outside.write_bytes(sealed)
    outside.chmod(0o644)
    link = filled.with_name(f"{filled.name}.corrupt.link")
    link.symlink_to(outside)
    store = SqliteStore.open(filled.parent, vault=vault, clock=clock)
    try:
        kept = store.storage.recovered_from
        assert kept is not None
        assert sealed in kept.read_bytes()
        await store.state.delete_cookie(Settings(), Link())
        for path in filled.parent.iterdir():
            if path != link:
                assert sealed[4:] not in path.read_bytes(), path
        at = before.index(sealed)
        assert kept.read_bytes() == before[:at] + bytes(len(sealed)) + before[at + len(sealed) :]
        blank = bytes(len(sealed))
        assert other.read_bytes() == b"x" * 5_000 + blank + b"y" * 9_000 + blank
        assert (outside.read_bytes(), outside.stat().st_mode & 0o777) == (sealed, 0o644)
    finally:
        await store.close()


async def test_rows_of_the_log_are_recovered_with_the_file(
    filled: Path, tmp_path: Path, vault: Vault, clock: Clock
) -> None:
    """Killed before the log was written back, then scribbled on: the log is kept and read, too."""
    store = SqliteStore.open(filled.parent, vault=vault, clock=clock)
    answer = Answer(records=(row(ROWS - 1), row(ROWS)))
    status = CookieStatus(generation=4)
    await store.records.append(
        Poll(at_ms=NOW, answer=answer, interval_s=60, link=Link(), cookie_status=status)
    )
    crashed = tmp_path / "crashed"
    shutil.copytree(filled.parent, crashed)
    await store.close()
    overwrite(crashed / "creditcurve.db", 20 * 4_096, os.urandom(4_096))
    log = (crashed / "creditcurve.db-wal").read_bytes()
    again = SqliteStore.open(crashed, vault=vault, clock=clock)
    try:
        assert again.storage.recovered_from is not None
        kept_log = again.storage.recovered_from.with_name(
            again.storage.recovered_from.name + "-wal"
        )
        assert kept_log.read_bytes() == log
        summary = await again.records.summary()
        assert (summary.total, summary.last_ms) == (ROWS + 1, row(ROWS).t_ms)
    finally:
        await again.close()


async def test_revision_after_a_recovery_is_higher_than_all_before(
    filled: Path, vault: Vault, clock: Clock
) -> None:
    """Clients see that they must fetch again; the counter ends at the last row."""
    overwrite(filled, 0, bytes(100))
    store = SqliteStore.open(filled.parent, vault=vault, clock=clock)
    try:
        assert store.records.revision > 1_000 * ROWS
        (newest,) = (await store.records.since(store.records.revision - 1, 10)).records
        assert newest.revision == store.records.revision
        assert len((await store.records.since(0, 2 * ROWS)).records) == ROWS
    finally:
        await store.close()


@pytest.mark.parametrize("keep", [0.9, 0.5, 0.2])
async def test_truncated_file_yields_its_remaining_records(
    filled: Path, vault: Vault, clock: Clock, keep: float
) -> None:
    """The remaining records are right, and the time counts as a possible loss."""
    os.truncate(filled, int(filled.stat().st_size * keep))
    store = SqliteStore.open(filled.parent, vault=vault, clock=clock)
    try:
        assert store.storage.recovered_from is not None
        records = [one async for chunk in store.records.export(ExportQuery()) for one in chunk]
        assert ROWS * keep / 12 < len(records) <= ROWS
        if len(records) < ROWS:
            gaps = await store.curves.gaps(records[0].t_ms, NOW)
            assert gaps == (Gap(records[0].t_ms, NOW, GapKind.POSSIBLE_LOSS),)
        curve = await store.curves.curve(CurveQuery(from_ms=0, to_ms=NOW, bucket=3_600))
        assert curve.total == sum(one.credits for one in records if one.counts)
    finally:
        await store.close()


@pytest.mark.parametrize("page", first(4, [1, 4, 13, 28, 7, 10, 16, 19, 22, 25]))
async def test_overwritten_page_loses_no_record(
    filled: Path, vault: Vault, clock: Clock, page: int
) -> None:
    """A table's row that is gone is found in the index, and the other way round."""
    overwrite(filled, page * 4_096, os.urandom(4_096))
    store = SqliteStore.open(filled.parent, vault=vault, clock=clock)
    try:
        assert store.storage.recovered_from is not None
        records = [one async for chunk in store.records.export(ExportQuery()) for one in chunk]
        known = {number: row(number) for number in range(ROWS)}
        assert len(records) == ROWS
        for one in records:
            original = known[(one.id - 11_000_000) // 30]
            assert (one.id, one.t_ms, one.credits) == (
                original.id,
                original.t_ms,
                original.credits,
            )
    finally:
        await store.close()


@pytest.mark.parametrize("content", [b"", b"x", b"{}" * 9_999], ids=["empty", "short", "text"])
async def test_file_other_than_a_database_is_kept_under_another_name(
    database: Path, vault: Vault, clock: Clock, content: bytes
) -> None:
    """No new database replaces it silently; an empty file was truncated."""
    database.parent.mkdir()
    database.write_bytes(content)
    store = SqliteStore.open(database.parent, vault=vault, clock=clock)
    try:
        assert store.storage.recovered_from is not None
        assert store.storage.recovered_from.read_bytes() == content
        assert (await store.records.summary()).total == 0
        assert store.records.revision > 10**9
    finally:
        await store.close()


async def test_second_damage_does_not_overwrite_the_kept_file(
    filled: Path, vault: Vault, clock: Clock
) -> None:
    """Two damaged files of one moment are both kept."""
    kept: list[Any] = []
    for _ in range(2):
        overwrite(filled, 0, bytes(16))
        store = SqliteStore.open(filled.parent, vault=vault, clock=clock)
        kept.append(store.storage.recovered_from)
        await store.close()
    assert len({*kept}) == 2
    assert all(path.exists() for path in kept)


async def test_leftovers_of_a_killed_start_are_ignored(
    filled: Path, vault: Vault, clock: Clock
) -> None:
    """An unfinished file of a killed start is created again."""
    for suffix in (".new", ".new-wal", ".salvage", ".salvage-wal"):
        filled.with_name(filled.name + suffix).write_bytes(b"half a file")
    overwrite(filled, 0, bytes(16))
    store = SqliteStore.open(filled.parent, vault=vault, clock=clock)
    try:
        assert (await store.records.summary()).total == ROWS
    finally:
        await store.close()


def test_migrations_are_numbered_in_their_order() -> None:
    """Two of one number, or one put before another, would be left out where the others ran."""
    folder = files("creditcurve.store.sqlite.migrations")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
