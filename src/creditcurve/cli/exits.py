"""Exit codes (sysexits.h), and how a command ends: well, or in one line that says what to do."""

import os
import sys
from collections.abc import Callable
from typing import Final

from creditcurve.config import Config, ConfigRefused, Flags, load

OK: Final = 0
FAILED: Final = 1
"""What was asked for was refused, or does not work."""
USAGE: Final = 2
DATA_ERROR: Final = 65
NO_INPUT: Final = 66
UNAVAILABLE: Final = 69
CANNOT_CREATE: Final = 73
IO_ERROR: Final = 74
TRY_AGAIN: Final = 75
CONFIG: Final = 78


class Refusal(Exception):  # noqa: N818 - the end of a command, foreseen
    """A command ends here: the message is one line for the user."""

    def __init__(self, detail: str, code: int = FAILED) -> None:
        super().__init__(detail)
        self.code = code


def settled(flags: Flags, work: Callable[[Config], int]) -> int:
    """Run a command with its configuration; the exit code, whatever comes of it."""
    try:
        return work(load(flags, os.environ))
    except ConfigRefused as refusal:
        return refused(str(refusal), CONFIG)
    except Refusal as refusal:
        return refused(str(refusal), refusal.code)
    except BrokenPipeError:
        return _hung_up()
    except OSError as error:
        return refused(f"{error.filename or ''} {error.strerror or error}".strip(), IO_ERROR)


def refused(detail: str, code: int) -> int:
    """Say on standard error why; the exit code."""
    sys.stderr.write(f"creditcurve: {detail}\n")
    return code


def _hung_up() -> int:
    """Whoever reads has enough (``| head``): end without a word, and without one from Python."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return OK
