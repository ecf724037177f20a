"""The exit codes and their meanings have one table."""

import re
from pathlib import Path

import pytest

from creditcurve.cli.exits import MEANINGS, Exit

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(("readme", "language"), [("README.md", 0), ("README.zh-CN.md", 1)])
def test_the_readme_has_the_table(readme: str, language: int) -> None:
    """A new code must be documented in both languages."""
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
    assert [(int(code), meaning) for code, meaning in rows] == [
        (code, text[language]) for code, text in MEANINGS.items()
    ]


def test_every_code_has_a_meaning() -> None:
    assert list(MEANINGS) == list(Exit)
