"""Runs a command: its exit code, also if it is interrupted or its reader is gone."""

import sys

from creditcurve.cli.app import parse_and_run
from creditcurve.cli.exits import Exit, run_safely
from creditcurve.cli.terminal import discard_output


def run(arguments: list[str]) -> int:
    """Run a command; return its exit code, also if it is interrupted or its reader is gone."""
    try:
        code = run_safely(lambda: _command(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        discard_output()
        return Exit.OK
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except OSError as error:  # a full disk behind standard output
        sys.stderr.write(f"creditcurve: {error.strerror}\n")
        discard_output()
        return Exit.IO_ERROR
    return code


def _command(arguments: list[str]) -> int:
    if not arguments:  # for people: the page opens by itself
        arguments = ["serve", "--open"]
    return parse_and_run(arguments)
