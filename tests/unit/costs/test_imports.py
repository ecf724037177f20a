"""The imports of a start, and how many instructions they take."""

import subprocess
import sys
from typing import Final

import pytest

from support.instructions import VALGRIND, instructions_of_process
from support.program import Program

pytestmark = pytest.mark.slow

_TRACED: Final = """
import sys, creditcurve.cli.command_line, creditcurve.cli.serving
print(*sys.modules)
"""
_SCRIPT: Final = "from creditcurve.cli import main; main()"
_LINE: Final = """
import sys
from creditcurve.cli.statusline.run import run
run("/none")
print(*sys.modules)
"""


def modules(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    return set(done.stdout.splitlines()[-1].split())


def test_a_start_imports_only_modules_that_the_first_answer_needs() -> None:
    imported = modules(_TRACED)
    late = {
        "apispec",
        "creditcurve.cookie.parse",
        "creditcurve.recordfiles.csv",
        "creditcurve.store.sqlite.recovery.replacement",
        "creditcurve.store.sqlite.restoring",
        "creditcurve.upstream.client",
        "creditcurve.upstream.wire",
        "cryptography",
        "cyclopts",
        "difflib",
        "httpx2",
        "importlib.resources",
        "itsdangerous",
        "keyring",
        "prometheus_client",
        "rich",
        "statistics",
    }
    assert not imported & late
    assert len([name for name in imported if name.startswith("creditcurve.")]) < 360


def test_the_status_line_imports_no_library() -> None:
    imported = modules(_LINE + "import creditcurve.cli.statusline.line; print(*sys.modules)")
    heavy = {"asyncio", "msgspec", "http.client", "platformdirs", "cyclopts", "ssl", "typing"}
    assert not imported & heavy


def test_the_status_line_imports_little_before_its_requests_are_sent() -> None:
    """The rest is imported while the instance answers; without one nothing is sent."""
    assert not modules(_LINE) & {"_hashlib", "datetime", "hmac", "creditcurve.cli.statusline.line"}


@pytest.mark.skipif(VALGRIND is None, reason="needs valgrind")
@pytest.mark.timeout(1_200)
def test_imports_take_no_more_instructions_than_a_plain_server_allows() -> None:
    """Beside a bare interpreter and the libraries that no server of this kind can do without."""
    bare = instructions_of_process("-c", "pass")
    plain = instructions_of_process("-c", "import uvicorn, starlette.applications")
    assert instructions_of_process("-c", "import creditcurve.server.run") < plain * 2.1
    line = "import creditcurve.cli.statusline.run, creditcurve.cli.statusline.line, hmac"
    assert instructions_of_process("-c", line) < bare * 4


@pytest.mark.skipif(VALGRIND is None, reason="needs valgrind")
@pytest.mark.timeout(1_200)
def test_the_whole_status_line_takes_few_instructions(program: Program) -> None:
    """With the calls of a running instance: a bare interpreter and as much again, three times."""
    bare = instructions_of_process("-c", "pass")
    folder = ("--data-dir", str(program.data_dir))
    assert instructions_of_process("-c", _SCRIPT, "statusline", *folder) < bare * 4
