"""Runs the other commands of the program on its data folder."""

import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from support.program import Program
from support.starting import COMMAND, can_fork, start

TIMEOUT_S = 30


def run(
    program: Program,
    *arguments: str,
    given: str = "",
    environment: Mapping[str, str] | None = None,
    upstream: str = "http://127.0.0.1:9",
    command: tuple[str, ...] = COMMAND,
    folder: Path | None = None,
    encoding: str = "utf-8",
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, in a folder; ``given`` is its standard input.

    Raises:
        UnicodeDecodeError: it has printed something else than text of this encoding.
    """
    environment = beside(program, upstream=upstream, environment=environment)
    if can_fork(command, environment):
        return _fork(arguments, environment, given, folder or Path.cwd(), encoding)
    return subprocess.run(
        [*command, *arguments],
        input=given,
        capture_output=True,
        encoding=encoding,
        timeout=TIMEOUT_S,
        check=False,
        cwd=folder,
        env=environment,
    )


def _fork(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    given: str,
    folder: Path,
    encoding: str,
) -> subprocess.CompletedProcess[str]:
    with (
        tempfile.TemporaryFile("w+", encoding=encoding) as stdin,
        tempfile.TemporaryFile("w+", encoding=encoding) as stdout,
        tempfile.TemporaryFile("w+", encoding=encoding) as stderr,
    ):
        stdin.write(given)
        stdin.seek(0)
        files = (stdin.fileno(), stdout.fileno(), stderr.fileno())
        code = start(arguments, environment, files, folder=folder).wait(TIMEOUT_S)
        stdout.seek(0)
        stderr.seek(0)
        return subprocess.CompletedProcess(arguments, code, stdout.read(), stderr.read())


def beside(
    program: Program, *, upstream: str, environment: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the environment of a command that uses the program's data folder."""
    return {
        **program.environment(),
        "LANG": "C.UTF-8",
        "CREDITCURVE_DATA_DIR": str(program.data_dir),
        "CREDITCURVE_UPSTREAM": upstream,
        "CREDITCURVE_PORT": "0",
        **(environment or {}),
    }
