"""A real terminal: a process in it, its screen, and the keys that a person presses."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte
import pytest


class Terminal:
    """A process in a terminal, and the screen it draws."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._parent, self._child = pty.openpty()
        self._screen = pyte.Screen(100, 30)
        self._stream = pyte.ByteStream(self._screen)
        self._set_size(100, 30)
        self.modes = termios.tcgetattr(self._child)
        self.process = subprocess.Popen(
            command,
            stdin=self._child,
            stdout=self._child,
            stderr=self._child,
            env={"TERM": "xterm", **environment},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads here
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._parent)
        os.close(self._child)

    def press(self, keys: str) -> None:
        """Type keys."""
        os.write(self._parent, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Change the size, as a person does with the window."""
        self._screen.resize(rows, columns)
        self._screen.reset()
        self._set_size(columns, rows)

    def until(self, *texts: str, timeout_s: float = 30.0) -> list[str]:
        """Return the screen as soon as it contains all texts."""
        end_s = time.monotonic() + timeout_s
        while time.monotonic() < end_s:
            shown = [line.rstrip() for line in self._screen.display]
            if all(text in "\n".join(shown).replace(" ", "") for text in texts):
                return shown
            if select.select([self._parent], [], [], 0.1)[0]:
                self._stream.feed(os.read(self._parent, 65_536))
        pytest.fail(f"{texts} not in:\n" + "\n".join(self._screen.display))

    def end(self) -> int:
        """Return the exit code; the rest of the output is read meanwhile."""
        end_s = time.monotonic() + 20
        while self.process.poll() is None and time.monotonic() < end_s:
            if select.select([self._parent], [], [], 0.1)[0]:
                os.read(self._parent, 65_536)
        return self.process.wait(timeout=1)

    @property
    def is_restored(self) -> bool:
        """Whether the terminal's modes are those from before."""
        return termios.tcgetattr(self._child) == self.modes

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._parent, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
