"""Printing: safe for the terminal, in every encoding, to readers that stop reading."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from creditcurve.cli import terminal
from creditcurve.cli.language import language
from creditcurve.cli.table import Column, print_columns
from creditcurve.domain.printable import escape_controls
from support.commands import beside, run
from support.program import Program
from support.starting import COMMAND
from support.sweeps import first

NOWHERE = "http://127.0.0.1:9"
ENCODINGS = first(1, ("gbk", "ascii", "cp1252", "utf-8"))
COMMANDS = (
    ("--help",),
    ("serve", "--help"),
    ("cookie", "--help"),
    ("status",),
    ("status", "--json"),
    ("statusline",),
    ("doctor",),
    ("openapi",),
    ("export",),
    ("backup", "nowhere/backup.db"),
    ("restore", "nowhere.db"),
    ("cookie", "check"),
    ("cookie", "delete"),
    ("serve", "--host", "0.0.0.0"),
    ("brew",),
)


@pytest.fixture
def stopped(tmp_path: Path) -> Program:
    """A program that does not run."""
    return Program(tmp_path, "")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("claude-sonnet-4", "claude-sonnet-4"),
        ("模型 · é ✓", "模型 · é ✓"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("a\r\nb\tc", r"a\r\nb\tc"),
        ("\x9b31m", r"\x9b31m"),
        ("\u202eevil\u2066", r"\u202eevil\u2066"),
        ("\u200b\ufeff\u2028", r"\u200b\ufeff\u2028"),
        ("\ud800", r"\ud800"),
        ("\x7f", r"\x7f"),
        ("\ue000\u0378", r"\ue000\u0378"),
    ],
)
def test_control_characters_are_escaped(text: str, escaped: str) -> None:
    assert escape_controls(text) == escaped


@pytest.mark.parametrize(
    "show",
    [
        terminal.print_line,
        terminal.print_error,
        terminal.print_progress,
        lambda text: terminal.print_marked("-", "red", text),
        lambda text: terminal.print_table([("name", text)]),
        lambda text: print_columns([Column("name")], [[text]]),
    ],
    ids=["line", "error", "progress", "marked", "rows", "columns"],
)
def test_every_way_to_print_escapes(
    show: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    show("a\x1b]0;t\x07\x9bm\u202eb")
    printed = "".join(capsys.readouterr())
    assert "a\\x1b]0;t\\x07\\x9bm\\u202eb" in printed


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_every_command_prints_in_every_encoding(
    stopped: Program, arguments: tuple[str, ...], encoding: str
) -> None:
    """In Chinese where the encoding has its characters; no command ends with a traceback."""
    variables = {"PYTHONIOENCODING": encoding, "LANG": "zh_CN.UTF-8"}
    done = run(stopped, *arguments, environment=variables, encoding=encoding)
    printed = done.stdout + done.stderr
    assert printed
    assert "Traceback" not in printed


@pytest.mark.parametrize(
    "arguments", first(1, [("status", "--json"), ("openapi",), ("--help",), ("doctor",)])
)
def test_a_closed_pipe_ends_a_command_quietly(stopped: Program, arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [*COMMAND, *arguments],
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
            env=beside(stopped, upstream=NOWHERE),
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_behind_the_output_is_reported_in_one_line(stopped: Program) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [*COMMAND, "openapi"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
            env=beside(stopped, upstream=NOWHERE),
        )
    assert done.returncode == 74
    assert done.stderr == b"creditcurve: No space left on device\n"


def test_an_error_that_cannot_be_printed_keeps_its_exit_code(stopped: Program) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [*COMMAND, "health"],
            stdout=subprocess.PIPE,
            stderr=full,
            check=False,
            timeout=60,
            env=beside(stopped, upstream=NOWHERE),
        )
    assert (done.returncode, done.stdout) == (69, b"")


def test_names_of_files_cannot_control_the_terminal(stopped: Program) -> None:
    done = run(stopped, "restore", "\x1b]0;title\x07.db")
    assert done.stderr == "creditcurve: \\x1b]0;title\\x07.db is not a file.\n"


@pytest.mark.parametrize(
    ("variables", "encoding", "is_chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "utf-8", True),
        ({"LANG": "zh_CN.GBK"}, "gbk", True),
        ({"LANG": "zh_CN.UTF-8"}, "ascii", False),
        ({"LANG": "zh_CN.UTF-8"}, "cp1252", False),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "utf-8", False),
        ({"LC_MESSAGES": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, "utf-8", True),
        ({}, "utf-8", False),
    ],
)
def test_the_language_is_that_of_the_locale_if_the_terminal_can_show_it(
    variables: dict[str, str], encoding: str, *, is_chinese: bool
) -> None:
    assert (language(variables, encoding)("en", "zh") == "zh") is is_chinese


@pytest.mark.parametrize("arguments", [("--help",), ("export", "--help"), ("brew",), ("export",)])
def test_help_and_errors_are_chinese_where_the_locale_is(
    stopped: Program, arguments: tuple[str, ...]
) -> None:
    done = run(stopped, *arguments, environment={"LANG": "zh_CN.UTF-8"})
    lines = (done.stdout + done.stderr).splitlines()
    assert any("\u4e00" <= character <= "\u9fff" for line in lines for character in line)
