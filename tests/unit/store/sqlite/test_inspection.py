"""The database as another process sees it: read, copied, and neither migrated nor recovered."""

from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.record import Answer
from creditcurve.domain.reject import Reject, RejectCode
from creditcurve.domain.secret import Secret
from creditcurve.store import DamagedDatabaseError, NewerSchemaError, Poll, SqliteStore
from creditcurve.store.errors import StoreUnavailableError
from creditcurve.store.sqlite import inspection
from creditcurve.store.sqlite.migrations import known_scripts
from support.record_files import record
from unit.store.conftest import HandClock

REJECTS = (
    Reject(raw="{}", code=RejectCode.ID_NOT_AN_INTEGER),
    Reject(raw="[]", code=RejectCode.ROW_NOT_AN_OBJECT),
)


async def fill(store: SqliteStore, clock: HandClock) -> None:
    """Store three records, two quarantined rows and a cookie."""
    records = tuple(record(number, t_ms=clock.t_ms - number) for number in range(1, 4))
    await store.records.append(
        Poll(
            at_ms=clock.t_ms,
            answer=Answer(records=records, rejects=REJECTS),
            interval_s=60,
            link=store.state.link,
            cookie_status=CookieStatus(),
        )
    )
    status = CookieStatus(state=CookieState.VALID, generation=1)
    await store.state.save(cookie=Secret(b"cookie"), cookie_status=status)


def execute(folder: Path, statement: str) -> None:
    """Change the database by a statement."""
    connection = apsw.Connection(str(folder / "creditcurve.db"))
    connection.execute(statement)
    connection.close()


async def test_facts_are_those_of_the_open_database(
    store: SqliteStore, folder: Path, clock: HandClock
) -> None:
    await fill(store, clock)
    found = inspection.facts(folder)
    known = len(known_scripts())
    assert (found.schema, found.known_schema) == (known, known)
    assert found.sqlite == apsw.sqlite_lib_version()
    assert found.page_bytes == 4_096
    assert 10 < found.pages < 1_000
    assert found.free_pages == 0
    counts = {
        name: found.rows[name] for name in ("record", "quarantine", "cookie", "alert_channel")
    }
    assert counts == {"record": 3, "quarantine": 2, "cookie": 1, "alert_channel": 0}
    assert list(found.rows) == sorted(found.rows)
    assert "records" not in found.rows, "a view"


async def test_pages_without_content_are_counted(
    store: SqliteStore, folder: Path, clock: HandClock
) -> None:
    await fill(store, clock)
    await store.close()
    execute(folder, "CREATE TABLE large (x); INSERT INTO large VALUES (zeroblob(40960))")
    execute(folder, "DROP TABLE large")
    assert inspection.facts(folder).free_pages >= 10


async def test_quarantined_rows_are_counted(
    store: SqliteStore, folder: Path, clock: HandClock
) -> None:
    assert inspection.quarantined(folder) == 0
    await fill(store, clock)
    assert inspection.quarantined(folder) == 2


@pytest.mark.parametrize("column", ["total", "removed", "quarantined"])
async def test_a_database_is_empty_without_records_sums_and_quarantined_rows(
    store: SqliteStore, folder: Path, column: str
) -> None:
    assert inspection.is_empty(folder)
    await store.close()
    execute(folder, f"UPDATE tally SET {column} = 1")  # noqa: S608
    assert not inspection.is_empty(folder)


async def test_a_sound_database_is_examined_without_a_finding(
    store: SqliteStore, folder: Path
) -> None:
    inspection.examine(folder)
    execute(folder, "PRAGMA user_version = 99")
    with pytest.raises(NewerSchemaError) as newer:
        inspection.examine(folder)
    assert (newer.value.found, newer.value.known) == (99, len(known_scripts()))


async def test_a_damaged_page_is_found(store: SqliteStore, folder: Path, clock: HandClock) -> None:
    await fill(store, clock)
    await store.close()
    with (folder / "creditcurve.db").open("r+b") as file:
        file.seek(4_096)
        file.write(b"\xa5" * 4_096)
    with pytest.raises(DamagedDatabaseError):
        inspection.examine(folder)


Reading = Callable[[Path], object]
READINGS: list[Reading] = [
    inspection.examine,
    inspection.quarantined,
    inspection.facts,
    inspection.is_empty,
    lambda folder: inspection.backup(folder, folder.with_name("copy.db")),
]


@pytest.mark.parametrize("read", READINGS)
async def test_a_database_of_another_program_is_not_read(
    store: SqliteStore, folder: Path, read: Reading
) -> None:
    await store.close()
    execute(folder, "PRAGMA application_id = 1")
    with pytest.raises(DamagedDatabaseError):
        read(folder)
    assert not folder.with_name("copy.db").exists()


@pytest.mark.parametrize("read", READINGS)
def test_a_missing_database_is_a_sentence_and_is_not_created(tmp_path: Path, read: Reading) -> None:
    with pytest.raises(StoreUnavailableError, match="cannot be opened"):
        read(tmp_path)
    assert not inspection.has_database(tmp_path)
    assert list(tmp_path.iterdir()) == []


async def test_a_copy_of_the_open_database_has_no_cookie(
    store: SqliteStore, folder: Path, clock: HandClock
) -> None:
    await fill(store, clock)
    target = folder.with_name("creditcurve.db")
    inspection.backup(folder, target)
    copied = inspection.facts(target.parent).rows
    assert (copied["record"], copied["cookie"]) == (3, 0)


async def test_a_folder_has_a_database_once_there_is_its_file(
    store: SqliteStore, folder: Path, tmp_path: Path
) -> None:
    assert inspection.has_database(folder)
    (tmp_path / "other" / "creditcurve.db").mkdir(parents=True)
    assert not inspection.has_database(tmp_path / "other")


def test_files_of_the_database_are_known_by_their_names(tmp_path: Path) -> None:
    for name in ("creditcurve.db", "creditcurve.db-wal", "creditcurve.db.corrupt.1"):
        assert inspection.is_database(tmp_path, tmp_path / name)
        assert inspection.is_database(tmp_path, tmp_path / "x" / ".." / name)
    assert not inspection.is_database(tmp_path, tmp_path / "copy.db")
    assert not inspection.is_database(tmp_path, tmp_path / "x" / "creditcurve.db")
