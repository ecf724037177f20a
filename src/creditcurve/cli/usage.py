"""The text of a wrong command line, in both languages: the fault, and the accepted values."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from cyclopts import (
    App,
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
    ValidationError,
)
from cyclopts.validators import Number

from creditcurve.cli.help import placeholder
from creditcurve.cli.messages.text import Text


def usage_text(error: CycloptsError) -> Text:
    """Return the text of a usage error, with the command that prints the right form."""
    help_ = " ".join(("creditcurve", *(error.command_chain or ()), "--help"))
    en, zh = _REASONS.get(type(error), _other)(error)
    return Text(f"{en} See {help_}.", f"{zh}用法见 {help_}。")


def _unknown_option(error: UnknownOptionError) -> Text:
    name = error.token.keyword or error.token.value
    known = (name for argument in error.argument_collection for name in argument.names)
    return _unknown(Text("option", "选项"), name, known)


def _unknown_command(error: UnknownCommandError) -> Text:
    name = (error.unused_tokens or [""])[0]
    if name.startswith("-"):
        return Text(
            f"There is no command before {name}: creditcurve serve {name} starts the program.",
            f"{name} 之前缺少命令：启动程序请用 creditcurve serve {name}。",
        )
    return _unknown(Text("command", "命令"), name, _commands(error.app))


def _commands(app: App | None) -> list[str]:
    return [name for name in app or () if not name.startswith("-")]


def _unknown(kind: Text, name: str, known: Iterable[str]) -> Text:
    """Return the text of an unknown name, with the most similar known one."""
    import difflib  # noqa: PLC0415 - takes a tenth of the time of a correct command

    similar = difflib.get_close_matches(name, list(known), n=1)
    en, zh = (
        (f"; did you mean {similar[0]}?", f"，是否想用 {similar[0]}？") if similar else (".", "。")
    )
    return Text(f"Unknown {kind.en} {name}{en}", f"未知{kind.zh} {name}{zh}")


def _wrong_value(error: CoercionError | ValidationError) -> Text:
    argument = error.argument
    if argument is None:
        return _other(error)
    name = placeholder(argument.name)
    if not argument.tokens:
        return Text(f"{name.en} takes no value.", f"{name.zh} 不带值。")
    value = argument.tokens[0].value
    en, zh = _accepted(argument)
    return Text(f"{name.en} cannot be {value}: use {en}.", f"{name.zh} 不能是 {value}：应为{zh}。")


def _accepted(argument: Any) -> Text:
    """Return which values an argument accepts."""
    if choices := argument.get_choices():
        return Text(f"one of {', '.join(choices)}", f" {'、'.join(choices)} 之一")
    for limits in argument.parameter.validator:
        if isinstance(limits, Number):
            least, most = limits.gte, limits.lte
            return Text(f"a number from {least} to {most}", f" {least} 到 {most} 之间的数字")
    return Text("a whole number", "整数")


def _missing(error: MissingArgumentError) -> Text:
    name = placeholder(error.argument.name if error.argument else "")
    if name.en.startswith("-"):
        return Text(f"{name.en} needs a value.", f"{name.zh} 缺少值。")
    return Text(f"{name.en} is missing.", f"缺少{name.zh}。")


def _unexpected(error: UnusedCliTokensError) -> Text:
    left = " ".join(error.unused_tokens or ())
    return Text(f"Unexpected argument: {left}.", f"多余的参数：{left}。")


def _repeated(error: RepeatArgumentError) -> Text:
    name = error.token.keyword
    return Text(f"{name} is given twice.", f"{name} 重复。")


def _other(error: CycloptsError) -> Text:
    return Text(" ".join(str(error).split()), "命令行用法错误。")


_REASONS: Final[Mapping[type[CycloptsError], Callable[[Any], Text]]] = {
    UnknownOptionError: _unknown_option,
    UnknownCommandError: _unknown_command,
    UnusedCliTokensError: _unexpected,
    CoercionError: _wrong_value,
    ValidationError: _wrong_value,
    MissingArgumentError: _missing,
    RepeatArgumentError: _repeated,
}
