"""``creditcurve watch`` in a real terminal: what a person sees after keys, a resize and Ctrl+C."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte
import pytest

from creditcurve.simulator import History
from support.commands import beside, run
from support.program import Program
from support.site import COOKIE, Site
from support.starting import COMMAND


class Terminal:
    """A process in a terminal, and the screen it draws."""

    def __init__(self, program: Program, *arguments: str, **environment: str) -> None:
        self._parent, self._child = pty.openpty()
        self._screen = pyte.Screen(100, 30)
        self._stream = pyte.ByteStream(self._screen)
        self._set_size(100, 30)
        self.modes = termios.tcgetattr(self._child)
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            stdin=self._child,
            stdout=self._child,
            stderr=self._child,
            env=beside(
                program, upstream="http://127.0.0.1:9", environment={"TERM": "xterm", **environment}
            ),
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
        """Return the exit code; what is still printed is read meanwhile."""
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


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program with a day of requests."""
    folder = tmp_path_factory.mktemp("watched")
    with Site(History.generated(7)) as site, Program(folder, site.url) as running:
        running.give_cookie(COOKIE)
        running.call("POST", "/api/refresh")
        yield running


def test_curve_figures_and_models_are_drawn_in_each_size(filled: Program) -> None:
    """The last line names the keys, also after keys and a resize; q restores the terminal."""
    with Terminal(filled, "watch", "--hours", "6") as terminal:
        shown = terminal.until("6h", "qquit")
        assert shown[0].startswith(f"● CreditCurve · 6 h · {filled.url} · ")
        assert shown[1].endswith(" · off")
        assert any(line.startswith("■ claude-") for line in shown)
        assert any(0x2800 <= ord(character) < 0x2900 for character in "".join(shown))
        assert shown[-1].startswith("1 1 h  2 3 h")
        terminal.press("4")
        terminal.until("24h·", "qquit")
        terminal.resize(60, 16)
        small = terminal.until("24h·", "└", "qquit")
        assert max(map(len, small)) <= 60
        terminal.resize(40, 12)
        smallest = terminal.until("24h·", "qquit")
        assert smallest[-1].startswith("q quit  r refresh")
        assert [line for line in smallest if line.startswith("■ claude-") and "request" in line]
        terminal.resize(30, 5)
        terminal.until("Thewindowistoosmall.")
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.is_restored


def test_ctrl_c_ends_it_and_restores_the_terminal(filled: Program) -> None:
    """In the other language."""
    with Terminal(filled, "watch", LANG="zh_CN.UTF-8") as terminal:
        terminal.until("q退出", "已关闭")
        terminal.press("\x03")
        assert terminal.end() == 0
        assert terminal.is_restored


def test_the_last_answers_stay_while_the_instance_is_away(tmp_path: Path, site: Site) -> None:
    """The first line says so, and that they are back."""
    with Program(tmp_path, site.url) as program, Terminal(program, "watch") as terminal:
        terminal.until("nocookie", "qquit")
        program.stop()
        terminal.until("CreditCurveisnotrunning.", "shown:", "nocookie")
        program.start()
        terminal.until("●CreditCurve", "nocookie")
        terminal.process.send_signal(signal.SIGINT)
        assert terminal.end() == 0


def test_without_a_terminal_it_names_other_commands(shared: Program) -> None:
    done = run(shared, "watch")
    assert (done.returncode, done.stdout) == (2, "")
    assert "creditcurve status" in done.stderr


def test_none_running_is_69(tmp_path: Path) -> None:
    """Before the screen is cleared."""
    with Terminal(Program(tmp_path, "http://127.0.0.1:9"), "watch") as terminal:
        assert terminal.end() == 69
