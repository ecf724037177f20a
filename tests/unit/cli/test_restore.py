"""``creditcurve restore``: the database of a backup, and nothing of the present one is lost."""

from pathlib import Path

import pytest

from support.commands import run
from support.program import Program
from support.site import COOKIE


@pytest.fixture
def backup(program: Program, tmp_path: Path) -> Path:
    """A backup with the sample's twenty records, of a program that runs."""
    program.give_cookie(COOKIE)
    program.call("POST", "/api/refresh")
    file = tmp_path / "backup.db"
    assert run(program, "backup", str(file)).returncode == 0
    return file


def test_the_records_of_the_backup_are_back(program: Program, backup: Path) -> None:
    """Also if the previous database is deleted and its journal is left over."""
    program.kill()
    (program.data_dir / "creditcurve.db").unlink()
    done = run(program, "restore", str(backup))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("20 requests restored · newest: ")
    program.start()
    assert program.get("/api/status")["records"]["total"] == 20


def test_the_present_database_is_kept(program: Program, backup: Path) -> None:
    program.stop()
    done = run(program, "restore", str(backup))
    kept = Path(done.stdout.splitlines()[1].removeprefix("The previous database is kept: "))
    assert kept.parent == program.data_dir
    assert kept.read_bytes().startswith(b"SQLite format 3")


def test_a_running_instance_is_not_disturbed(program: Program, backup: Path) -> None:
    done = run(program, "restore", str(backup))
    assert (done.returncode, "stop it" in done.stderr) == (75, True)
    assert program.get("/api/status")["records"]["total"] == 20


def test_a_file_other_than_a_backup_changes_nothing(program: Program, backup: Path) -> None:
    """65 for a damaged file, 66 for a missing one."""
    program.stop()
    before = (program.data_dir / "creditcurve.db").read_bytes()
    damaged = backup.with_name("damaged.db")
    damaged.write_bytes(b"no database at all" * 1_000)
    assert run(program, "restore", str(damaged)).returncode == 65
    assert run(program, "restore", str(backup.with_name("missing.db"))).returncode == 66
    assert (program.data_dir / "creditcurve.db").read_bytes() == before


def test_failures_of_database_and_key_are_in_the_users_language(
    program: Program, tmp_path: Path
) -> None:
    """No English sentence of the store or the vault is within a Chinese one."""
    program.stop()
    chinese = {"LANG": "zh_CN.UTF-8"}
    other = tmp_path / "other.db"
    other.write_bytes(b"no database" * 1_000)
    done = run(program, "restore", str(other), environment=chinese)
    assert (done.returncode, done.stderr.startswith("creditcurve: 该文件无法恢复")) == (65, True)
    (program.data_dir / "creditcurve.db").write_bytes(b"no database" * 1_000)
    done = run(program, "backup", str(tmp_path / "backup.db"), environment=chinese)
    assert "数据库已损坏" in done.stderr
    assert "damaged" not in done.stderr
