"""The snippets for other programs: their commands run, their metrics and fields exist."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from creditcurve.clocks import SystemClock
from creditcurve.simulator import Era, SimulatedAccount
from support.events import Events
from support.program import Program
from support.site import COOKIE, Site
from support.sweeps import first

CONTRIB = Path(__file__).parents[2] / "contrib"
METRIC = re.compile(r"\bcreditcurve_\w+")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program with requests and a balance."""
    folder = tmp_path_factory.mktemp("contrib")
    with Site() as site, Program(folder, site.url) as program:
        now_ms = SystemClock().now_ms()
        site.simulator.account = SimulatedAccount(
            era=Era.CREDITS, opening=7_739, since_ms=now_ms, plan="PRO"
        )
        with Events(program.url) as events:
            program.give_cookie(COOKIE, collecting=True)
            events.until("account")
        yield program


@pytest.fixture
def environment(running: Program, tmp_path: Path) -> dict[str, str]:
    """A folder of programs with ``creditcurve`` in it, as after an installation."""
    command = tmp_path / "creditcurve"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m creditcurve "$@"\n')
    command.chmod(0o755)
    return {
        **running.environment(),
        "PATH": f"{tmp_path}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "CREDITCURVE_DATA_DIR": str(running.data_dir),
    }


def _uncommented(text: str) -> str:
    return re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)


def _commands() -> dict[str, str]:
    """Return the command in each file."""
    tmux = re.search(r"#\((.+?)\)", (CONTRIB / "tmux.conf").read_text())
    assert tmux is not None
    starship = tomllib.loads((CONTRIB / "starship.toml").read_text())
    waybar = json.loads(_uncommented((CONTRIB / "waybar.jsonc").read_text()))
    return {
        "tmux": tmux[1],
        "starship": starship["custom"]["creditcurve"]["command"],
        "waybar": waybar["custom/creditcurve"]["exec"],
        "claude": json.loads((CONTRIB / "claude-code.json").read_text())["statusLine"]["command"],
    }


@pytest.mark.parametrize("program", first(1, ["claude", "tmux", "starship", "waybar"]))
def test_the_command_prints_the_line(environment: dict[str, str], program: str) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", _commands()[program]],
        input="{}",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert re.match(r"CC 7,7\d\d left · .* · ok\n$", done.stdout)


def test_the_menu_bar_shows_the_line_and_the_status(environment: dict[str, str]) -> None:
    """The first line is the title; a vertical bar would begin parameters."""
    done = subprocess.run(
        ["/bin/sh", str(CONTRIB / "creditcurve.1m.sh")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    title, *menu = done.stdout.splitlines()
    assert title.startswith("CC 7,7")
    assert menu[0] == "---"
    assert menu[1].startswith("● CreditCurve")
    assert all("| " in line for line in menu if line != "---")


def test_tmux_accepts_its_configuration(environment: dict[str, str], tmp_path: Path) -> None:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    tmux = ["tmux", "-S", str(tmp_path / "socket"), "-f", str(CONTRIB / "tmux.conf")]
    try:
        shown = subprocess.run(
            [*tmux, "new-session", "-d", ";", "show-options", "-gv", "status-right"],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        ).stdout
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, timeout=20)
    assert shown.startswith("#(creditcurve statusline)")


def _metrics(program: Program) -> set[str]:
    text = program.call("GET", "/metrics").text
    return set(re.findall(r"^(\w+)[{ ]", text, re.MULTILINE))


def test_the_dashboard_uses_only_metrics_that_exist(running: Program) -> None:
    """Every panel has a place, a title and a query."""
    board: dict[str, Any] = json.loads((CONTRIB / "grafana.json").read_text())
    assert board["schemaVersion"] >= 39
    panels = board["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    for panel in panels:
        assert panel["title"]
        assert panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24
        assert all(target["expr"] for target in panel["targets"])
    exprs = " ".join(target["expr"] for panel in panels for target in panel["targets"])
    assert set(METRIC.findall(exprs)) <= _metrics(running)


def test_the_alert_rules_use_only_metrics_that_exist(running: Program) -> None:
    text = (CONTRIB / "prometheus-alerts.yml").read_text()
    named = re.findall(r"expr: (.*)", text)
    assert len(named) == text.count("- alert:")
    assert set(METRIC.findall(" ".join(named))) <= _metrics(running)
    states = set(re.findall(r'state="(\w+)"', text))
    assert states <= set(re.findall(r'state="(\w+)"', running.call("GET", "/metrics").text))


def test_prometheus_accepts_job_and_rules() -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed")
    done = subprocess.run(
        [promtool, "check", "config", str(CONTRIB / "prometheus.yml")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


RULE_TESTS = Path(__file__).parents[1] / "fixtures/prometheus/alerts.yml"


def test_each_alert_rule_reports_its_condition_only() -> None:
    """By the unit tests of Prometheus: when an alert begins and ends, and its text."""
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed")
    done = subprocess.run(
        [promtool, "test", "rules", str(RULE_TESTS)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_alert_rule_has_a_test_in_which_it_reports() -> None:
    rules = re.findall(r"- alert: (\w+)", (CONTRIB / "prometheus-alerts.yml").read_text())
    reported = re.findall(
        r"alertname: (\w+)\n +eval_time: \w+\n +exp_alerts:", RULE_TESTS.read_text()
    )
    assert set(reported) == set(rules)


def test_the_sensors_of_home_assistant_read_fields_that_exist(running: Program) -> None:
    """Each resource answers, with the fields of its templates and attributes."""
    text = (CONTRIB / "home-assistant.yaml").read_text()
    resources = text.split("- resource: ")[1:]
    assert len(resources) == 3
    for resource in resources:
        url = resource.split()[0]
        answer = running.get(url.removeprefix("http://127.0.0.1:8080"))
        for path in re.findall(r"value_json\.([\w.]+)", resource):
            value = answer
            for name in path.split("."):
                if value is None and name in {"p10", "p50", "p90"}:  # no range yet
                    break
                assert name in value, path
                value = value[name]
        attributes = re.findall(r"^ {10}- (\w+)$", resource, re.MULTILINE)
        assert attributes
        assert set(attributes) <= set(answer)


@pytest.mark.parametrize(
    ("band", "pace", "expected"),
    [
        (None, "2026-11-28T10:00:00Z", "2026-11-28T10:00:00Z"),
        ({"p50": "2026-12-03T20:00:00Z"}, "2026-11-28T10:00:00Z", "2026-12-03T20:00:00Z"),
        ({"p50": None}, "2026-11-28T10:00:00Z", None),
        (None, None, None),
    ],
)
def test_the_sensor_of_the_end_shows_the_range_of_the_page_where_there_is_one(
    band: dict[str, str | None] | None, pace: str | None, expected: str | None
) -> None:
    """The template's expression is one of Python too, apart from the attributes."""
    text = (CONTRIB / "home-assistant.yaml").read_text()
    sensor = text.partition("CreditCurve runs out")[2]
    found = re.findall(r'"\{\{ (.*) \}\}"', sensor)
    value, is_available = (expression.replace("is not none", "is not None") for expression in found)
    answer = SimpleNamespace(
        empty_at=band and SimpleNamespace(**band), pace=SimpleNamespace(empty_at=pace)
    )
    assert eval(value, {"value_json": answer}) == expected  # noqa: S307 - our own file
    assert eval(is_available, {"value_json": answer}) is (expected is not None)  # noqa: S307
