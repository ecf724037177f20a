"""The command line: parse, call, print, exit code.

Each command is one module, imported when the command runs: ``statusline`` must start fast, and
``serve`` must not pay for the imports of other commands.
"""

import os
import sys

from creditcurve.cli.exits import Exit, run_safely
from creditcurve.cli.terminal import prepare_streams


def main() -> None:
    """Run the command of the command line; exit with its code."""
    prepare_streams()
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run a command; return its exit code, also if it is interrupted or its reader is gone."""
    try:
        code = run_safely(lambda: _command(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        return _discard_output(Exit.OK)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except OSError as error:  # a full disk behind standard output
        sys.stderr.write(f"creditcurve: {error.strerror}\n")
        return _discard_output(Exit.IO_ERROR)
    return code


def _command(arguments: list[str]) -> int:
    if not arguments:  # for people: the page opens by itself
        arguments = ["serve", "--open"]
    if arguments == ["statusline"]:  # without flags it needs no parser, half of its time
        from creditcurve.cli import statusline  # noqa: PLC0415 - see the package's docstring
        from creditcurve.config import Flags  # noqa: PLC0415 - as above

        return statusline.run(Flags())
    from creditcurve.cli.app import parse_and_run  # noqa: PLC0415 - see the package's docstring

    return parse_and_run(arguments)


def _discard_output(code: Exit) -> int:
    """Drop buffered output, which Python would write again at its exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
