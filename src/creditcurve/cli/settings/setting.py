"""``creditcurve settings set``: change one setting."""

import json
from typing import Annotated, Any, Final

from cyclopts import Parameter

from creditcurve.cli.client import ProblemError
from creditcurve.cli.exits import CommandError, Exit, run_command
from creditcurve.cli.interface import Interface, with_interface
from creditcurve.cli.messages.text import Text
from creditcurve.cli.parameters import DataDir
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.settings.names import unknown_name
from creditcurve.cli.settings.rules import is_switch, rule_of
from creditcurve.cli.terminal import print_line
from creditcurve.config import Flags

_SWITCH_WORDS: Final = {
    **dict.fromkeys(("on", "yes", "true"), True),
    **dict.fromkeys(("off", "no", "false"), False),
}

app = new_app(
    "set",
    "creditcurve settings set collecting on",
    "creditcurve settings set theme dark",
    """creditcurve settings set auto_reset '{"at": "20:00"}'""",
    "creditcurve settings set retention_days null",
)


@app.default
def run(
    name: Annotated[str, Parameter(help=say("Name of a setting.", "设置的名称。"))],
    value: Annotated[
        str,
        Parameter(
            help=say(
                "New value: a word, a number, on, off, null or JSON.",
                "新值：文字、数字、on、off、null 或 JSON。",
            ),
            allow_leading_hyphen=True,
        ),
    ],
    /,
    *,
    data_dir: DataDir = None,
) -> int:
    """Change the setting and print its value; return the exit code."""

    async def change(interface: Interface) -> int:
        try:
            changed = await interface.call("PATCH", "/api/settings", {name: value_of(name, value)})
        except ProblemError as error:
            raise _translated(error, name, value) from error
        shown = changed[name] if isinstance(changed[name], str) else json.dumps(changed[name])
        print_line(f"{name} {shown}")
        return Exit.OK

    return run_command(Flags(data_dir=data_dir), lambda config: with_interface(config, change))


def value_of(name: str, text: str) -> Any:
    """Return a word of a switch or JSON as its value, and any other text as itself."""
    if text.lower() in _SWITCH_WORDS and is_switch(name):
        return _SWITCH_WORDS[text.lower()]
    try:
        return json.loads(text)
    except ValueError:
        return text


def _translated(error: ProblemError, name: str, value: str) -> CommandError:
    code, detail = error.problem.code, error.problem.detail
    if code == "unknown_field":
        return unknown_name(name)
    if code == "invalid_value":
        rule = rule_of(name) or Text(detail.rstrip("."), "请参照 creditcurve settings get 的格式")
        return CommandError(
            f"{name} cannot be {value}: {rule.en}.",
            f"{name} 不能设为 {value}：{rule.zh}。",
            Exit.USAGE,
        )
    return error
