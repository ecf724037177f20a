"""The form of the help texts: in the user's language, without defaults that say nothing.

cyclopts has its words in English only. Here every word of a help text has a translation, and a flag
that is off by default has no ``[default: False]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from creditcurve.cli.language import Say
from creditcurve.cli.messages.text import Text

if TYPE_CHECKING:
    import rich.text
    from cyclopts.help import HelpEntry, HelpPanel
    from rich.console import Console, ConsoleOptions

_PLACEHOLDERS: Final = {
    "COMMAND": Text("COMMAND", "命令"),
    "[OPTIONS]": Text("[OPTIONS]", "[选项]"),
    "[ARGS]": Text("[NAME]", "[名称]"),
    "STR": Text("TEXT", "文本"),
    "STR...": Text("TEXT...", "文本..."),
    "INT": Text("NUMBER", "数字"),
    "PATH": Text("PATH", "路径"),
    "CHOICE": Text("VALUE", "值"),
    "CHANNEL": Text("CHANNEL", "渠道"),
    "NAME": Text("NAME", "名称"),
    "VALUE": Text("VALUE", "值"),
    "SOURCE": Text("FILE", "文件"),
    "TARGET": Text("FILE", "文件"),
}
_NO_VALUES: Final = ("False", "()", "None")


def placeholder(word: str) -> Text:
    """Return the name of an argument or a value, as the help shows it."""
    return _PLACEHOLDERS.get(word, Text(word, word))


class HelpFormatter:
    """Print usage line, description and panels; imports rich and cyclopts' parts when called."""

    def __init__(self, say: Say) -> None:
        self._say = say

    def render_usage(self, console: Console, _options: ConsoleOptions, usage: Any) -> None:
        """Print the line with the form of the command."""
        import rich.text  # noqa: PLC0415 - slow to import, needed for help only

        line = " ".join(self._say(*placeholder(word)) for word in str(usage).split())
        console.print(rich.text.Text(f"{self._say('Usage: ', '用法：')}{line}\n", "bold"))

    def render_description(self, console: Console, _options: ConsoleOptions, text: Any) -> None:
        """Print a text of a command."""
        if text:
            console.print(text)

    def __call__(self, console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:
        """Print a panel of commands or parameters."""
        from cyclopts.help.formatters.default import DefaultFormatter  # noqa: PLC0415 - as above

        panel = panel.copy(entries=[self._translated(entry) for entry in panel.entries])
        columns = None if panel.format == "command" else self._columns
        DefaultFormatter(column_specs=columns)(console, options, panel)

    def _translated(self, entry: HelpEntry) -> HelpEntry:
        metavar, label = (
            None if name is None else self._say(*placeholder(name))
            for name in (entry.metavar, entry.positional_label)
        )
        return entry.copy(metavar=metavar, positional_label=label)

    def _columns(
        self, console: Console, options: ConsoleOptions, entries: list[HelpEntry]
    ) -> tuple[Any, ...]:
        from cyclopts.help.specs import get_default_parameter_columns  # noqa: PLC0415 - as above

        *names, description = get_default_parameter_columns(console, options, entries)
        return (*names, description.copy(renderer=self._description))

    def _description(self, entry: HelpEntry) -> rich.text.Text:
        import rich.text  # noqa: PLC0415 - as above

        notes = [(f" {note}", "gray58") for note in self._notes(entry)]
        return rich.text.Text.assemble(_plain(entry.description), *notes)

    def _notes(self, entry: HelpEntry) -> list[str]:
        """Return choices and default, in brackets; the asterisk marks a required one."""
        notes = []
        if entry.choices:
            choices = ", ".join(entry.choices)
            notes.append(self._say(f"[one of: {choices}]", f"[可选值：{choices}]"))
        if entry.default is not None and str(entry.default) not in _NO_VALUES:
            notes.append(self._say(f"[default: {entry.default}]", f"[默认值：{entry.default}]"))
        return notes


def _plain(description: Any) -> str:
    """Return the text of a description, which cyclopts wraps for rich."""
    inner = getattr(description, "primary_renderable", description)
    return str(getattr(inner, "plain", inner) or "").strip()
