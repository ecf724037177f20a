"""The usual command lines of ``serve`` mean the same with and without the parser."""

import inspect
from pathlib import Path

import pytest

from creditcurve.cli.app import new_app
from creditcurve.cli.plain_serve import plain_flags
from creditcurve.config import Flags
from creditcurve.logs import LogFormat, LogLevel

PLAIN = (
    "serve",
    "serve --open",
    "serve --no-open",
    "serve --login",
    "serve --host ::1 --port 0 --data-dir /a/b",
    "serve --upstream http://127.0.0.1:9 --access-key a-key --base-path /curve",
    "serve --log-level debug --log-format json",
)
PARSED = (
    "status",
    "serve --help",
    "serve --port",
    "serve --port x",
    "serve --port \u0661",
    "serve --port -1",
    "serve --port=8080",
    "serve --port 1 --port 2",
    "serve --open --no-open",
    "serve --log-level loud",
    "serve --allowed-host a",
    "serve a",
    "serve --data-dir ",
)
FIELDS = {"private_channels": "allow_private_channels", "login": "needs_login"}
KINDS = {"log_level": LogLevel, "log_format": LogFormat}


def parsed_flags(line: str) -> Flags:
    """Return the flags that the parser of all commands reads."""
    _, bound, _ = new_app().parse_args(line.split(), exit_on_error=False, print_error=False)
    assert isinstance(bound, inspect.BoundArguments)
    given = {FIELDS.get(name, name): value for name, value in bound.arguments.items()}
    given.update({name: kind(given[name]) for name, kind in KINDS.items() if name in given})
    return Flags(**given)


@pytest.mark.parametrize("line", PLAIN)
def test_a_plain_line_means_the_same_as_with_the_parser(line: str) -> None:
    assert plain_flags(line.split(" ")) == parsed_flags(line)


@pytest.mark.parametrize("line", PARSED)
def test_every_other_line_is_left_to_the_parser(line: str) -> None:
    assert plain_flags(line.split(" ")) is None


def test_a_folder_is_a_path() -> None:
    assert plain_flags(["serve", "--data-dir", "a b"]) == Flags(data_dir=Path("a b"))
