"""The start in any account and folder: it works, or one line names the remedy."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.program import Program
from support.starting import COMMAND
from support.sweeps import first

UID, GID = 54_321, 54_322
OTHER = 12_345
root_only = pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("setpriv") is None, reason="only root can change accounts"
)
KEY = {"CREDITCURVE_SECRET_KEY": "made-up secret key"}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder below which every account may look, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def start(
    *, environment: dict[str, str], uid: int | None = None, groups: tuple[int, ...] = ()
) -> tuple[int, str]:
    """Run ``serve`` until it is ready or has failed; return its exit code and errors.

    A ready instance is stopped, and its exit code is 0.
    """
    with subprocess.Popen(
        [*_as_account(uid, groups), *COMMAND, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        env={"PATH": os.environ["PATH"], "CREDITCURVE_KEYRING": "off", **environment},
    ) as process:
        assert process.stdout is not None
        if process.stdout.readline().startswith("Listening on http://"):
            process.terminate()
        _, errors = process.communicate(timeout=20)
    return process.returncode, errors


def _as_account(uid: int | None, groups: tuple[int, ...]) -> list[str]:
    """Return the command that changes the account.

    The account may read everything, for the interpreter may be in root's home folder; it may write
    only where its ids allow it.
    """
    if uid is None:
        return []
    named = f"--groups={','.join(map(str, groups))}" if groups else "--clear-groups"
    reading = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
    return ["setpriv", f"--reuid={uid}", f"--regid={GID}", named, *reading]


def demand_one_line(result: tuple[int, str], *parts: str) -> None:
    """Check that a start failed as a configuration does, in one line with these parts."""
    code, errors = result
    assert code == 78, errors
    assert errors.count("\n") == 1
    assert errors.startswith("creditcurve: ")
    for part in parts:
        assert part in errors


@root_only
@pytest.mark.slow
def test_an_account_without_home_folder_needs_two_settings(folder: Path) -> None:
    """Each refusal names one of them; with both the program starts."""
    for home in ({}, {"HOME": ""}):
        demand_one_line(start(environment=home, uid=UID), "CREDITCURVE_DATA_DIR=")
    data = folder / "data"
    data.mkdir()
    os.chown(data, UID, GID)
    variables = {"CREDITCURVE_DATA_DIR": str(data)}
    demand_one_line(start(environment=variables, uid=UID), "CREDITCURVE_SECRET_KEY")
    assert start(environment={**variables, **KEY}, uid=UID)[0] == 0


@root_only
@pytest.mark.parametrize("home", first(1, ["/", "/nonexistent"]))
def test_a_home_folder_that_cannot_be_written_is_named(folder: Path, home: str) -> None:
    demand_one_line(
        start(environment={"HOME": home, **KEY}, uid=UID), home, "CREDITCURVE_DATA_DIR="
    )
    folder.chmod(0o777)
    variables = {"HOME": home, "CREDITCURVE_DATA_DIR": str(folder / "data")}
    demand_one_line(start(environment=variables, uid=UID), "CREDITCURVE_SECRET_KEY")


@root_only
def test_a_folder_of_root_is_answered_with_the_command_that_helps(folder: Path) -> None:
    data = folder / "data"
    data.mkdir(mode=0o755)
    variables = {"CREDITCURVE_DATA_DIR": str(data), **KEY}
    demand_one_line(start(environment=variables, uid=UID), f"sudo chown -R {UID}:{GID} {data}")
    assert list(data.iterdir()) == []


@root_only
def test_files_that_root_left_are_answered_with_the_command_that_helps(folder: Path) -> None:
    """The program once ran as root in a folder of another account."""
    data = folder / "data"
    data.mkdir()
    (data / "creditcurve.db").touch(0o600)
    os.chown(data, UID, GID)
    variables = {"CREDITCURVE_DATA_DIR": str(data), **KEY}
    demand_one_line(start(environment=variables, uid=UID), f"sudo chown -R {UID}:{GID} {data}")


@root_only
@pytest.mark.parametrize("mode", first(1, [0o2770, 0o2775, 0o777]))
def test_a_mounted_volume_of_root_is_used_with_its_mode(folder: Path, mode: int) -> None:
    """As Kubernetes mounts it: of root, writable by a group of the process or by all."""
    data = folder / "volume"
    data.mkdir()
    (data / "lost+found").mkdir(mode=0o700)
    os.chown(data, 0, OTHER)
    data.chmod(mode)
    variables = {"CREDITCURVE_DATA_DIR": str(data), **KEY}
    code, log = start(environment=variables, uid=UID, groups=(OTHER,))
    assert code == 0, log
    assert data.stat().st_mode & 0o7777 == mode
    assert (data / "creditcurve.db").stat().st_mode & 0o777 == 0o600


@root_only
@pytest.mark.parametrize("uid", first(1, [UID, None]))
def test_a_folder_with_files_of_another_account_is_refused(folder: Path, uid: int | None) -> None:
    """Its mode stays, also for root."""
    data = folder / "shared"
    data.mkdir()
    data.chmod(0o777)
    (data / "letter.txt").touch()
    os.chown(data / "letter.txt", OTHER, OTHER)
    variables = {"CREDITCURVE_DATA_DIR": str(data), **KEY}
    demand_one_line(start(environment=variables, uid=uid), "letter.txt", "CREDITCURVE_DATA_DIR=")
    assert data.stat().st_mode & 0o7777 == 0o777


def test_a_shared_temporary_folder_is_refused(folder: Path) -> None:
    """Its mode stays: other programs use it."""
    folder.chmod(0o1777)
    demand_one_line(
        start(environment={"CREDITCURVE_DATA_DIR": str(folder), **KEY}), "CREDITCURVE_DATA_DIR="
    )
    assert folder.stat().st_mode & 0o7777 == 0o1777


@root_only
@pytest.mark.slow
def test_a_link_of_another_account_is_refused(folder: Path) -> None:
    """It could lead to any folder."""
    (folder / "data").mkdir(mode=0o700)
    link = folder / "link"
    link.symlink_to(folder / "data")
    variables = {"CREDITCURVE_DATA_DIR": str(link), **KEY}
    assert start(environment=variables)[0] == 0
    os.chown(link, OTHER, OTHER, follow_symlinks=False)
    demand_one_line(start(environment=variables), str(link), "another account")


def test_a_file_in_place_of_the_folder_is_named(folder: Path) -> None:
    file = folder / "data"
    file.touch()
    demand_one_line(start(environment={"CREDITCURVE_DATA_DIR": str(file), **KEY}), str(file))


def test_a_key_file_in_another_encoding_is_named(folder: Path) -> None:
    """An editor of Windows saved it; it is not replaced, for it opens the stored cookie."""
    file = folder / "config" / "creditcurve" / "secret.key"
    file.parent.mkdir(parents=True, mode=0o700)
    file.write_bytes(("ab" * 32).encode("utf-16"))
    variables = {
        "CREDITCURVE_DATA_DIR": str(folder / "data"),
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    demand_one_line(start(environment=variables), str(file), "UTF-8")
    assert file.read_bytes() == ("ab" * 32).encode("utf-16")


@root_only
def test_a_key_file_of_another_account_is_refused(folder: Path) -> None:
    file = folder / "config" / "creditcurve" / "secret.key"
    file.parent.mkdir(parents=True, mode=0o700)
    file.write_text("ab" * 32)
    os.chown(file, OTHER, OTHER)
    variables = {
        "CREDITCURVE_DATA_DIR": str(folder / "data"),
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    demand_one_line(start(environment=variables), str(file), "sudo chown")


def test_localhost_belongs_to_the_program_in_both_ip_versions(folder: Path) -> None:
    """Browsers may use either for the same name."""
    with Program(folder, "http://127.0.0.1:9") as program:
        port = int(program.url.rpartition(":")[2])
        for host in ("127.0.0.1", "::1"):
            with socket.create_connection((host, port), timeout=5):
                pass
        assert program.log == ""


def test_another_program_on_the_ipv6_loopback_address_is_reported(folder: Path) -> None:
    """A page of ours and one of that program would have the same name, localhost."""
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as other:
        port = other.getsockname()[1]
        program = Program(folder, "http://127.0.0.1:9")
        with contextlib.ExitStack() as stack:
            stack.push(program)
            program.restart_on(str(port))
            assert program.url == f"http://127.0.0.1:{port}"
            assert f"[::1]:{port}" in program.log


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "localhost"])
def test_the_ready_line_contains_an_address_that_answers(folder: Path, host: str) -> None:
    arguments = ("--host", host, "--access-key", "made-up access key")
    with Program(folder, "http://127.0.0.1:9", arguments=arguments) as program:
        assert program.get("/api/health")["status"] == "ok"
