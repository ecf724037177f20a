"""Connections: every rule of theirs is in effect, and failures are sentences."""

from pathlib import Path

import apsw
import pytest

from creditcurve.store import StoreUnavailableError
from creditcurve.store.errors import DamagedDatabaseError
from creditcurve.store.sqlite import connection


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one row."""
    database = tmp_path / "a.db"
    opened = connection.writer(database, create=True)
    opened.execute("CREATE TABLE one (x); INSERT INTO one VALUES (1)")
    opened.close()
    return database


def rules(opened: apsw.Connection, *names: str) -> dict[str, object]:
    """Return the values of SQLite's settings."""
    return {name: opened.execute(f"PRAGMA {name}").get for name in names}


def test_a_writer_syncs_each_commit_and_overwrites_what_it_deletes(path: Path) -> None:
    opened = connection.writer(path)
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "journal_size_limit": 16_777_216,
        "cell_size_check": 1,
        "page_size": connection.PAGE_SIZE,
        "busy_timeout": connection.LOCK_WAIT_MS,
    }
    assert rules(opened, *expected) == expected
    opened.close()


def test_a_reader_writes_nothing(path: Path) -> None:
    opened = connection.reader(path)
    expected = {"query_only": 1, "temp_store": 2, "cache_size": -8_192}
    assert rules(opened, *expected) == expected
    with pytest.raises(apsw.ReadOnlyError):
        opened.execute("INSERT INTO one VALUES (2)")
    opened.close()


def test_a_plain_connection_leaves_the_journal_beside_the_file(path: Path) -> None:
    opened = connection.plain(path)
    opened.execute("INSERT INTO one VALUES (2)")
    opened.close()
    assert path.with_name("a.db-wal").stat().st_size > 0
    again = connection.reader(path)
    assert again.execute("SELECT count(*) FROM one").get == 2
    again.close()


@pytest.mark.parametrize("open_", [connection.writer, connection.plain, connection.reader])
def test_a_missing_file_is_not_created(tmp_path: Path, open_: object) -> None:
    assert callable(open_)
    with pytest.raises(apsw.CantOpenError):
        open_(tmp_path / "missing.db").execute("SELECT 1")
    assert list(tmp_path.iterdir()) == []


def test_a_text_in_double_quotes_is_no_value(path: Path) -> None:
    opened = connection.writer(path)
    with pytest.raises(apsw.SQLError):
        opened.execute('SELECT "nothing"')
    with pytest.raises(apsw.SQLError):
        opened.execute('CREATE INDEX bad ON one ("nothing")')
    opened.close()


def test_amounts_are_compared_as_numbers(path: Path) -> None:
    opened = connection.reader(path)
    compared = opened.execute(
        "SELECT is_at_least('10.5', '9'), is_at_least('9', '9'), is_at_least('-3', '2')"
    ).fetchone()
    assert compared == (1, 1, 0)
    opened.close()


@pytest.mark.parametrize(
    ("error", "detail"),
    [
        (apsw.FullError(), "The disk is full."),
        (
            apsw.ReadOnlyError(),
            "The database cannot be written to: the file system is read-only.",
        ),
        (apsw.BusyError(), "Another program has locked the database."),
        (apsw.LockedError(), "Another program has locked the database."),
        (
            apsw.CantOpenError(),
            "The database cannot be opened: check the data folder's permissions.",
        ),
        (apsw.PermissionsError(), "The database cannot be opened: check its permissions."),
        (apsw.InterruptError(), "The store is closing."),
        (OSError("no such device"), "The file system refuses: no such device."),
        (apsw.IOError("disk I/O error"), "The file system refuses: disk I/O error."),
    ],
)
def test_a_failure_of_storage_is_a_sentence(error: Exception, detail: str) -> None:
    with pytest.raises(StoreUnavailableError) as caught, connection.translated():
        raise error
    assert (str(caught.value), caught.value.__cause__) == (detail, error)


@pytest.mark.parametrize("error", [apsw.CorruptError(), apsw.NotADBError()])
def test_damage_is_an_error_of_its_own(error: Exception) -> None:
    with pytest.raises(DamagedDatabaseError), connection.translated():
        raise error


def test_a_mistake_of_the_program_is_not_translated() -> None:
    with pytest.raises(apsw.SQLError), connection.translated():
        raise apsw.SQLError
