"""Reading a paste from standard input.

A pasted cookie is read without echo, and not by lines: a terminal's line has at most 4,095 bytes,
and cookies are longer.
"""

import os
import sys
from typing import Final

from creditcurve.cli.terminal import print_error

_END: Final = b"\x04"


def read_paste(prompt: str, *, most_bytes: int) -> str:
    """Return standard input up to its end, or up to Ctrl-D on a terminal.

    At most one byte more than ``most_bytes`` is read; bytes that are not UTF-8 are replaced.
    """
    if not sys.stdin.isatty():
        content = sys.stdin.buffer.read(most_bytes + 1)
    else:
        content = _read_without_echo(sys.stdin.fileno(), prompt, most_bytes)
    return content.decode(errors="replace")


def _read_without_echo(terminal: int, prompt: str, most_bytes: int) -> bytes:
    try:
        import termios  # noqa: PLC0415 - missing on Windows
    except ImportError:
        print_error(prompt)
        return sys.stdin.buffer.read(most_bytes + 1)
    before = termios.tcgetattr(terminal)
    quiet = termios.tcgetattr(terminal)
    quiet[3] &= ~(termios.ICANON | termios.ECHO)
    quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
    termios.tcsetattr(terminal, termios.TCSADRAIN, quiet)
    try:
        print_error(prompt)  # after echo is off: an early paste would be visible
        return _until_end(terminal, most_bytes)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _until_end(terminal: int, most_bytes: int) -> bytes:
    content = b""
    while len(content) <= most_bytes:
        piece = os.read(terminal, 65_536)
        content += piece
        if not piece or _END in piece:
            break
    return content.partition(_END)[0]
