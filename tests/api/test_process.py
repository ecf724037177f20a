"""The process: its ready line, its exit codes, and how it ends."""

import socket
import sqlite3
from pathlib import Path

import pytest

from support import commands
from support.events import Events
from support.program import Program
from support.site import COOKIE, Site


def run(program: Program, *arguments: str) -> tuple[int, str, str]:
    """Run a command; return its exit code, standard output and standard error."""
    ended = commands.run(program, *arguments)
    return ended.returncode, ended.stdout, ended.stderr


def test_the_ready_line_is_all_that_is_printed(program: Program) -> None:
    """The address in the line answers."""
    assert program.get("/api/health")["status"] == "ok"
    process = program._process
    assert process is not None
    process.terminate()
    rest, _ = process.communicate(timeout=10)
    assert rest == ""


@pytest.mark.parametrize("number", [2, 15], ids=["SIGINT", "SIGTERM"])
def test_it_ends_well_with_streams_open(program: Program, number: int) -> None:
    """Fifty idle streams end cleanly, before the server cuts them; no error is logged."""
    streams = [Events(program.url) for _ in range(50)]
    for stream in streams:
        stream.greeting()
    assert program.stop(number) == 0
    for stream in streams:
        # The status of the start may still arrive, and a heartbeat on a slow machine.
        assert {event.name for event in stream} <= {"status", ""}
    assert "Traceback" not in program.log
    assert "timeout graceful shutdown exceeded" not in program.log
    for stream in streams:
        stream.__exit__(None, None, None)


def test_a_second_instance_names_the_first(program: Program) -> None:
    """The exit code is 75, and nothing is changed."""
    code, out, err = run(program, "serve", "--port", "0", "--data-dir", str(program.data_dir))
    assert (code, out) == (75, "")
    assert program.url in err
    assert len(err.splitlines()) == 1


def test_a_port_in_use_is_named_and_no_database_is_created(
    program: Program, tmp_path: Path
) -> None:
    """One line names the port and the flag that changes it."""
    port = program.url.rpartition(":")[2]
    folder = tmp_path / "other"
    code, _, err = run(program, "serve", "--port", port, "--data-dir", str(folder))
    assert code == 69
    assert port in err
    assert "--port" in err
    assert not list(folder.glob("*.db*"))


def test_a_public_address_without_a_key_is_refused(program: Program) -> None:
    """78, one line."""
    code, _, err = run(program, "serve", "--host", "0.0.0.0", "--port", "0")
    assert code == 78
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("arguments", [("serve", "--bogus"), ("serve", "--port", "x"), ("sreve",)])
def test_wrong_usage_is_2(program: Program, arguments: tuple[str, ...]) -> None:
    """Nothing is started."""
    assert run(program, *arguments)[0] == 2


def test_a_database_from_a_newer_version_is_refused(program: Program) -> None:
    """Both versions are named; the file is unchanged."""
    program.stop()
    file = next(program.data_dir.glob("*.db"))
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA user_version = 999")
    database.close()
    before = file.read_bytes()
    code, _, err = run(program, "serve", "--port", "0", "--data-dir", str(program.data_dir))
    assert code == 78
    assert "999" in err
    assert file.read_bytes() == before


def test_collecting_continues_after_a_restart(program: Program, site: Site) -> None:
    """Collecting is still on; the first poll follows at once."""
    program.give_cookie(COOKIE, collecting=True)
    with Events(program.url, since=0) as events:
        events.until("records")
    program.stop()
    before = site.calls("/api/user/usage")
    program.start()
    with Events(program.url) as events:
        events.until("status", lambda status: status["link"]["state"] == "ok")
        assert program.get("/api/settings")["collecting"] is True
        if site.calls("/api/user/usage") == before:
            events.until("status")
    assert site.calls("/api/user/usage") > before


def test_a_kill_loses_nothing_that_was_shown(program: Program) -> None:
    """After SIGKILL every record is there, in the same database."""
    program.give_cookie(COOKIE)
    assert program.call("POST", "/api/refresh").json()["new"] == 20
    program.kill()
    program.start()
    assert program.get("/api/status")["recovered_from"] is None
    assert program.get("/api/status")["records"]["total"] == 20
    assert program.get("/api/status")["cookie"]["state"] == "valid"


def test_a_stale_lock_file_does_not_prevent_a_start(tmp_path: Path, site: Site) -> None:
    """The lock ends with its process; only its file is left."""
    program = Program(tmp_path, site.url)
    program.data_dir.mkdir(parents=True)
    (program.data_dir / "creditcurve.lock").touch()
    (program.data_dir / "instance.json").write_text("{")
    with program:
        assert program.get("/api/health")["status"] == "ok"


def test_the_data_folder_is_closed_to_others(program: Program) -> None:
    """Every file in it has the mode 0600."""
    assert program.data_dir.stat().st_mode & 0o777 == 0o700
    for file in program.data_dir.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file


def test_an_address_of_another_machine_is_refused(program: Program, tmp_path: Path) -> None:
    """The error names it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
    arguments = ("--host", "192.0.2.1", "--access-key", "made-up access key", "--port", "0")
    folder = ("--data-dir", str(tmp_path / "other"))
    code, _, err = run(program, "serve", *arguments, *folder)
    assert code == 69
    assert "192.0.2.1" in err
