"""The command line: parse, call, print, exit code.

Each command is one module, imported when the command runs: ``statusline`` must start fast, and
``serve`` must not pay for the imports of other commands.
"""

import gc
import os
import sys


def main() -> None:
    """Run the command of the command line; exit with its code."""
    gc.disable()  # imports create no garbage; ``command_line`` ends it after them
    from creditcurve.cli.terminal import prepare_streams  # noqa: PLC0415 - after the line above

    prepare_streams()
    arguments = sys.argv[1:]
    if _prints_statusline(arguments):  # it needs no parser, which is most of its time
        from creditcurve.cli.statusline.run import main as print_statusline  # noqa: PLC0415 - see the package's docstring

        os._exit(print_statusline(arguments[1:]))  # unloading takes a tenth of its time
    from creditcurve.cli.command_line import run  # noqa: PLC0415 - as above

    sys.exit(run(arguments))


def _prints_statusline(arguments: list[str]) -> bool:
    """Return whether the line is printed, also for arguments that no parser would accept."""
    is_other = arguments[1:2] in (["install"], ["uninstall"])
    is_help = "--help" in arguments or "-h" in arguments
    return arguments[:1] == ["statusline"] and not is_other and not is_help
