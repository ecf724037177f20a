"""The command line: parse, call, print, exit code.

Each command lives in a module of its own, which is imported when the command runs: ``serve`` and
``statusline`` do not pay for what they do not use. Exit codes are those of sysexits.h.
"""

import sys


def main() -> None:
    """Run the command that was asked for."""
    if sys.argv[1:] == ["statusline"]:
        sys.exit(_statusline())
    from creditcurve.cli.app import app  # noqa: PLC0415 - see _statusline

    sys.exit(app())


def _statusline() -> int:
    """Runs at every prompt: without a flag it needs no parser, which would take half its time."""
    from creditcurve.cli.statusline import run  # noqa: PLC0415 - see the package's docstring
    from creditcurve.config import Flags  # noqa: PLC0415 - as above

    return run(Flags())
