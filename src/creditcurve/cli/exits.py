"""Exit codes, and the end of a command: success, or one line on standard error."""

import os
from collections.abc import Callable
from enum import IntEnum

from creditcurve.cli.messages import Text, start_text
from creditcurve.cli.terminal import print_error, system_language
from creditcurve.config import Config, ConfigError, Flags, load
from creditcurve.instance import DataFolderError


class Exit(IntEnum):
    """The exit codes; those from 64 on have the meaning of sysexits.h."""

    OK = 0
    PROBLEM = 1
    """The request was refused, or something does not work."""
    USAGE = 2
    DATA_ERROR = 65
    NO_INPUT = 66
    UNAVAILABLE = 69
    CANNOT_CREATE = 73
    IO_ERROR = 74
    TRY_AGAIN = 75
    CONFIG = 78
    INTERRUPTED = 130


class CommandError(Exception):
    """Ends a command with one line for the user, in both languages."""

    def __init__(self, en: str, zh: str, code: Exit = Exit.PROBLEM) -> None:
        super().__init__(en)
        self.text = Text(en, zh)
        self.code = code


def run_command(flags: Flags, work: Callable[[Config], int]) -> int:
    """Run a command with its configuration; return its exit code, also after an error."""
    return run_safely(lambda: work(load(flags, os.environ)))


def run_safely(work: Callable[[], int]) -> int:
    """Run a command that needs no configuration; return its exit code, also after an error.

    Raises:
        BrokenPipeError: the reader of standard output is gone.
    """
    try:
        return work()
    except (ConfigError, DataFolderError) as error:
        return fail(start_text(error), Exit.CONFIG)
    except CommandError as error:
        return fail(error.text, error.code)
    except BrokenPipeError:
        raise
    except OSError as error:
        detail = f"{error.filename or ''} {error.strerror or error}".strip()
        return fail(Text(detail, detail), Exit.IO_ERROR)


def fail(text: Text, code: Exit) -> int:
    """Print the reason on standard error; return the exit code."""
    print_error(f"creditcurve: {system_language()(*text)}")
    return code
