"""Printing on standard output and standard error.

Everything printed goes through this module: control characters are escaped, and characters that
the terminal's encoding lacks are replaced.
"""

from __future__ import annotations

import codecs
import io
import json
import os
import sys
from collections.abc import Sequence

from creditcurve.cli.language import Say, language
from creditcurve.cli.replacements import HANDLER, replace
from creditcurve.domain.printable import escape_controls

TYPE_CHECKING = False  # the status line runs without ``typing``
if TYPE_CHECKING:
    from typing import TextIO

    from rich.console import Console

Rows = Sequence[tuple[str, str]]


def prepare_streams() -> None:
    """Make standard output and standard error accept every text.

    A stream that the caller closed is replaced by the null device.
    """
    codecs.register_error(HANDLER, replace)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - kept open until the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=HANDLER)


def discard_output() -> None:
    """Drop buffered output, which Python would write again at its exit."""
    _discard(sys.stdout)


def system_language() -> Say:
    """Return the language of the environment, if the terminal can show it."""
    return language(os.environ, sys.stdout.encoding)


def print_line(text: str) -> None:
    """Print one line on standard output."""
    sys.stdout.write(f"{escape_controls(text)}\n")


def print_text(text: str) -> None:
    """Print text of our own as it is, line breaks included."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def print_error(text: str) -> None:
    """Print one line on standard error; without a place to print it, only the exit code says it."""
    try:
        sys.stderr.write(f"{escape_controls(text)}\n")
        sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)


def print_progress(text: str) -> None:
    """Replace the last line of standard error, a terminal."""
    sys.stderr.write(f"\r\x1b[K{escape_controls(text)}")
    sys.stderr.flush()


def print_json(value: object) -> None:
    """Print a value for programs: ASCII, so that no encoding of the terminal changes it."""
    json.dump(value, sys.stdout, indent=2)
    sys.stdout.write("\n")


def new_console() -> Console:
    """Return rich's console for standard output; like ``print``, it raises BrokenPipeError."""
    from rich.console import Console  # noqa: PLC0415 - slow to import, needed by few commands

    class _Console(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return _Console(highlight=False)


def print_marked(mark: str, colour: str, text: str) -> None:
    """Print a line that begins with a coloured mark, if the terminal has colours."""
    from rich.text import Text  # noqa: PLC0415 - as in new_console

    line = Text.assemble((mark, colour), f" {escape_controls(text)}")
    new_console().print(line, soft_wrap=True)


def print_table(rows: Rows) -> None:
    """Print rows of a name and a text, the texts below each other."""
    from rich.table import Table  # noqa: PLC0415 - as in new_console
    from rich.text import Text  # noqa: PLC0415 - as in new_console

    table = Table.grid(padding=(0, 2))
    for name, text in rows:
        table.add_row(Text(name, "bright_black"), Text(escape_controls(text), overflow="fold"))
    new_console().print(table)


def confirm(question: str) -> bool | None:
    """Return the answer to a question, by default no; None if there is no terminal to ask on."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是")


def _discard(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
