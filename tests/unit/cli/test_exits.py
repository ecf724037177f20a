"""The exit codes and their meanings have one table."""

import ast
import re
from pathlib import Path

import pytest

from creditcurve.cli.exits import MEANINGS, Exit

ROOT = Path(__file__).parents[3]
DEF = ast.FunctionDef | ast.AsyncFunctionDef


@pytest.mark.parametrize(("readme", "language"), [("README.md", 0), ("README.zh-CN.md", 1)])
def test_the_readme_has_the_table(readme: str, language: int) -> None:
    """A new code must be documented in both languages."""
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
    assert [(int(code), meaning) for code, meaning in rows] == [
        (code, text[language]) for code, text in MEANINGS.items()
    ]


def test_every_code_has_a_meaning() -> None:
    assert list(MEANINGS) == list(Exit)


def _numbers(file: Path) -> list[str]:
    """Return the places at which a function with an exit code, or an exit, has a number instead."""
    functions = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, DEF)]
    ends = [
        node.value
        for function in functions
        if "exit code" in (ast.get_docstring(function) or "") or function.name in {"run", "main"}
        for node in ast.walk(function)
        if isinstance(node, ast.Return)
    ]
    ends += [
        argument
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"SystemExit", "sys.exit"}
        for argument in node.args
    ]
    return [f"{file.name}:{end.lineno}" for end in ends if isinstance(end, ast.Constant)]


def test_every_command_ends_with_a_code_of_the_table() -> None:
    """The status line alone does not import the table: it starts often, and always returns 0."""
    files = sorted((ROOT / "src/creditcurve/cli").rglob("*.py"))
    found = [place for file in files for place in _numbers(file)]
    assert [place.partition(":")[0] for place in found] == ["run.py"]
