"""Other local accounts, which can connect to loopback: real processes with another user id."""

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from creditcurve.server.accounts import is_other_account
from support.calls import calls
from support.program import Program
from support.site import Site

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0,
    reason="switching accounts needs Linux and root",
)

NOBODY = 65_534
_CALL = """
import encodings.idna, http.client, os, sys
connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[2]))
os.setgroups([])
os.setuid(int(sys.argv[1]))
connection.request(sys.argv[3], sys.argv[4], headers={"host": "localhost"})
answer = connection.getresponse()
print(answer.status, answer.read().decode(errors="replace"))
"""


def call_as(uid: int, program: Program, method: str, path: str) -> str:
    """Call the program from a process of an account; return status and body."""
    port = program.url.rpartition(":")[2]
    return subprocess.run(
        [sys.executable, "-c", _CALL, str(uid), port, method, path],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    ).stdout


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/api/cookie"),
        pytest.param("GET", "/api/status", marks=pytest.mark.slow),
        pytest.param("GET", "/", marks=pytest.mark.slow),
    ],
)
def test_another_account_is_refused(shared: Program, method: str, path: str) -> None:
    answer = call_as(NOBODY, shared, method, path)
    assert answer.startswith("403 ")
    assert '"other_account"' in answer


def test_root_and_our_own_account_are_served(shared: Program) -> None:
    assert call_as(0, shared, "GET", "/api/status").startswith("200 ")


@pytest.fixture
def keyed(tmp_path: Path, site: Site) -> Iterator[Program]:
    """A program with an access key, which decides instead of the account."""
    environment = {"CREDITCURVE_ACCESS_KEY": "made-up access key"}
    with Program(tmp_path, site.url, environment=environment) as program:
        yield program


def test_with_an_access_key_the_key_decides(keyed: Program) -> None:
    assert call_as(NOBODY, keyed, "GET", "/api/health").startswith("200 ")
    assert call_as(NOBODY, keyed, "GET", "/api/status").startswith("401 ")


def test_a_connection_that_no_longer_exists_counts_as_another_account() -> None:
    """The kernel has no owner for it, or reports root."""
    assert is_other_account(("127.0.0.1", 9), ("127.0.0.1", 10))


def test_the_question_costs_the_same_beside_many_connections() -> None:
    """One question to the kernel about one connection, not a list of all of them."""

    def ask() -> bool:
        return is_other_account(("127.0.0.1", 9), ("127.0.0.1", 10))

    counts = []
    with contextlib.ExitStack() as opened, socket.create_server(("127.0.0.1", 0)) as server:
        for _ in range(2):
            counts.append(calls(ask, "call", "c_call"))
            for _ in range(50):
                opened.enter_context(socket.create_connection(server.getsockname()))
    assert counts[0] == counts[1] < 50


def test_the_memory_is_not_dumped(shared: Program) -> None:
    """No core file, and nobody but root reads the memory through ``/proc``."""
    limits = Path(f"/proc/{shared.pid}/limits").read_text()
    line = next(one for one in limits.splitlines() if one.startswith("Max core file size"))
    assert line.split()[4:6] == ["0", "0"]
