"""``creditcurve records``: the newest requests as a table or as JSON."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from support.commands import run
from support.program import Program
from support.site import COOKIE, Site


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program with the sample answer of the site."""
    with Site() as site, Program(tmp_path_factory.mktemp("filled"), site.url) as running:
        running.give_cookie(COOKIE)
        running.call("POST", "/api/refresh")
        running.call("PATCH", "/api/settings", {"time_zone": "Asia/Shanghai"})
        yield running


def test_the_newest_come_first_in_the_zone_of_the_settings(filled: Program) -> None:
    """A pipe gets whole lines, whatever its width."""
    lines = run(filled, "records", "--limit", "3").stdout.splitlines()
    assert lines[0].split()[:2] == ["time", "(Asia/Shanghai)"]
    assert [line.split()[:2] for line in lines[1:]] == [
        line.split()[:2] for line in sorted(lines[1:], reverse=True)
    ]
    assert len(lines) == 4
    assert "v1/messages" in lines[1]


def test_json_is_the_answer_of_the_interface(filled: Program) -> None:
    """Range and model are passed on; a date is one of the zone of the settings."""
    model = filled.get("/api/records?limit=1")["records"][0]["model"]
    arguments = ("records", "--from", "2025-08-25", "--model", model, "--json")
    found = msgspec.json.decode(run(filled, *arguments).stdout)
    start = "2025-08-24T16:00:00.000Z"
    assert found == filled.get(f"/api/records?limit=20&from={start}&model={model}")
    assert found["records"]


def test_an_empty_range_is_reported(filled: Program) -> None:
    """Nothing but this is printed."""
    done = run(filled, "records", "--to", "2020-01-01")
    assert (done.returncode, done.stdout) == (0, "No saved request matches.\n")


@pytest.mark.parametrize("arguments", [("--limit", "0"), ("--limit", "1001"), ("--from", "soon")])
def test_wrong_arguments_are_usage_errors(filled: Program, arguments: tuple[str, ...]) -> None:
    """They are refused before anything is asked, or by their own name."""
    done = run(filled, "records", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert arguments[0] in done.stderr


def test_without_data_nothing_is_created(tmp_path: Path) -> None:
    """The error names the next step."""
    stopped = Program(tmp_path, "http://127.0.0.1:9")
    done = run(stopped, "records")
    assert (done.returncode, done.stdout) == (66, "")
    assert "start creditcurve first" in done.stderr
    assert not stopped.data_dir.exists()
