"""How commands are declared: a table of names and summaries, and a module for each command.

A module is imported when its command is called, so that no command pays for the imports of
another. Its ``app`` declares the arguments and runs the command.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from cyclopts import App, Group

from creditcurve.cli.terminal import system_language

say = system_language()
OPTIONS: Final = Group(say("Options", "选项"))
ARGUMENTS: Final = Group(say("Arguments", "参数"))


class Command(NamedTuple):
    """A row of a table of commands.

    Attributes:
        name: the word that the user types.
        module: module of this package with the command's ``app``.
        en: the summary, also in the help of the command.
        zh: the same in Chinese.
    """

    name: str
    module: str
    en: str
    zh: str


def add_commands(app: App, commands: Iterable[Command]) -> None:
    """Add commands without importing their modules."""
    for name, module, en, zh in commands:
        app.command(f"creditcurve.cli.{module}:app", name=name, help=say(en, zh))


def new_app(name: str, *lines: str) -> App:
    """Return a command, or a group of commands, whose help ends with examples."""
    return App(
        name=name,
        help_epilogue=examples(*lines),
        group_parameters=OPTIONS,
        group_arguments=ARGUMENTS,
    )


def examples(*lines: str) -> str:
    """Return the end of a command's help."""
    return "\n".join((say("Example:", "示例："), *(f"  {line}" for line in lines)))
