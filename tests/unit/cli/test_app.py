"""The commands by name: documented in both languages, and strict about their usage."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cyclopts import App

from creditcurve.cli.app import COMMANDS, new_app
from creditcurve.cli.language import COOKIE_WORDS, LINK_WORDS
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.link import LinkState
from support.starting import COMMAND
from support.sweeps import first

ROOT = Path(__file__).parents[3]
EXAMPLE = re.compile(r"creditcurve [^|<>)\n]*")


def _commands(app: App, *path: str) -> Iterator[tuple[tuple[str, ...], App]]:
    """Yield every command and group of commands below an app."""
    for name in app:
        if not name.startswith("-"):
            yield (*path, name), app[name]
            yield from _commands(app[name], *path, name)


def test_the_help_of_every_command_ends_with_an_example_that_is_valid() -> None:
    """The words after the program's name are parsed as the command line would be."""
    app = new_app()
    for path, command in _commands(app):
        found = EXAMPLE.findall(command.help_epilogue or "")
        assert found, path
        for example in found:
            words = shlex.split(example)[1:]
            assert tuple(words[: len(path)]) == path
            app.parse_args(words, exit_on_error=False, print_error=False)


@pytest.mark.parametrize("arguments", first(1, [("statusline",), ("health",), ("--help",)]))
def test_no_command_imports_the_modules_of_another(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """They would be most of the time of a short command."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "creditcurve", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "CREDITCURVE_DATA_DIR": str(tmp_path)},
        timeout=30,
    )
    imported = set(re.findall(r"\| +creditcurve\.cli\.(\w+)$", done.stderr, re.MULTILINE))
    others = {command.module for command in COMMANDS} - set(arguments)
    assert not imported & others


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_each_readme_names_every_command_and_no_other(readme: str) -> None:
    """A new command must be documented in both languages."""
    named = re.findall(r"^\|.*?`creditcurve ([a-z]+)", (ROOT / readme).read_text(), re.MULTILINE)
    assert set(named) == {command.name for command in COMMANDS}


def test_every_state_has_a_text() -> None:
    """A new state must get one in both languages."""
    assert set(LINK_WORDS) == set(LinkState)
    assert set(COOKIE_WORDS) == set(CookieState)


@pytest.mark.parametrize(
    "arguments", first(1, [("status", "--tea"), ("brew",), ("backup",), ("cookie", "x")])
)
def test_wrong_usage_is_2(arguments: tuple[str, ...]) -> None:
    """Nothing is printed on standard output."""
    environment = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        [*COMMAND, *arguments], capture_output=True, check=False, env=environment, timeout=30
    )
    assert (done.returncode, done.stdout) == (2, b"")
