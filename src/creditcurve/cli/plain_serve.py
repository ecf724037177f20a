"""Reads the usual command lines of ``serve`` without the parser of all commands.

Importing the parser takes a sixth of the time of a start, and 5 MB for as long as the program runs.
Every other command line is left to it, also each one that it would refuse.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from creditcurve.config import Flags
from creditcurve.logs import LogFormat, LogLevel


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return int(text)


_VALUES: Final[dict[str, tuple[str, Callable[[str], object]]]] = {
    "--host": ("host", str),
    "--port": ("port", _port),
    "--data-dir": ("data_dir", Path),
    "--upstream": ("upstream", str),
    "--access-key": ("access_key", str),
    "--base-path": ("base_path", str),
    "--log-level": ("log_level", LogLevel),
    "--log-format": ("log_format", LogFormat),
}
_SWITCHES: Final = {
    "--open": ("open_page", True),
    "--no-open": ("open_page", False),
    "--login": ("needs_login", True),
}


def plain_flags(arguments: Sequence[str]) -> Flags | None:
    """Return the flags of ``serve``; None if the command line needs the parser."""
    if arguments[:1] != ["serve"]:
        return None
    found: dict[str, object] = {}
    words = iter(arguments[1:])
    for word in words:
        read = _read(word, words)
        if read is None or read[0] in found:
            return None
        found.update([read])
    return Flags(**found)  # type: ignore[arg-type]  # the tables have the types of the fields


def _read(word: str, words: Iterator[str]) -> tuple[str, object] | None:
    if word in _SWITCHES:
        return _SWITCHES[word]
    field, read = _VALUES.get(word, ("", str))
    value = next(words, "")
    if not field or not value or value.startswith("-"):
        return None
    try:
        return field, read(value)
    except ValueError:
        return None
