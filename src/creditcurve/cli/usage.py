"""The text of a wrong command line, in the user's language."""

from cyclopts import CycloptsError

from creditcurve.cli.messages import Text

_ZH = {
    "CoercionError": "参数值无效",
    "MissingArgumentError": "缺少参数",
    "RepeatArgumentError": "参数重复",
    "UnknownCommandError": "未知命令",
    "UnknownOptionError": "未知选项",
    "UnusedCliTokensError": "多余的参数",
}


def usage_text(error: CycloptsError) -> Text:
    """Return the text of a usage error, with a hint at the help."""
    detail = " ".join(str(error).split())
    zh = _ZH.get(type(error).__name__, "命令行用法错误")
    return Text(
        f"{detail} See creditcurve --help.", f"{zh}（{detail}）。用法见 creditcurve --help。"
    )
