"""The files of the data folder: whole, readable by their owner only, and none too many."""

import os
from pathlib import Path

import apsw
import pytest

from creditcurve.store.sqlite import connection, files
from creditcurve.store.sqlite.migrations import known_scripts, version_of

NOW = 1_760_000_000_000
NAME = "creditcurve.db"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with a journal beside it."""
    database = tmp_path / NAME
    files.create(database, known_scripts(), lambda _: None)
    for suffix in ("-wal", "-shm"):
        database.with_name(NAME + suffix).write_bytes(suffix.encode())
    return database


def names(folder: Path) -> list[str]:
    """Return the names of a folder's files."""
    return sorted(entry.name for entry in folder.iterdir())


def mode_of(path: Path) -> int:
    """Return who may do what with a file."""
    return path.stat().st_mode & 0o777


def test_a_folder_is_made_for_its_owner_with_its_parents(tmp_path: Path) -> None:
    folder = tmp_path / "some" / "where"
    files.secure(folder)
    files.secure(folder)
    assert mode_of(folder) == 0o700


def test_files_of_the_database_are_closed_to_others_and_no_other_files(tmp_path: Path) -> None:
    for name in (NAME, f"{NAME}-wal", f"{NAME}.corrupt.1", "notes.txt"):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(0o644)
    (tmp_path / f"{NAME}.tight").touch()
    (tmp_path / f"{NAME}.tight").chmod(0o400)
    files.secure(tmp_path)
    modes = {entry.name: mode_of(entry) for entry in tmp_path.iterdir()}
    assert modes == {
        NAME: 0o600,
        f"{NAME}-wal": 0o600,
        f"{NAME}.corrupt.1": 0o600,
        f"{NAME}.tight": 0o400,
        "notes.txt": 0o644,
    }


def test_a_new_database_is_complete_and_filled_before_it_is_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / NAME

    def fill(made: apsw.Connection) -> None:
        assert not path.exists()
        assert version_of(made) == len(known_scripts())
        made.execute("INSERT INTO state VALUES ('a', 'b')")

    files.create(path, known_scripts(), fill)
    assert (names(tmp_path), mode_of(path)) == ([NAME], 0o600)
    opened = connection.plain(path)
    assert opened.execute("SELECT value FROM state").get == "b"
    assert opened.execute("PRAGMA application_id").get == connection.APPLICATION_ID
    assert opened.execute("PRAGMA page_size").get == connection.PAGE_SIZE
    assert opened.execute("PRAGMA journal_mode").get == "wal"
    opened.close()


def test_a_database_that_cannot_be_filled_takes_no_place(path: Path) -> None:
    before = path.read_bytes()

    def fail(_: apsw.Connection) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        files.create(path, known_scripts(), fail)
    assert path.read_bytes() == before


def test_a_database_that_is_put_in_place_takes_no_journal_over(path: Path) -> None:
    draft = path.with_name("draft")
    draft.write_bytes(b"new")
    files.put_in_place(draft, path)
    assert (names(path.parent), path.read_bytes()) == ([NAME], b"new")


def test_a_copy_is_one_file_without_secrets_and_overwrites_what_it_deletes(
    path: Path, tmp_path: Path
) -> None:
    files.remove_journal(path)
    source = connection.plain(path)
    secret = os.urandom(64)
    source.execute("INSERT INTO cookie VALUES (1, ?)", (secret,))
    source.execute("INSERT INTO alert_channel VALUES ('a', '{}', ?)", (secret,))
    source.execute("INSERT INTO state VALUES ('session_signing', '{}'), ('link', '{}')")
    folder = tmp_path / "copies"
    folder.mkdir()
    target = folder / "copy.db"
    files.remove(target)
    (folder / "copy.db.new").write_bytes(b"half")
    files.copy(source, target)
    source.close()
    assert (names(folder), mode_of(target)) == (["copy.db"], 0o600)
    assert secret[4:] not in target.read_bytes()
    copied = apsw.Connection(str(target))
    assert copied.execute("PRAGMA journal_mode").get == "delete"
    assert list(copied.execute("SELECT name FROM state")) == [("link",)]
    assert list(copied.execute("SELECT id, sealed FROM alert_channel")) == [("a", None)]
    copied.close()


def test_a_clone_has_everything_and_another_id(path: Path) -> None:
    files.remove_journal(path)
    source = connection.plain(path)
    source.execute("INSERT INTO cookie VALUES (1, x'01')")
    target = path.with_name("clone.db")
    target.write_bytes(b"old")
    target.with_name("clone.db-wal").write_bytes(b"old")
    files.clone(source, target)
    cloned = apsw.Connection(str(target))
    assert cloned.execute("SELECT count(*) FROM cookie").get == 1
    assert cloned.execute("PRAGMA journal_mode").get == "delete"
    marks = [one.execute("SELECT mark FROM journal_mark").get for one in (source, cloned)]
    assert marks[0][8:24] != marks[1][8:24]
    cloned.close()
    source.close()
    assert not target.with_name("clone.db-wal").exists()


def test_kept_files_have_the_time_in_their_name_and_never_the_same_one(path: Path) -> None:
    expected = [
        f"{NAME}.corrupt.20251009T085320000Z",
        f"{NAME}.corrupt.20251009T085320000Z.2",
        f"{NAME}.corrupt.20251009T085320000Z.3",
    ]
    for name in expected:
        kept = files.beside(path, "corrupt", NOW)
        assert kept == path.with_name(name)
        kept.touch()


def test_a_duplicate_has_the_journal_and_not_its_index(path: Path) -> None:
    target = path.with_name("twin.db")
    target.write_bytes(b"old")
    files.duplicate(path, target)
    assert target.read_bytes() == path.read_bytes()
    assert target.with_name("twin.db-wal").read_bytes() == b"-wal"
    assert not target.with_name("twin.db-shm").exists()
    assert mode_of(target) == mode_of(target.with_name("twin.db-wal")) == 0o600
    assert not target.samefile(path)


def test_a_duplicate_of_a_database_without_a_journal_is_one_file(path: Path) -> None:
    files.remove_journal(path)
    files.duplicate(path, path.with_name("twin.db"))
    assert names(path.parent) == [NAME, "twin.db"]


def test_a_second_name_costs_no_space(path: Path) -> None:
    target = path.with_name("second.db")
    files.link_or_duplicate(path, target)
    assert target.samefile(path)
    assert target.with_name("second.db-wal").samefile(path.with_name(f"{NAME}-wal"))


@pytest.mark.parametrize("suffix", ["", "-wal"])
def test_where_no_link_can_be_made_the_files_are_copied(path: Path, suffix: str) -> None:
    target = path.with_name("second.db")
    target.with_name(f"second.db{suffix}").write_bytes(b"in the way")
    files.link_or_duplicate(path, target)
    assert not target.samefile(path)
    assert target.read_bytes() == path.read_bytes()
    assert target.with_name("second.db-wal").read_bytes() == b"-wal"


def test_a_database_is_removed_with_its_journal_and_nothing_else(path: Path) -> None:
    kept = path.with_name(f"{NAME}.corrupt.1")
    kept.touch()
    files.remove_journal(path)
    assert names(path.parent) == [NAME, kept.name]
    files.remove(path)
    files.remove(path)
    assert names(path.parent) == [kept.name]


def test_the_size_is_that_of_the_database_and_its_journal(path: Path) -> None:
    whole = path.stat().st_size + len("-wal") + len("-shm")
    path.with_name(f"{NAME}.corrupt.1").write_bytes(b"x")
    assert files.size_bytes(path) == whole
    files.remove_journal(path)
    assert files.size_bytes(path) == whole - len("-wal") - len("-shm")
    files.remove(path)
    assert files.size_bytes(path) == 0


def test_an_empty_file_replaces_a_link_and_not_its_target(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"of another")
    link = tmp_path / "link"
    link.symlink_to(target)
    files.touch(link)
    assert (link.is_symlink(), link.read_bytes(), mode_of(link)) == (False, b"", 0o600)
    assert target.read_bytes() == b"of another"
