"""The help texts are complete in each language."""

import os
import re
import subprocess
import sys

import pytest

PRINT_ALL = """
from cyclopts import App
from rich.console import Console
from creditcurve.cli.app import new_app

def show(app, *path):
    root.help_print(path, console=console)
    for name in app:
        if not name.startswith("-"):
            show(app[name], *path, name)

root, console = new_app(), Console(width=80, highlight=False)
show(root)
"""
PRODUCTS = (
    "AICodeMirror|Claude|Code|Cookie|HTTP|API|OpenAPI|PowerShell|Shell|JSON|ISO|ID"
    r"|CREDITCURVE_\w+|X-Forwarded"
)


def _help(locale: str) -> str:
    """Return the help of every command."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": locale, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", PRINT_ALL]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, timeout=60
    ).stdout


@pytest.fixture(scope="module")
def chinese() -> str:
    """The help of every command in Chinese."""
    return _help("zh_CN.UTF-8")


def test_the_chinese_help_has_no_english_words(chinese: str) -> None:
    """Apart from names of products, and words that the user types."""
    assert chinese.count("用法：creditcurve") > 25
    shown = re.sub(r"^  .*$", "", chinese, flags=re.MULTILINE)  # examples
    capitals = set(re.findall(r"[A-Z][A-Za-z_-]+", re.sub(PRODUCTS, "", shown)))
    assert not capitals - {"SHELL"}
    assert not re.search(r"default|required|choices|one of", shown)


def test_no_chinese_line_begins_with_a_punctuation_mark(chinese: str) -> None:
    """At 80 columns; rich does not know this rule of Chinese typesetting."""
    assert not re.findall(r"^[│ ]*[，。；：、）].*$", chinese, re.MULTILINE)


@pytest.mark.slow
def test_a_flag_that_is_off_shows_no_default() -> None:
    """``[default: False]`` says nothing; other defaults are shown, and choices listed."""
    shown = re.sub(r"\s*│\n│\s*", " ", _help("C.UTF-8"))
    defaults = set(re.findall(r"\[default: (\S+)\]", shown))
    assert defaults == {"csv", "credits", "20", "14", "10", "1"}
    assert "[one of: csv, ndjson, json]" in shown
    assert "Usage: creditcurve import [OPTIONS] FILE" in shown
