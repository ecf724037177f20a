"""The commands by name: what the documents tell of them, and what wrong usage comes to."""

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
    """A new command must be told in both languages."""
    told = re.findall(r"^\| `creditcurve ([a-z]+)", (ROOT / readme).read_text(), re.MULTILINE)
    assert set(told) == {name for name in app if not name.startswith("-")}


def test_every_state_has_its_words() -> None:
    """In both languages; a new state must be given them."""
    assert set(LINK_WORDS) == set(LinkState)
    assert set(COOKIE_WORDS) == set(CookieState)


@pytest.mark.parametrize(
    "arguments", [("brew",), ("status", "--tea"), ("backup",), ("cookie", "x")]
)
def test_wrong_usage_is_2(arguments: tuple[str, ...]) -> None:
    """And nothing comes on standard output."""
    environment = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        [*COMMAND, *arguments], capture_output=True, check=False, env=environment, timeout=30
    )
    assert (done.returncode, done.stdout) == (2, b"")
