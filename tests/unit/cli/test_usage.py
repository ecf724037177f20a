"""The text of a wrong command line names the word at fault, and the accepted ones."""

import pytest
from cyclopts import CycloptsError

from creditcurve.cli.app import new_app
from creditcurve.cli.usage import usage_text


def text(line: str) -> tuple[str, str]:
    """Return the text of a wrong command line, in English and in Chinese."""
    with pytest.raises(CycloptsError) as caught:
        new_app().parse_args(line.split(), exit_on_error=False, print_error=False)
    return usage_text(caught.value)


@pytest.mark.parametrize(
    ("line", "en", "zh"),
    [
        (
            "stats",
            "Unknown command stats; did you mean status?",
            "未知命令 stats，是否想用 status？",
        ),
        ("frobnicate", "Unknown command frobnicate.", "未知命令 frobnicate。"),
        (
            "--port 9090",
            "There is no command before --port: creditcurve serve --port starts the program.",
            "--port 之前缺少命令：启动程序请用 creditcurve serve --port。",
        ),
        ("serve --porrt 1", "Unknown option --porrt; did you mean --port?", "是否想用 --port？"),
        ("serve x y", "Unexpected argument: x y.", "多余的参数：x y。"),
        (
            "serve --port a",
            "--port cannot be a: use a whole number.",
            "--port 不能是 a：应为整数。",
        ),
        ("serve --port", "--port needs a value.", "--port 缺少值。"),
        ("serve --open=3", "--open takes no value.", "--open 不带值。"),
        ("serve --port 1 --port 2", "--port is given twice.", "--port 重复。"),
        ("records --limit 0", "use a number from 1 to 1000.", "应为 1 到 1000 之间的数字。"),
        ("completion ksh", "use one of bash, zsh, fish, powershell.", "应为 bash、zsh、fish、"),
        ("import", "FILE is missing.", "缺少文件。"),
        ("settings set theme", "VALUE is missing.", "缺少值。"),
    ],
)
def test_it_names_the_fault_in_both_languages(line: str, en: str, zh: str) -> None:
    """The end names the command whose help shows the right form."""
    english, chinese = text(line)
    assert en in english
    assert zh in chinese
    first = line.partition(" ")[0]
    command = "" if first in {"stats", "frobnicate", "--port"} else first
    assert f"See creditcurve {command}" in english
    assert chinese.endswith("--help。")
