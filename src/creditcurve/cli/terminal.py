"""What is told on standard output, and what is pasted or piped in.

The cookie comes in here: it must not stand among the arguments, which every process can read. A
terminal is read without echo, so that no cookie stays on the screen, and not by lines: a line of
a terminal holds 4,095 bytes at most, and cookies are longer.
"""

import os
import sys
from typing import Final

_END: Final = b"\x04"


def tell(text: str) -> None:
    """One line or more; a character that the terminal does not know becomes a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")


def pasted(prompt: str, *, most_bytes: int) -> str:
    """Standard input up to its end, or up to Ctrl-D where a person is there to press it.

    At most one byte more than ``most_bytes`` is read; what is not UTF-8 is marked as such.
    """
    if not sys.stdin.isatty():
        content = sys.stdin.buffer.read(most_bytes + 1)
    else:
        content = _typed(sys.stdin.fileno(), prompt, most_bytes)
    return content.decode(errors="replace")


def _typed(terminal: int, prompt: str, most_bytes: int) -> bytes:
    try:
        import termios  # noqa: PLC0415 - Windows has none
    except ImportError:
        _ask(prompt)
        return sys.stdin.buffer.read(most_bytes + 1)
    before = termios.tcgetattr(terminal)
    quiet = termios.tcgetattr(terminal)
    quiet[3] &= ~(termios.ICANON | termios.ECHO)
    quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
    termios.tcsetattr(terminal, termios.TCSADRAIN, quiet)
    try:
        _ask(prompt)  # not before: what is pasted at once would be echoed
        return _until_end(terminal, most_bytes)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _ask(prompt: str) -> None:
    sys.stderr.write(f"{prompt}\n")
    sys.stderr.flush()


def _until_end(terminal: int, most_bytes: int) -> bytes:
    content = b""
    while len(content) <= most_bytes:
        piece = os.read(terminal, 65_536)
        content += piece
        if not piece or _END in piece:
            break
    return content.partition(_END)[0]
