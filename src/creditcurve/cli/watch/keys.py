"""Single keys of a terminal, without echo; the terminal is restored at the end."""

import contextlib
import os
import re
import select
import sys
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

END: Final = "q"
"""The key that is read from a closed terminal."""
_SEQUENCE: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|[^\x1b])")
"""The bytes of one key without a character, such as an arrow or Alt with a letter."""


class Keys:
    """Reads keys while it is entered."""

    def __init__(self) -> None:
        self._pressed: deque[str] = deque()

    def __enter__(self) -> Self:
        self._restore = _without_echo()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._restore()

    def read(self, timeout_s: float) -> str | None:
        """Return the next key in lower case; None if none is pressed in time."""
        if os.name == "nt":
            return _read_on_windows(timeout_s)
        if not self._pressed and select.select([sys.stdin], [], [], timeout_s)[0]:
            self._pressed += keys_of(os.read(sys.stdin.fileno(), 1_024))
        return self._pressed.popleft() if self._pressed else None


def keys_of(read: bytes) -> str:
    """Return the keys among bytes of a terminal, in lower case, without sequences of other keys."""
    if not read:
        return END
    return _SEQUENCE.sub("", read.decode(errors="replace")).lower()


def _without_echo() -> Callable[[], None]:
    """Switch echo and line input off; return the function that restores them."""
    try:
        import termios  # noqa: PLC0415 - missing on Windows
        import tty  # noqa: PLC0415 - as above
    except ImportError:
        return lambda: None
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal)

    def restore() -> None:
        with contextlib.suppress(termios.error):  # the terminal is gone
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)

    return restore


def _read_on_windows(timeout_s: float) -> str | None:
    import msvcrt  # noqa: PLC0415 - Windows only

    end_s = time.monotonic() + timeout_s
    while time.monotonic() < end_s:
        if msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]  # Windows only
            return str(msvcrt.getwch()).lower()  # type: ignore[attr-defined,unused-ignore]  # as above
        time.sleep(0.02)
    return None
