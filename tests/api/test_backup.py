"""A download of the database, without secrets."""

import sqlite3
from pathlib import Path

from support.program import Program
from support.site import COOKIE, Site

KEY = "made-up access key"
BEARER = {"authorization": f"Bearer {KEY}"}


def test_a_backup_has_all_records_and_no_secret(tmp_path: Path, site: Site) -> None:
    environment = {"CREDITCURVE_ACCESS_KEY": KEY}
    with Program(tmp_path, site.url, environment=environment) as program:
        program.call("PUT", "/api/cookie", {"cookie": COOKIE}, headers=BEARER)
        program.call("POST", "/api/refresh", headers=BEARER)
        answer = program.call("GET", "/api/backup", headers=BEARER)
        assert answer.status_code == 200
        assert ".db" in answer.headers["content-disposition"]
        copy = tmp_path / "copy.db"
        copy.write_bytes(answer.content)
        assert _count(copy, "SELECT count(*) FROM record") == 20
        assert _count(copy, "SELECT count(*) FROM cookie") == 0
        secret = "SELECT count(*) FROM state WHERE name = 'session_signing'"
        assert _count(copy, secret) == 0
        assert _count(next(program.data_dir.glob("*.db")), secret) == 1
    assert not list(program.data_dir.glob(".download-*"))


def test_a_start_removes_the_copy_that_a_killed_process_left(tmp_path: Path, site: Site) -> None:
    program = Program(tmp_path, site.url)
    left = program.data_dir / ".download-killed"
    left.mkdir(parents=True)
    (left / "copy.db").write_bytes(b"half a copy")
    kept = program.data_dir / "backup-of-mine"
    kept.write_bytes(b"the user's own")
    with program:
        assert not left.exists()
        assert kept.exists()


def _count(database: Path, query: str) -> int:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return int(connection.execute(query).fetchone()[0])
    finally:
        connection.close()
