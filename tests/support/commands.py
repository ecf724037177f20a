"""Runs the other commands of the program on its data folder."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from support.program import Program

COMMAND = (sys.executable, "-W", "error", "-m", "creditcurve")


def run(
    program: Program,
    *arguments: str,
    given: str = "",
    environment: Mapping[str, str] | None = None,
    upstream: str = "http://127.0.0.1:9",
    command: tuple[str, ...] = COMMAND,
    folder: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, in a folder; ``given`` is its standard input."""
    return subprocess.run(
        [*command, *arguments],
        input=given,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        cwd=folder,
        env=beside(program, upstream=upstream, environment=environment),
    )


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
