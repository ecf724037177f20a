"""``creditcurve backup``: a working copy without the cookie; nothing is overwritten by accident."""

from pathlib import Path

import pytest

from creditcurve.clocks import SystemClock
from creditcurve.store import SqliteStore
from creditcurve.vault import Vault
from support.commands import run
from support.program import Program
from support.site import COOKIE

VALUE = COOKIE.partition("=")[2]


@pytest.fixture
def filled(program: Program) -> Program:
    """A running program with a cookie and the sample's records."""
    program.give_cookie(COOKIE)
    program.call("POST", "/api/refresh")
    return program


@pytest.mark.parametrize("is_running", [True, False])
async def test_the_copy_is_a_complete_store(
    filled: Program, tmp_path: Path, *, is_running: bool
) -> None:
    """It contains all records and settings, and no cookie."""
    filled.call("PATCH", "/api/settings", {"range_hours": 6})
    if not is_running:
        filled.stop()
    folder = tmp_path / "restored"
    folder.mkdir()
    done = run(filled, "backup", str(folder / "creditcurve.db"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "without the cookie" in done.stdout
    vault = Vault.open(secret_key=None, key_file=tmp_path / "key", use_keyring=False)
    store = SqliteStore.open(folder, vault=vault, clock=SystemClock())
    assert (await store.records.summary()).total == 20
    assert store.state.settings.range_hours == 6
    assert await store.state.cookie() is None
    await store.close()


def test_a_folder_gets_a_file_named_by_the_time(filled: Program, tmp_path: Path) -> None:
    """Only its owner can read it."""
    folder = tmp_path / "backups"
    folder.mkdir()
    assert run(filled, "backup", str(folder)).returncode == 0
    (file,) = folder.iterdir()
    assert file.match("creditcurve-*Z.db")
    assert file.stat().st_mode & 0o077 == 0


def test_an_existing_file_is_kept_unless_forced(filled: Program, tmp_path: Path) -> None:
    """``--overwrite`` is the first release's name of ``--force``."""
    target = tmp_path / "backup.db"
    target.write_text("precious")
    assert run(filled, "backup", str(target)).returncode == 73
    assert target.read_text() == "precious"
    assert run(filled, "backup", str(target), "--overwrite").returncode == 0
    assert target.read_bytes().startswith(b"SQLite format 3")


def test_the_database_itself_is_never_the_target(filled: Program) -> None:
    """Not under another path of the same file, and not with the flag."""
    database = filled.data_dir / ".." / filled.data_dir.name / "creditcurve.db"
    assert run(filled, "backup", str(database), "--overwrite").returncode == 73
    assert filled.get("/api/status")["records"]["total"] == 20


def test_a_database_without_requests_is_not_copied(program: Program, tmp_path: Path) -> None:
    """An existing backup is not replaced by an empty one, not with ``--force`` either."""
    target = tmp_path / "backup.db"
    target.write_text("precious")
    done = run(program, "backup", str(target), "--force")
    assert (done.returncode, "no requests" in done.stderr) == (66, True)
    assert target.read_text() == "precious"


def test_a_damaged_or_missing_database_is_not_copied(filled: Program, tmp_path: Path) -> None:
    """74 for a damaged database, 66 for a missing one; no file is created."""
    filled.stop()
    target = tmp_path / "backup.db"
    (filled.data_dir / "creditcurve.db").write_bytes(b"no database at all" * 1_000)
    assert run(filled, "backup", str(target)).returncode == 74
    (filled.data_dir / "creditcurve.db").unlink()
    assert run(filled, "backup", str(target)).returncode == 66
    assert not target.exists()
