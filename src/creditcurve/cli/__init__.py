"""The command line: parse, call, print, exit code.

Each command lives in a module of its own, which is imported when the command runs: ``serve`` and
``statusline`` do not pay for what they do not use. Exit codes are those of sysexits.h.
"""

import sys

from creditcurve.cli.app import app


def main() -> None:
    """Run the command that was asked for."""
    sys.exit(app())
