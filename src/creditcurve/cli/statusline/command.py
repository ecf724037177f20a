"""The arguments of ``creditcurve statusline``; the usual ones are read without this module."""

from typing import Final

from creditcurve.cli.parameters import DataDir
from creditcurve.cli.registry import Command, add_commands, new_app
from creditcurve.cli.statusline import run as line

COMMANDS: Final = (
    Command(
        "install",
        "statusline.install",
        "Make the line Claude Code's status line; a copy of its settings is kept.",
        "设为 Claude Code 的状态栏；会保留原设置的副本。",
    ),
    Command(
        "uninstall",
        "statusline.uninstall",
        "Undo the installation; a previous status line comes back.",
        "撤销安装，恢复原来的状态栏。",
    ),
)

app = new_app("statusline", "creditcurve statusline", "creditcurve statusline install")
add_commands(app, COMMANDS)


@app.default
def run(*, data_dir: DataDir = None) -> int:
    """Print the line; return 0."""
    return line.run(None if data_dir is None else str(data_dir))
