"""``creditcurve cookie``: with and without a running instance, never as an argument."""

import contextlib
import os
import pty
import select
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from creditcurve import instance
from support.commands import beside, run
from support.program import Program
from support.site import COOKIE, Site
from support.starting import COMMAND

CHECK = "/api/user/usage/chart"
NAME = "__Secure-authjs.session-token"
VALUE = COOKIE.partition("=")[2]
NEXT = "Collecting is off. Start it: creditcurve settings set collecting on\n"


@pytest.fixture
def resting(tmp_path: Path, site: Site) -> Iterator[Program]:
    """A program that is not running; it is stopped if a test starts it."""
    with contextlib.ExitStack() as stack:
        resting = Program(tmp_path, site.url)
        stack.push(resting)
        yield resting


def test_a_running_instance_checks_and_stores_it(program: Program, site: Site) -> None:
    """Names and state are printed, the value is not."""
    done = run(program, "cookie", "set", given=f"Cookie: {COOKIE}\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"valid · {NAME}\n", NEXT)
    assert site.calls(CHECK) == 1
    assert program.get("/api/status")["cookie"]["state"] == "valid"


def test_without_an_instance_the_command_checks_and_stores_it(resting: Program, site: Site) -> None:
    """The next start uses it."""
    done = run(resting, "cookie", "set", given=COOKIE, upstream=site.url)
    assert (done.returncode, done.stdout) == (0, f"valid · {NAME}\n")
    assert site.calls(CHECK) == 1
    with resting:
        assert resting.call("POST", "/api/refresh").json()["new"] == 20


@pytest.mark.parametrize("is_running", [True, False])
def test_the_next_step_is_named_until_collecting_is_on(
    resting: Program, site: Site, *, is_running: bool
) -> None:
    if is_running:
        resting.start()
    assert run(resting, "cookie", "set", given=COOKIE, upstream=site.url).stderr == NEXT
    run(resting, "settings", "set", "collecting", "on", upstream=site.url)
    assert run(resting, "cookie", "set", given=COOKIE, upstream=site.url).stderr == ""


@pytest.mark.parametrize("is_running", [True, False])
def test_a_cookie_that_the_site_rejects_is_not_stored(
    resting: Program, site: Site, *, is_running: bool
) -> None:
    """The old cookie is unchanged; the error is the same with and without an instance."""
    run(resting, "cookie", "set", given=COOKIE, upstream=site.url)
    if is_running:
        resting.start()
    done = run(resting, "cookie", "set", given=f"{NAME}=of-another-time", upstream=site.url)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "creditcurve: The site does not accept this cookie. "
        "Sign in there again and copy a new one.\n"
    )
    assert run(resting, "cookie", "check", upstream=site.url).stdout == f"valid · {NAME}\n"


@pytest.mark.parametrize("is_running", [True, False])
def test_a_snippet_without_a_login_is_refused_unless_forced(
    resting: Program, *, is_running: bool
) -> None:
    """The found names are printed; ``--force --no-verify`` stores it anyway."""
    if is_running:
        resting.start()
    done = run(resting, "cookie", "set", given="acw_tc=1")
    assert done.returncode == 1
    assert "found: acw_tc" in done.stderr
    done = run(resting, "cookie", "set", "--force", "--no-verify", given="acw_tc=1")
    assert (done.returncode, done.stdout) == (0, "not checked yet · acw_tc\n")


@pytest.mark.parametrize("is_running", [True, False])
def test_without_the_site_nothing_is_stored(
    resting: Program, site: Site, *, is_running: bool
) -> None:
    """The reason is printed."""
    if is_running:
        resting.start()
    site.close()
    done = run(resting, "cookie", "set", given=COOKIE, upstream="http://127.0.0.1:9")
    assert done.returncode == 1
    assert done.stderr.startswith("creditcurve: The cookie could not be checked: ")
    assert run(resting, "cookie", "check").returncode == 1
    site.open()


@pytest.mark.parametrize("is_running", [True, False])
def test_the_origin_is_stored_with_the_cookie(
    tmp_path: Path, site: Site, *, is_running: bool
) -> None:
    """It is stored with the cookie, which is checked at that site only."""
    environment = {"CREDITCURVE_UPSTREAM": ""}
    with contextlib.ExitStack() as stack:
        program = Program(tmp_path, None)
        if is_running:
            stack.enter_context(program)
        arguments = ("cookie", "set", "--origin", f"{site.url}/")
        done = run(program, *arguments, given=COOKIE, environment=environment)
        assert (done.returncode, done.stdout, done.stderr) == (0, f"valid · {NAME}\n", NEXT)
        done = run(program, "cookie", "check", environment=environment)
        assert done.stdout == f"valid · {NAME}\n"
    assert site.calls(CHECK) == 2


@pytest.mark.parametrize("origin", ["http://example.org", "www.aicodemirror.ai", "https://a/b"])
def test_a_malformed_origin_is_refused(resting: Program, origin: str) -> None:
    """Nothing is created, and the cookie is not read."""
    done = run(resting, "cookie", "set", "--origin", origin, given=COOKIE)
    assert (done.returncode, done.stderr.startswith("creditcurve: --origin: ")) == (2, True)
    assert not resting.data_dir.exists()


def test_an_input_that_is_too_long_is_refused(program: Program) -> None:
    """It is not sent to the instance."""
    done = run(program, "cookie", "set", given="x" * 70_000)
    assert done.returncode == 1
    assert "64 KiB" in done.stderr


def test_a_cookie_as_an_argument_is_refused_and_not_repeated(program: Program) -> None:
    """Every process of the machine can read arguments; the exit code is that of wrong usage."""
    done = run(program, "cookie", "set", COOKIE)
    assert done.returncode == 2
    assert "standard input" in done.stderr
    assert VALUE not in done.stdout + done.stderr
    assert program.get("/api/status")["cookie"]["state"] == "missing"


@pytest.mark.parametrize("is_running", [True, False])
def test_an_expired_cookie_is_reported_by_the_exit_code(
    resting: Program, site: Site, *, is_running: bool
) -> None:
    """The reason is printed; the site is called once."""
    run(resting, "cookie", "set", given=COOKIE, upstream=site.url)
    if is_running:
        resting.start()
    site.simulator.cookie = None
    done = run(resting, "cookie", "check", upstream=site.url)
    assert (done.returncode, done.stdout) == (1, f"invalid (unauthorized) · {NAME}\n")
    assert site.calls(CHECK) == 2


@pytest.mark.parametrize("is_running", [True, False])
def test_a_deleted_cookie_is_gone(resting: Program, site: Site, *, is_running: bool) -> None:
    """A check afterwards reports that it is missing."""
    run(resting, "cookie", "set", given=COOKIE, upstream=site.url)
    if is_running:
        resting.start()
    done = run(resting, "cookie", "delete", upstream=site.url)
    assert (done.returncode, done.stdout) == (0, "Cookie deleted, collecting is off.\n")
    done = run(resting, "cookie", "check", upstream=site.url)
    assert (done.returncode, "no cookie yet" in done.stderr) == (1, True)


def test_it_is_not_sent_to_the_address_of_a_crashed_instance(program: Program, site: Site) -> None:
    """Another program may have the port now; the lock decides, not the note."""
    program.kill()
    done = run(program, "cookie", "set", given=COOKIE, upstream=site.url)
    assert (done.returncode, done.stdout) == (0, f"valid · {NAME}\n")
    assert instance.find(program.data_dir) is None


def test_an_instance_that_is_starting_is_reported(resting: Program) -> None:
    """It has the lock and has not written its note."""
    with instance.held(resting.data_dir):
        done = run(resting, "cookie", "set", given=COOKIE)
    assert (done.returncode, "try again" in done.stderr) == (75, True)


def test_a_long_paste_on_a_terminal_is_read_without_echo(program: Program, site: Site) -> None:
    """A line of a terminal has at most 4,095 bytes."""
    site.simulator.cookie = None
    long = f"{NAME}={'v' * 9_000}"
    screen, keyboard = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "cookie", "set", "--no-verify"],
        stdin=keyboard,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=beside(program, upstream=site.url),
    ) as process:
        assert process.stderr is not None
        assert b"Ctrl-D" in process.stderr.readline()
        _type(screen, f"{long}\n\x04".encode())
        told, _ = process.communicate(timeout=20)
    assert (process.returncode, told.decode()) == (0, f"not checked yet · {NAME}\n")
    echoed = os.read(screen, 65_536) if select.select([screen], [], [], 0)[0] else b""
    assert b"vvv" not in echoed
    os.close(keyboard)
    os.close(screen)


def _type(screen: int, text: bytes) -> None:
    """Write to a terminal at the reader's speed; its buffer has some 4 kB."""
    while text:
        select.select([], [screen], [], 20)
        text = text[os.write(screen, text[:1_024]) :]


@pytest.mark.parametrize("is_running", [True, False])
def test_delete_without_a_cookie_reports_it(resting: Program, *, is_running: bool) -> None:
    """Without an instance, no data folder is created for it."""
    if is_running:
        resting.start()
    done = run(resting, "cookie", "delete")
    assert (done.returncode, done.stdout) == (0, "There is no cookie.\n")
    assert resting.data_dir.exists() is is_running


def test_errors_of_the_interface_are_in_the_users_language(program: Program) -> None:
    """They arrive with a code; its text is looked up."""
    done = run(program, "cookie", "set", given="acw_tc=1", environment={"LANG": "zh_CN.UTF-8"})
    assert done.stderr.startswith("creditcurve: 未找到登录 Cookie")
