"""The command line: parse, call, print, exit code.

Each command is one module, imported when the command runs: ``statusline`` must start fast, and
``serve`` must not pay for the imports of other commands.
"""

import sys

from creditcurve.cli.terminal import prepare_streams


def main() -> None:
    """Run the command of the command line; exit with its code."""
    prepare_streams()
    if sys.argv[1:] == ["statusline"]:  # without flags it needs no parser, most of its time
        from creditcurve.cli.statusline.run import run as print_statusline  # noqa: PLC0415 - see the package's docstring

        sys.exit(print_statusline())
    from creditcurve.cli.command_line import run  # noqa: PLC0415 - as above

    sys.exit(run(sys.argv[1:]))
