"""``creditcurve statusline`` as a whole process, beside an interpreter that does nothing."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final, NamedTuple

from bench.figures import Figure
from bench.processes import program

RUNS: Final = 25
_SCRIPT: Final = "from creditcurve.cli import main; main()"
"""The script of the installed command."""


class Run(NamedTuple):
    """The fastest run and the least processor time of one, in ms."""

    took_ms: float
    cpu_ms: float


def main() -> list[Figure]:
    """Measure the line of a running instance."""
    with tempfile.TemporaryDirectory() as name, program(Path(name)) as server:
        ours = _fastest("-c", _SCRIPT, "statusline", "--data-dir", str(server.data_dir))
    bare = _fastest("-c", "pass")
    return [
        Figure(
            name="statusline, whole process",
            ours=ours.took_ms,
            unit="ms",
            goal=35,
            rival=bare.took_ms,
            rival_name="bare interpreter",
            where=(
                "the interpreter's start, then the imports of json and socket; others load while "
                "the instance answers"
            ),
        ),
        Figure(
            name="statusline: processor time",
            ours=ours.cpu_ms,
            unit="ms",
            rival=bare.cpu_ms,
            rival_name="bare interpreter",
            where="without the server's work on the calls",
        ),
    ]


def _fastest(*arguments: str) -> Run:
    runs = [_measured([sys.executable, *arguments]) for _ in range(RUNS)]
    return Run(*(min(figures) for figures in zip(*runs, strict=True)))


def _measured(command: list[str]) -> Run:
    environment = {**os.environ, "CREDITCURVE_KEYRING": "off"}
    used_s = _children_s()
    began_s = time.perf_counter()
    subprocess.run(
        command, check=True, stdin=subprocess.DEVNULL, capture_output=True, env=environment
    )
    took_s = time.perf_counter() - began_s
    return Run(took_s * 1_000, (_children_s() - used_s) * 1_000)


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
