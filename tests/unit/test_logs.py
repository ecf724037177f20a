"""Log lines: one line each, safe to print on a terminal."""

import json
import logging
from collections.abc import Iterator

import pytest

from creditcurve import logs
from creditcurve.logs import LogFormat, LogLevel

HOSTILE = "model=\x1b]0;title\x07 \u202e line\nbreak"


@pytest.fixture(autouse=True)
def _logging_is_restored() -> Iterator[None]:
    """Undo the configuration of the process."""
    root, ours = logging.getLogger(), logging.getLogger("creditcurve")
    before = (root.handlers[:], root.level, ours.level)
    yield
    root.handlers[:], _, _ = before
    root.setLevel(before[1])
    ours.setLevel(before[2])


def test_text_lines_contain_no_control_character(capsys: pytest.CaptureFixture[str]) -> None:
    """A model's name or a site's detail could contain them."""
    logs.configure(LogLevel.INFO, LogFormat.TEXT)
    logging.getLogger("creditcurve.test").info("%s", HOSTILE)
    line = capsys.readouterr().err
    assert line.endswith("creditcurve.test model=\\x1b]0;title\\x07 \\u202e line\\nbreak\n")
    assert line.count("\n") == 1


def test_json_lines_are_ascii_and_lossless(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogLevel.INFO, LogFormat.JSON)
    logging.getLogger("creditcurve.test").info("%s", HOSTILE)
    line = capsys.readouterr().err
    assert line.isascii()
    assert json.loads(line)["message"] == HOSTILE


def test_an_exception_keeps_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogLevel.INFO, LogFormat.TEXT)
    error = ValueError("broken")
    logging.getLogger("creditcurve.test").error("failed", exc_info=error)
    assert "\nValueError: broken\n" in capsys.readouterr().err


def test_an_exception_contains_no_control_character(capsys: pytest.CaptureFixture[str]) -> None:
    """The text of an error may come from the site or from a file."""
    logs.configure(LogLevel.INFO, LogFormat.TEXT)
    error = ValueError("\x1b]0;title\x07 \x9b31m \u202e")
    logging.getLogger("creditcurve.test").error("failed", exc_info=error)
    assert "\nValueError: \\x1b]0;title\\x07 \\x9b31m \\u202e\n" in capsys.readouterr().err
