"""A start does not wait for the check of a large database; damage found later is recovered."""

import asyncio
import os
import shutil
from pathlib import Path

import apsw
import pytest

from creditcurve.clocks import Clock
from creditcurve.domain.record import Record
from creditcurve.store import CurveQuery, ExportQuery, SqliteStore, StoreUnavailableError
from creditcurve.store.sqlite import checking
from creditcurve.store.sqlite.opening import open_folder
from creditcurve.vault import Vault
from support.clocks import HandClock
from support.page_reads import counted_reads
from support.truth import poll
from support.world import open_store

DATABASE = "creditcurve.db"
NOW = 1_760_000_000_000
NO_TIME = 0.0
PAGE = 4_096
DEPTH = 8
"""Pages between the root and a leaf of the large tables, together."""


def row(number: int) -> Record:
    return Record(
        id=number, t_ms=NOW + number, type="USAGE", endpoint="v1/messages", model="opus", credits=1
    )


@pytest.fixture(scope="module")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with 20,000 records, which the tests copy."""
    root = tmp_path_factory.mktemp("filled")

    async def create() -> None:
        store = open_store(root / "folder", HandClock(NOW))
        await store.records.append(poll(map(row, range(20_000))))
        await store.close()

    asyncio.run(create())
    return root / "folder"


@pytest.fixture
def folder(tmp_path: Path, filled_once: Path) -> Path:
    """A data folder with 20,000 records."""
    return Path(shutil.copytree(filled_once, tmp_path / "folder"))


def scribble(folder: Path) -> None:
    """Overwrite a leaf of the largest table."""
    database = apsw.Connection(str(folder / DATABASE))
    statement = "SELECT max(pageno) FROM dbstat WHERE name = 'record' AND pagetype = 'leaf'"
    page = int(database.execute(statement).get)
    database.close()
    with (folder / DATABASE).open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(os.urandom(PAGE))


async def test_damage_found_after_the_start_stops_writes_and_is_recovered_at_the_next(
    folder: Path, vault: Vault, clock: Clock
) -> None:
    scribble(folder)
    store = SqliteStore.open(folder, vault=vault, clock=clock, check_s=NO_TIME)
    assert (store.storage.recovered_from, store.storage.failing) == (None, None)
    await store.storage.check()
    assert store.storage.failing is not None
    with pytest.raises(StoreUnavailableError, match="damaged"):
        await store.records.append(poll([row(-1)]))
    assert store.storage.failing is not None
    assert (await store.records.summary()).total == 20_000, "what can be read is still read"
    await store.close()

    again = SqliteStore.open(folder, vault=vault, clock=clock, check_s=NO_TIME)
    assert again.storage.recovered_from is not None
    assert 19_000 < (await again.records.summary()).total <= 20_000
    await again.records.append(poll([row(-1)]))
    await again.close()
    once = SqliteStore.open(folder, vault=vault, clock=clock, check_s=NO_TIME)
    assert once.storage.recovered_from is None
    await once.close()


async def test_damage_met_by_a_query_is_recovered_at_the_next_start(
    folder: Path, vault: Vault, clock: Clock
) -> None:
    scribble(folder)
    store = SqliteStore.open(folder, vault=vault, clock=clock, check_s=NO_TIME)
    with pytest.raises(StoreUnavailableError, match="damaged"):
        async for _ in store.records.export(ExportQuery()):
            pass
    assert store.storage.failing is not None
    await store.close()
    again = SqliteStore.open(folder, vault=vault, clock=clock, check_s=NO_TIME)
    assert again.storage.recovered_from is not None
    await again.close()


async def test_a_sound_database_is_checked_later_and_stays_in_use(
    folder: Path, vault: Vault, clock: Clock
) -> None:
    store = SqliteStore.open(folder, vault=vault, clock=clock, check_s=NO_TIME)
    await store.storage.check()
    await store.records.append(poll([row(-1)]))
    curve = await store.curves.curve(CurveQuery(from_ms=NOW, to_ms=NOW + 100_000))
    assert (store.storage.failing, curve.requests) == (None, 20_000)
    await store.close()


async def test_closing_does_not_wait_for_the_check(
    folder: Path, vault: Vault, clock: Clock
) -> None:
    store = SqliteStore.open(folder, vault=vault, clock=clock, check_s=NO_TIME)
    await store.close()
    await store.storage.check()
    assert store.storage.failing is None


async def test_a_small_database_is_checked_before_it_is_used(
    folder: Path, vault: Vault, clock: Clock
) -> None:
    scribble(folder)
    store = SqliteStore.open(folder, vault=vault, clock=clock)
    assert store.storage.recovered_from is not None
    await store.close()


async def test_a_start_reads_the_same_pages_of_a_large_database(
    tmp_path: Path, folder: Path, vault: Vault, clock: Clock
) -> None:
    """20,000 records or 10: everything else that a start reads has a fixed size."""
    small = tmp_path / "small"
    store = SqliteStore.open(small, vault=vault, clock=clock)
    await store.records.append(poll(map(row, range(10))))
    await store.close()
    counts = []
    for each in (small, folder):
        with counted_reads() as reads:
            store = SqliteStore.open(each, vault=vault, clock=clock, check_s=NO_TIME)
            assert (await store.records.summary()).total > 0
        counts.append(reads.count)
        await store.close()
    pages = (folder / DATABASE).stat().st_size // PAGE
    assert counts[1] <= counts[0] + DEPTH
    assert counts[1] < pages / 5


class SteppingClock:
    """A clock that moves by a step each time it is read."""

    def __init__(self, step_s: float) -> None:
        self._s = 0.0
        self._step_s = step_s

    def now_ms(self) -> int:
        """Return the same in milliseconds."""
        return round(self.monotonic_s() * 1000)

    def monotonic_s(self) -> float:
        """Return the next moment."""
        self._s += self._step_s
        return self._s


@pytest.mark.parametrize(
    ("limit_s", "step_s", "is_checked"),
    [(1.0, 0.0, True), (1.0, 0.6, False), (1.0, 0.0001, True), (0.0, 0.0, False), (-1, 0.0, False)],
)
async def test_a_check_ends_at_its_limit_and_reports_it(
    folder: Path, limit_s: float, step_s: float, is_checked: bool
) -> None:
    with apsw.Connection(str(folder / DATABASE)) as database:
        found = checking.check_within(database, limit_s, SteppingClock(step_s))
        assert found is is_checked
        checking.check(database)  # without a limit any more
    database.close()


class ReadClock(SteppingClock):
    """A clock that stands still and counts how often it is read."""

    def __init__(self) -> None:
        super().__init__(0.0)
        self.reads = 0

    def monotonic_s(self) -> float:
        """Count a read."""
        self.reads += 1
        return super().monotonic_s()


async def test_a_check_looks_at_the_clock_before_it_has_read_many_pages(folder: Path) -> None:
    """A page that is not in memory takes a disk milliseconds."""
    clock = ReadClock()
    with apsw.Connection(str(folder / DATABASE)) as database:
        assert checking.check_within(database, 1.0, clock)
    database.close()
    assert clock.reads > (folder / DATABASE).stat().st_size // PAGE


@pytest.mark.parametrize(("check_s", "is_checked"), [(NO_TIME, False), (99.0, True)])
async def test_a_start_reports_whether_it_has_checked_the_whole_database(
    folder: Path, clock: Clock, check_s: float, is_checked: bool
) -> None:
    assert open_folder(folder, clock=clock, check_s=check_s).is_checked is is_checked
    checking.mark(folder / DATABASE)
    assert open_folder(folder, clock=clock, check_s=check_s).is_checked
    assert not checking.is_marked(folder / DATABASE)


async def test_damage_is_named(folder: Path) -> None:
    scribble(folder)
    database = apsw.Connection(str(folder / DATABASE))
    with pytest.raises(checking.DamagedError, match=r"[Pp]age|Tree"):
        checking.check(database)
    database.close()


def test_a_note_of_damage_is_beside_the_database_and_readable_by_its_owner(tmp_path: Path) -> None:
    database = tmp_path / DATABASE
    assert not checking.is_marked(database)
    checking.unmark(database)
    checking.mark(database)
    checking.mark(database)
    (note,) = tmp_path.iterdir()
    assert (note.name, note.stat().st_mode & 0o777) == ("creditcurve.db.damaged", 0o600)
    assert checking.is_marked(database)
    checking.unmark(database)
    assert not checking.is_marked(database)
    checking.mark(tmp_path / "missing" / DATABASE)  # the disk does not permit it


async def test_a_database_that_was_checked_at_the_start_is_not_checked_again(
    folder: Path, vault: Vault, clock: Clock
) -> None:
    store = SqliteStore.open(folder, vault=vault, clock=clock, check_s=99)
    scribble(folder)
    await store.storage.check()
    assert store.storage.failing is None
    await store.close()
    later = SqliteStore.open(folder, vault=vault, clock=clock, check_s=NO_TIME)
    await later.storage.check()
    assert later.storage.failing is not None
    await later.close()
