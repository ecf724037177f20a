"""Write the reference pages of the documentation, in docs/reference, from the program itself.

The pages are not part of the repository: each build asks the program of this checkout.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import docs_chinese

from creditcurve.api.http.codes import ProblemCode
from creditcurve.cli.app import COMMANDS

ROOT: Final = Path(__file__).parents[1]
LANGUAGES: Final = ("en", "zh")
_CATALOGUES: Final = {"en": "en", "zh": "zh-CN"}
_LOCALES: Final = {"en": "en_US.UTF-8", "zh": "zh_CN.UTF-8"}


class Reference(NamedTuple):
    """A page: its title and introduction in each language."""

    name: str
    en: str
    zh: str

    def heading(self, language: str) -> str:
        """Return the first lines of the page."""
        return self.en if language == "en" else self.zh


COMMANDS_PAGE: Final = Reference(
    "commands",
    "# Command line\n\nEach command prints its part of this page with `--help`.\n",
    "# 命令行\n\n每个命令都可用 `--help` 查看说明，本页内容与之相同。\n",
)
SETTINGS_PAGE: Final = Reference(
    "settings",
    "# Settings\n\nChange them on the settings page, or any subset with `PATCH /api/settings`.\n",
    "# 设置项\n\n在设置页面修改，也可以用 `PATCH /api/settings` 修改其中任意几项。\n",
)
HTTP_PAGE: Final = Reference(
    "http",
    "# HTTP interface\n\nThe running program describes each call in full at `/api/docs`.\n",
    "# HTTP 接口\n\n运行中的程序在 `/api/docs` 提供每个接口的完整说明。\n",
)
PROBLEMS_PAGE: Final = Reference(
    "problems",
    "# Problem codes\n\nAn error is `application/problem+json`; its `code` is stable.\n",
    "# 错误代码\n\n错误以 `application/problem+json` 返回，其中的 `code` 保持稳定。\n",
)
METRICS_PAGE: Final = Reference(
    "metrics",
    "# Metrics\n\n`GET /metrics` in the Prometheus text format.\n",
    "# 监控指标\n\n`GET /metrics`，Prometheus 文本格式。\n",
)


def main() -> None:
    """Write every page in every language."""
    folder = ROOT / "docs/reference"
    folder.mkdir(exist_ok=True)
    document = json.loads(_run("openapi"))
    metrics = _scraped()
    for language in LANGUAGES:
        bodies = {
            COMMANDS_PAGE: _commands(language),
            SETTINGS_PAGE: settings(document, language),
            HTTP_PAGE: calls(document, language),
            PROBLEMS_PAGE: problems(language),
            METRICS_PAGE: described_metrics(metrics, language),
        }
        for page, body in bodies.items():
            file = folder / f"{page.name}{'' if language == 'en' else f'.{language}'}.md"
            file.write_text(f"{page.heading(language)}\n{body}", encoding="utf-8")


def _commands(language: str) -> str:
    return "\n".join(
        f"## {name}\n\n```text\n{_run(*name.split(), '--help', language=language).strip()}\n```\n"
        for name in _command_names()
    )


def _command_names() -> Iterator[str]:
    """Yield every command, each followed by the commands of its group."""
    for command in COMMANDS:
        yield command.name
        commands = re.search(r"─ Commands ─.*?╰", _run(command.name, "--help"), re.DOTALL)
        for name in re.findall(r"^│ ([a-z][a-z-]*)", commands[0] if commands else "", re.MULTILINE):
            yield f"{command.name} {name}"


def settings(document: dict[str, Any], language: str) -> str:
    """Return the table of settings."""
    say = docs_chinese.words(language)
    schemas = document["components"]["schemas"]
    fields = schemas["Settings"]["properties"]
    described = schemas["SettingsPatch"]["properties"]
    rows = [
        f"| `{name}` | `{json.dumps(field.get('default'))}` "
        f"| {say(_description(described[name], schemas))} |"
        for name, field in fields.items()
        if name in described
    ]
    return _table([say("name"), say("default"), say("meaning")], rows)


def _description(field: dict[str, Any], schemas: dict[str, Any]) -> str:
    """Return the description of a field, of its first alternative, or of its type."""
    for one in (field, *field.get("anyOf", ())):
        if "description" in one:
            return str(one["description"]).replace("\n", " ")
        if "$ref" in one:
            return str(schemas[one["$ref"].rsplit("/", 1)[1]].get("description", "")).split("\n")[0]
    return ""


def calls(document: dict[str, Any], language: str) -> str:
    """Return the table of calls."""
    say = docs_chinese.words(language)
    rows = [
        f"| `{method.upper()} {path}` | {say(call['summary'])} |"
        for path, calls in document["paths"].items()
        for method, call in calls.items()
        if method != "parameters"
    ]
    return _table([say("call"), ""], rows)


def problems(language: str) -> str:
    """Return the table of problem codes."""
    say = docs_chinese.words(language)
    texts = _problem_texts(language)
    rows = [f"| `{code.value}` | {code.status} | {texts[code.value]} |" for code in ProblemCode]
    return _table([say("code"), say("status"), ""], rows)


def _problem_texts(language: str) -> dict[str, str]:
    """Return the page's texts of codes; those about a pasted cookie have a title and a remedy."""
    folder = ROOT / "web/src/i18n" / _CATALOGUES[language]
    source = "".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.ts")))
    pasted = (folder / "cookieEntry/refusals.ts").read_text(encoding="utf-8")
    full_stop = ". " if language == "en" else "。"
    return {
        code: f"{title}{full_stop}{remedy}" for code, title, remedy in _REFUSAL.findall(pasted)
    } | dict(re.findall(r'^\s+([a-z]+(?:_[a-z]+)+):\s*"([^"]+)",$', source, re.MULTILINE))


_REFUSAL: Final = re.compile(r'^  (\w+): \{\s+title: "([^"]+)",\s+mend:\s*"([^"]+)",', re.MULTILINE)


def _scraped() -> str:
    """Return the metrics of an instance that was started for this."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "CREDITCURVE_KEYRING": "off", "HOME": folder}
        command = [*_PROGRAM, "serve", "--port", "0", "--data-dir", f"{folder}/data"]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=environment
        ) as program:
            ready = program.stdout.readline() if program.stdout else ""
            address = ready.removeprefix("Listening on ").strip()
            with urllib.request.urlopen(f"{address}/metrics") as answer:  # noqa: S310 - loopback
                text: str = answer.read().decode()
            program.terminate()
    return text


def described_metrics(text: str, language: str) -> str:
    """Return the table of the metrics that an answer describes."""
    say = docs_chinese.words(language)
    helps = dict(re.findall(r"^# HELP (\S+) (.+)$", text, re.MULTILINE))
    types = dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE))
    rows = [
        f"| `{name}` | {types[name]} | {say(meaning)} |" for name, meaning in sorted(helps.items())
    ]
    return _table([say("name"), say("type"), ""], rows)


def _table(heads: list[str], rows: list[str]) -> str:
    head = "".join(f"| {one} " for one in heads)
    return "\n".join((f"{head}|", f"{'|---' * len(heads)}|", *rows, ""))


_PROGRAM: Final = (sys.executable, "-m", "creditcurve")


def _run(*arguments: str, language: str = "en") -> str:
    """Return the output of a command in a language."""
    environment = {**os.environ, "LC_ALL": _LOCALES[language], "COLUMNS": "100", "PYTHONUTF8": "1"}
    command = [*_PROGRAM, *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout


if __name__ == "__main__":
    main()
