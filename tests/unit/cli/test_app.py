"""The commands by name: documented in both languages, and strict about their usage."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from creditcurve.cli.app import app
from creditcurve.cli.language import COOKIE_WORDS, LINK_WORDS
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.link import LinkState
from support.commands import COMMAND

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_each_readme_names_every_command_and_no_other(readme: str) -> None:
    """A new command must be documented in both languages."""
    named = re.findall(r"^\|.*?`creditcurve ([a-z]+)", (ROOT / readme).read_text(), re.MULTILINE)
    assert set(named) == {name for name in app if not name.startswith("-")}


def test_every_state_has_a_text() -> None:
    """A new state must get one in both languages."""
    assert set(LINK_WORDS) == set(LinkState)
    assert set(COOKIE_WORDS) == set(CookieState)


@pytest.mark.parametrize(
    "arguments", [("brew",), ("status", "--tea"), ("backup",), ("cookie", "x")]
)
def test_wrong_usage_is_2(arguments: tuple[str, ...]) -> None:
    """Nothing is printed on standard output."""
    environment = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        [*COMMAND, *arguments], capture_output=True, check=False, env=environment, timeout=30
    )
    assert (done.returncode, done.stdout) == (2, b"")
