"""Starts the program without importing it again: a process that has imported it forks.

Importing takes most of the processor time of a short command. A start is still a process of its own
with its own arguments, environment, files, signals and exit; only the imports and the authorities
that the system trusts are shared. Python and imports decide encoding and language once: each of the
common ones has its own process that forks, others need a real start (see ``can_fork``).
"""

import atexit
import functools
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Final

COMMAND: Final = (sys.executable, "-W", "error", "-m", "creditcurve")
Decided = tuple[tuple[str, str], ...]
"""The variables by which Python and imports decide something once."""
_LOCALES: Final = frozenset({"C.UTF-8", "en_US.UTF-8", "en_GB.UTF-8"})
"""The locales that make no difference to the imports."""
_CHINESE: Final = ("LANG", "zh_CN.UTF-8")
_COMMON: Final[frozenset[Decided]] = frozenset(
    {(), (_CHINESE,), (_CHINESE, ("PYTHONIOENCODING", "gbk"))}
)
_SERVER: Final = Path(__file__).with_name("forking.py")


def can_fork(command: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Return whether a start needs nothing of the start of an interpreter."""
    is_linux = hasattr(os, "pidfd_open")
    return is_linux and tuple(command) == COMMAND and _decided(environment) in _COMMON


def _decided(environment: Mapping[str, str]) -> Decided:
    return tuple(
        (name, value)
        for name, value in sorted(environment.items())
        if name.startswith(("LANG", "LC_", "PYTHON", "SSL_")) and value not in _LOCALES
    )


class Started:
    """A forked program; the part of ``subprocess.Popen`` that the tests use."""

    def __init__(self, status: socket.socket, stdout: IO[str] | None) -> None:
        self.pid = int(status.recv(64))
        self.stdout = stdout
        self.returncode: int | None = None
        self._status = status

    def poll(self) -> int | None:
        """Return the exit code; None while it runs."""
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; return the exit code.

        Raises:
            subprocess.TimeoutExpired: it still runs.
        """
        if self.returncode is None:
            self._status.settimeout(timeout)
            try:
                ended = self._status.recv(64)
            except (TimeoutError, BlockingIOError):
                raise subprocess.TimeoutExpired("creditcurve", timeout or 0) from None
            self._status.close()
            self.returncode = os.waitstatus_to_exitcode(int(ended))
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, None]:
        """Wait for the end; return the rest of its output."""
        self.wait(timeout)
        if self.stdout is None or self.stdout.closed:
            return "", None
        with self.stdout as output:
            return output.read(), None

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to stop."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)


def start(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    files: tuple[int, int, int],
    *,
    stdout: IO[str] | None = None,
    folder: Path | None = None,
) -> Started:
    """Start ``creditcurve``.

    Args:
        arguments: what follows ``creditcurve``.
        environment: all environment variables.
        files: the descriptors of its standard files; the caller closes its own.
        stdout: the read end of standard output, if the caller reads from it.
        folder: its working folder; the present one by default.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    request = {
        "arguments": list(arguments),
        "environment": dict(environment),
        "folder": str(folder or Path.cwd()),
    }
    with theirs:
        message = json.dumps(request).encode()
        socket.send_fds(_server(_decided(environment)), [message], [*files, theirs.fileno()])
    return Started(ours, stdout)


@functools.cache
def _server(decided: Decided) -> socket.socket:
    """Start the process that forks; it ends when this socket closes."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [*COMMAND[:3], str(_SERVER), str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **dict(decided)},
        )

    def stop() -> None:
        ours.close()
        process.wait()

    atexit.register(stop)
    return ours
