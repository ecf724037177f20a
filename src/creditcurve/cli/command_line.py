"""Runs a command: its exit code, also if it is interrupted or its reader is gone."""

import gc
import sys

from creditcurve.cli.exits import Exit, run_command, run_safely
from creditcurve.cli.plain_serve import plain_flags
from creditcurve.cli.terminal import discard_output
from creditcurve.config import Flags


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
    flags = plain_flags(arguments)
    if flags is not None:
        return _serve(flags)
    gc.enable()  # as ``_serve`` does after its imports; see ``main``
    from creditcurve.cli.app import parse_and_run  # noqa: PLC0415 - imports the parser

    return parse_and_run(arguments)


def _serve(flags: Flags) -> int:
    from creditcurve.cli.serving import serve  # noqa: PLC0415 - imports the server

    gc.enable()
    return run_command(flags, serve)
