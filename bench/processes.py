"""Processes under measurement: the program, its rivals, and their costs."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from support.program import Program

COMMAND: Final = (sys.executable, "-m", "creditcurve")
"""Without ``-W error``, with which the tests run it."""
_IDLE_S: Final = 1.0
_IDLE_SHARE: Final = 0.02
UNUSED_SITE: Final = "http://127.0.0.1:9"


def program(folder: Path, upstream: str = UNUSED_SITE) -> Program:
    """Return the program as its users start it."""
    return Program(folder, upstream, command=COMMAND)


@contextlib.contextmanager
def running(command: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a rival until its port accepts connections, and end it."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            while not is_listening(port):
                time.sleep(0.02)
            yield process
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_listening(port: int) -> bool:
    """Return whether something accepts connections at a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process."""
    return _status_kb(pid, "VmRSS") / 1024


def peak_mb(pid: int) -> float:
    """Return the greatest resident memory that a process has had."""
    return _status_kb(pid, "VmHWM") / 1024


def cpu_s(pid: int) -> float:
    """Return the processor time that the threads of a process have had."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def wait_until_idle(pid: int) -> None:
    """Wait until a process has nothing to do: a large database is checked after its start."""
    used_s = -1.0
    while cpu_s(pid) - used_s > _IDLE_SHARE * _IDLE_S:
        used_s = cpu_s(pid)
        time.sleep(_IDLE_S)


def switches(pid: int) -> int:
    """Return how often the threads of a process have gone to sleep."""
    return sum(
        int(line.split()[1])
        for task in Path(f"/proc/{pid}/task").iterdir()
        for line in (task / "status").read_text().splitlines()
        if line.startswith("voluntary_ctxt_switches")
    )


def _status_kb(pid: int, name: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
