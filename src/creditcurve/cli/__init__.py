"""The command line: parse, call, print, exit code.

Each command is one module, imported when the command runs: ``statusline`` must start fast, and
``serve`` must not pay for the imports of other commands.
"""

import sys

from creditcurve.cli.terminal import prepare_streams


def main() -> None:
    """Run the command of the command line; exit with its code."""
    prepare_streams()
    if sys.argv[1:2] == ["statusline"] and sys.argv[2:3] in ([], ["--data-dir"]):
        from creditcurve.cli.statusline.run import run as print_statusline  # noqa: PLC0415 - see the package's docstring

        if len(sys.argv) in (2, 4):  # it needs no parser, which is most of its time
            sys.exit(print_statusline(*sys.argv[3:]))
    from creditcurve.cli.command_line import run  # noqa: PLC0415 - as above

    sys.exit(run(sys.argv[1:]))
