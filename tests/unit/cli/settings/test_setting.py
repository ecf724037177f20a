"""``creditcurve settings get|set``: the settings of the interface, as words and JSON."""

from pathlib import Path

import msgspec
import pytest

from creditcurve.cli.settings.setting import value_of
from support.commands import run
from support.program import Program


def test_a_setting_is_changed_and_read(shared: Program) -> None:
    """Also by the running instance at once."""
    done = run(shared, "settings", "set", "poll_interval_s", "30")
    assert (done.returncode, done.stdout) == (0, "poll_interval_s 30\n")
    assert shared.get("/api/settings")["poll_interval_s"] == 30
    assert run(shared, "settings", "get", "poll_interval_s").stdout == "30\n"


def test_all_settings_are_listed(shared: Program) -> None:
    """``--json`` is the answer of the interface."""
    found = shared.get("/api/settings")
    assert msgspec.json.decode(run(shared, "settings", "get", "--json").stdout) == found
    names = [line.split()[0] for line in run(shared, "settings", "get").stdout.splitlines()]
    assert names == [name for name in found if name != "versions"]


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("retention_days", "90", 90),
        ("retention_days", "null", None),
        ("time_zone", "Asia/Shanghai", "Asia/Shanghai"),
        ("also_counts", "[]", []),
    ],
)
def test_a_value_is_json_or_a_word(shared: Program, name: str, given: str, value: object) -> None:
    """As ``settings get`` prints it."""
    assert run(shared, "settings", "set", name, given).returncode == 0
    assert shared.get("/api/settings")[name] == value
    assert run(shared, "settings", "get", name).stdout == f"{given}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("set", "tea", "1"), "There is no setting tea: creditcurve settings get"),
        (("get", "tea"), "There is no setting tea: creditcurve settings get"),
        (
            ("set", "poll_interval_s", "9"),
            "poll_interval_s cannot be 9: use a whole number from 10",
        ),
    ],
)
def test_a_wrong_name_or_value_is_2(shared: Program, arguments: tuple[str, ...], said: str) -> None:
    """Nothing changes."""
    before = shared.get("/api/settings")
    done = run(shared, "settings", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert shared.get("/api/settings") == before


def test_collecting_needs_a_cookie(shared: Program) -> None:
    """The error names the command that sets one."""
    done = run(shared, "settings", "set", "collecting", "true", environment={"LANG": "zh_CN.UTF-8"})
    assert done.returncode == 1
    assert "creditcurve cookie set" in done.stderr


def test_without_an_instance_the_store_is_changed(tmp_path: Path) -> None:
    """Before the first start, too."""
    stopped = Program(tmp_path, "http://127.0.0.1:9")
    assert run(stopped, "settings", "set", "theme", "dark").returncode == 0
    assert run(stopped, "settings", "get", "theme").stdout == "dark\n"


@pytest.mark.parametrize("word", ["on", "YES", "true", "off", "no", "False"])
def test_a_switch_accepts_the_usual_words(word: str) -> None:
    """Upper and lower case."""
    assert value_of("collecting", word) is (word.lower() in {"on", "yes", "true"})


def test_the_words_of_a_switch_are_texts_elsewhere() -> None:
    assert value_of("theme", "on") == "on"


def test_another_word_for_a_switch_names_the_accepted_ones(shared: Program) -> None:
    """In both languages."""
    english = run(shared, "settings", "set", "collecting", "maybe")
    chinese = run(
        shared, "settings", "set", "collecting", "maybe", environment={"LANG": "zh_CN.UTF-8"}
    )
    assert (english.returncode, chinese.returncode) == (2, 2)
    assert "collecting cannot be maybe: use on, off, true or false." in english.stderr
    assert "collecting 不能设为 maybe：请使用 on、off、true 或 false。" in chinese.stderr
