"""``creditcurve statusline``: short, fast, and harmless for the prompt that contains it."""

import contextlib
import http.client
import http.server
import json
import os
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from creditcurve.clocks import SystemClock
from creditcurve.domain.identity import CHALLENGE, PROOF
from creditcurve.instance import Instance, announce
from creditcurve.simulator import Era, History, SimulatedAccount
from support.commands import beside, run
from support.events import Events
from support.program import Program
from support.site import COOKIE, Site
from support.starting import COMMAND

LINE = re.compile(r"CC ([\d,]+) credits/1 h · ([\d,]+(?:\.\d)?)/min · ok\n")


def test_the_line_shows_the_last_hour_the_rate_and_the_link(tmp_path: Path) -> None:
    """The sum is that of the interface."""
    with (
        Site(History.generated(7)) as site,
        Program(tmp_path, site.url) as program,
    ):
        program.give_cookie(COOKIE)
        program.call("POST", "/api/refresh")
        program.call("PATCH", "/api/settings", {"collecting": True})
        before = program.get("/api/usage?hours=1&bucket=3600")["total"]
        match = LINE.fullmatch(run(program, "statusline").stdout)
        after = program.get("/api/usage?hours=1&bucket=3600")["total"]
    assert match is not None
    assert min(before, after) <= int(match[1].replace(",", "")) <= max(before, after)
    assert float(match[2].replace(",", "")) > 0


@pytest.mark.parametrize(
    ("era", "left"), [(Era.CREDITS, "7,739 left"), (Era.WALLET, "¥7.739 left")]
)
def test_a_fresh_balance_is_shown_in_the_unit_of_the_site(
    program: Program, site: Site, era: Era, left: str
) -> None:
    """The answer to an account without a balance is in the other tests."""
    now_ms = SystemClock().now_ms()
    site.simulator.account = SimulatedAccount(era=era, opening=7_739, since_ms=now_ms)
    with Events(program.url) as events:
        program.give_cookie(COOKIE, collecting=True)
        events.until("account")
    assert run(program, "statusline").stdout.startswith(f"CC {left} · ")


def test_without_a_poll_only_the_state_of_the_link_is_shown(program: Program) -> None:
    """The sums would be those of an unknown time."""
    program.give_cookie(COOKIE)
    assert run(program, "statusline").stdout == "CC off\n"


def test_the_line_is_chinese_in_a_chinese_locale(program: Program) -> None:
    """Units and state are translated."""
    done = run(program, "statusline", environment={"LANG": "zh_CN.UTF-8"})
    assert done.stdout == "CC 没有 Cookie\n"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ('{"model": {"id": "m", "display_name": "Opus 4.1"}, "cwd": "/tmp"}', " · Opus 4.1"),
        ('{"model": {"display_name": "a\\u001b[2Jb"}}', " · a\\x1b[2Jb"),
        ('{"model": null}', ""),
        ("[" * 100_000, ""),
        ("{", ""),
        ("\x00\xff", ""),
    ],
)
def test_the_session_of_claude_code_adds_its_model(tmp_path: Path, given: str, shown: str) -> None:
    """Missing fields and other input change nothing."""
    done = run(Program(tmp_path, "http://127.0.0.1:9"), "statusline", given=given)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"CC not running{shown}\n", "")


def test_input_that_stays_open_does_not_delay_the_line(tmp_path: Path) -> None:
    """The writing end of the pipe is never closed."""
    program = Program(tmp_path, "http://127.0.0.1:9")
    reading, writing = os.pipe()
    try:
        done = subprocess.run(
            [*COMMAND, "statusline"],
            stdin=reading,
            capture_output=True,
            env=beside(program, upstream="http://127.0.0.1:9"),
            timeout=20,
            check=False,
        )
    finally:
        os.close(reading)
        os.close(writing)
    assert (done.returncode, done.stdout) == (0, b"CC not running\n")


def test_a_disconnected_reader_is_not_an_error(tmp_path: Path) -> None:
    """The exit code is 0 even then."""
    program = Program(tmp_path, "http://127.0.0.1:9")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*COMMAND, "statusline"],
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=subprocess.PIPE,
            env=beside(program, upstream="http://127.0.0.1:9"),
            timeout=20,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_no_slow_module_is_imported(tmp_path: Path) -> None:
    """Each of these takes longer to import than all the rest of the command."""
    program = Program(tmp_path, "http://127.0.0.1:9")
    done = run(program, "statusline", command=(sys.executable, "-X", "importtime", *COMMAND[1:]))
    imported = set(re.findall(r"\| +([\w.]+)$", done.stderr, re.MULTILINE))
    assert "creditcurve.cli.statusline.run" in imported
    slow = {"msgspec", "http.client", "cyclopts", "rich", "asyncio", "platformdirs", "logging"}
    assert not imported & slow


def test_without_an_instance_the_exit_code_is_0(tmp_path: Path) -> None:
    """A prompt must not show an error."""
    done = run(Program(tmp_path, "http://127.0.0.1:9"), "statusline")
    assert (done.returncode, done.stdout, done.stderr) == (0, "CC not running\n", "")


def test_a_refused_configuration_is_not_an_error_here(program: Program) -> None:
    """Variables of other commands must not disturb the prompt."""
    done = run(program, "statusline", environment={"CREDITCURVE_PORT": "many"})
    assert (done.returncode, done.stdout, done.stderr) == (0, "CC no cookie\n", "")


def test_an_instance_that_hangs_does_not_delay_the_prompt(tmp_path: Path) -> None:
    """It accepts the connection and never answers."""
    hanging = Program(tmp_path, "http://127.0.0.1:9")
    hanging.data_dir.mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        announce(hanging.data_dir, Instance(address=address, pid=1, token="none"))
        done = run(hanging, "statusline")
    assert (done.returncode, done.stdout) == (0, "CC ?\n")


@pytest.mark.parametrize("form", [("--data-dir", "{}"), ("--data-dir={}",)])
def test_the_data_folder_may_be_named(
    program: Program, tmp_path: Path, form: tuple[str, ...]
) -> None:
    """The folder of the flag beats that of the environment."""
    elsewhere = str(tmp_path / "elsewhere")
    done = run(program, "statusline", *(one.format(elsewhere) for one in form))
    assert (done.stdout, done.stderr) == ("CC not running\n", "")


@pytest.mark.parametrize(
    "arguments", [("--wat",), ("wat", "--data-dir", "{}"), ("--data-dir={}", "-x")]
)
def test_wrong_arguments_are_reported_and_the_line_is_printed(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """The exit code of a prompt's command is 0, whatever its arguments."""
    program = Program(tmp_path, "http://127.0.0.1:9")
    done = run(program, "statusline", *(one.format(tmp_path) for one in arguments))
    assert (done.returncode, done.stdout) == (0, "CC not running\n")
    assert done.stderr.startswith("creditcurve: Ignored: ")
    assert str(tmp_path) not in done.stderr


def test_a_data_folder_without_a_value_is_that_of_the_environment(program: Program) -> None:
    done = run(program, "statusline", "--data-dir")
    assert (done.returncode, done.stdout) == (0, "CC no cookie\n")


@pytest.mark.parametrize("environment", [{"HOME": ""}, {"HOME": "/nonexistent"}])
def test_without_a_home_folder_the_line_is_printed(environment: dict[str, str]) -> None:
    """Neither a data folder nor a home folder is known."""
    rest = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(
        [*COMMAND, "statusline"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**rest, **environment},
        timeout=20,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"CC not running\n", b"")


@pytest.mark.skipif(os.name == "nt", reason="descriptors of POSIX")
@pytest.mark.parametrize("closed", [(0,), (1,), (0, 1, 2)])
def test_closed_streams_are_not_an_error(tmp_path: Path, closed: tuple[int, ...]) -> None:
    """A prompt may start the command without any of them."""
    program = Program(tmp_path, "http://127.0.0.1:9")
    redirections = " ".join(f"{one}>&-" for one in closed)
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {redirections}', "sh", *COMMAND, "statusline"],
        capture_output=True,
        env=beside(program, upstream="http://127.0.0.1:9"),
        timeout=20,
        check=False,
    )
    expected = b"" if 1 in closed else b"CC not running\n"
    assert (done.returncode, done.stdout) == (0, expected)
    assert b"Traceback" not in done.stderr


def test_another_instance_at_the_port_of_a_crashed_one_is_not_shown(
    program: Program, tmp_path: Path
) -> None:
    """Its figures are not those of this data folder."""
    other = Program(tmp_path / "other", "http://127.0.0.1:9")
    other.data_dir.mkdir(parents=True)
    note = (program.data_dir / "instance.json").read_bytes()
    (other.data_dir / "instance.json").write_bytes(note)
    assert run(other, "statusline").stdout == "CC not running\n"


class _Impostor(http.server.BaseHTTPRequestHandler):
    """Answers like an instance, and passes challenges on to a real one."""

    status: bytes
    """The answer of another instance, with the data folder of the crashed one."""
    address: str
    """Of the other instance. The status line gives up after a quarter of a second."""

    def do_GET(self) -> None:
        challenge = self.headers.get(CHALLENGE, "")
        with contextlib.closing(http.client.HTTPConnection(self.address, timeout=10)) as other:
            other.request("GET", "/api/health", headers={CHALLENGE: challenge})
            proof = other.getresponse().headers[PROOF]
        self.send_response(200)
        self.send_header(PROOF, proof)
        self.end_headers()
        self.wfile.write(self.status)

    def log_message(self, *_arguments: object) -> None:
        """Log nothing."""


@pytest.mark.parametrize("command", [("statusline",), ("status",), ("login",)])
def test_a_program_at_the_port_of_a_crashed_instance_is_detected(
    program: Program, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """It gets the token, knows the data folder, and asks another instance for proofs."""
    crashed = Program(tmp_path / "crashed", "http://127.0.0.1:9")
    crashed.data_dir.mkdir(parents=True)
    status = {**program.get("/api/status"), "data_dir": str(crashed.data_dir)}
    _Impostor.status = json.dumps(status).encode()
    _Impostor.address = program.url.removeprefix("http://")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Impostor) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        announce(crashed.data_dir, Instance(address=address, pid=1, token="t", secret="s"))
        done = run(crashed, *command)
        server.shutdown()
        thread.join()
    if command == ("statusline",):
        assert done.stdout == "CC not running\n"
    else:
        assert done.returncode == 69
