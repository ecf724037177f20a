"""``creditcurve export``: the same file with and without a running instance."""

import csv
import os
import subprocess
from pathlib import Path

import msgspec
import pytest

from support.commands import beside, run
from support.events import Events
from support.program import Program
from support.site import COOKIE
from support.starting import COMMAND
from support.sweeps import first

LINES = {"content-type": "application/x-ndjson"}
OLD = (
    b'{"id":1,"type":"USAGE","endpoint":"v1/messages","model":"m","credits":5,"status":200,'
    b'"api_key":null,"counts":true,"created_at":"2025-08-20T13:00:00.000Z","extra":null}\n'
)


@pytest.fixture
def filled(program: Program) -> Program:
    """A running program with the sample's records."""
    program.give_cookie(COOKIE)
    program.call("POST", "/api/refresh")
    return program


@pytest.mark.parametrize("form", ["csv", "ndjson", "json"])
def test_the_file_is_the_same_with_and_without_an_instance(filled: Program, form: str) -> None:
    """It is the answer of the interface, byte for byte."""
    expected = filled.call("GET", f"/api/export?format={form}").text
    through = run(filled, "export", "--format", form)
    filled.stop()
    here = run(filled, "export", "--format", form)
    assert through.returncode == here.returncode == 0
    assert through.stdout == here.stdout == expected.replace("\r\n", "\n")


def test_a_file_appears_only_when_it_is_complete(filled: Program, tmp_path: Path) -> None:
    """No draft is left beside it."""
    output = tmp_path / "out" / "records.csv"
    output.parent.mkdir()
    assert run(filled, "export", "--output", str(output)).returncode == 0
    with output.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert (len(rows), sum(int(row["credits"]) for row in rows)) == (20, 334)
    assert list(output.parent.iterdir()) == [output]


@pytest.mark.parametrize("is_running", [True, False])
def test_a_range_includes_its_start_and_excludes_its_end(
    filled: Program, *, is_running: bool
) -> None:
    """``[from, to)``."""
    if not is_running:
        filled.stop()
    range_ = ("--from", "2025-08-25T13:38:56.052Z", "--to", "2025-08-25T21:39:44.230+08:00")
    done = run(filled, "export", "--format", "ndjson", *range_)
    ids = [msgspec.json.decode(line)["id"] for line in done.stdout.splitlines()]
    assert ids == ["11048316", "11048594"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--from", "yesterday"), "--from yesterday is not a date like 2026-11-01"),
        (("--to", "2025-02-30T00:00:00Z"), "--to 2025-02-30T00:00:00Z is not a date"),
        (
            ("--from", "2025-08-02T00:00:00Z", "--to", "2025-08-01T00:00:00Z"),
            "--from must be before --to",
        ),
    ],
)
def test_an_unreadable_or_empty_range_is_wrong_usage(
    program: Program, arguments: tuple[str, ...], told: str
) -> None:
    """The error names the flag."""
    done = run(program, "export", *arguments)
    assert (done.returncode, done.stdout, told in done.stderr) == (2, "", True)


def test_a_failed_export_keeps_an_old_file(filled: Program, tmp_path: Path) -> None:
    """The data folder is missing, and is not created."""
    output = tmp_path / "records.csv"
    output.write_text("old")
    nowhere = ("--data-dir", str(tmp_path / "nowhere"))
    done = run(filled, "export", "--output", str(output), *nowhere)
    assert (done.returncode, output.read_text()) == (66, "old")
    assert not (tmp_path / "nowhere").exists()


def test_a_reader_that_stops_reading_is_not_an_error(filled: Program) -> None:
    """``| head -1`` closes the pipe."""
    with subprocess.Popen(
        [*COMMAND, "export"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=beside(filled, upstream="http://127.0.0.1:9"),
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        _, told = process.communicate(timeout=20)
    assert (process.returncode, told) == (0, b"")


@pytest.mark.parametrize("is_running", [True, False])
def test_deleted_records_are_reported(filled: Program, *, is_running: bool) -> None:
    """On standard error, and only if the range begins earlier."""
    filled.call("POST", "/api/import", content=OLD, headers=LINES)
    with Events(filled.url) as events:
        events.greeting()
        filled.call("PATCH", "/api/settings", {"retention_days": 1})
        told = events.until("status", lambda data: data["records"]["removed"] > 0)
    moment = told.data["records"]["sums_before"]
    if not is_running:
        filled.stop()
    whole = run(filled, "export", "--format", "ndjson")
    assert (whole.returncode, whole.stdout.count("\n")) == (0, 20)
    assert f"Requests before {moment} are missing" in whole.stderr
    assert "missing" not in run(filled, "export", "--from", moment).stderr


def test_dates_are_those_of_the_zone_of_the_settings(filled: Program) -> None:
    """The sample's requests are of one evening in Shanghai, and of that afternoon in UTC."""
    filled.call("PATCH", "/api/settings", {"time_zone": "Pacific/Auckland"})
    done = run(filled, "export", "--from", "2025-08-26", "--to", "2025-08-27")
    assert done.stdout.count("\n") == 21
    shown = "2025-08-26 00:00:00 – 2025-08-27 00:00:00 (Pacific/Auckland)"
    assert done.stderr == f"20 requests · {shown} · standard output\n"
    filled.stop()
    assert run(filled, "export", "--from", "2025-08-26", "--to", "2025-08-27").stderr == done.stderr


@pytest.mark.parametrize("form", ["csv", "ndjson", "json"])
def test_the_report_counts_zero_requests(filled: Program, form: str) -> None:
    arguments = ("export", "--format", form)
    assert run(filled, *arguments).stderr.startswith("20 requests · all · ")
    none = run(filled, *arguments, "--to", "2020-01-01")
    assert none.stderr.startswith("0 requests · … – 2020-01-01 00:00:00 (")


def test_the_report_counts_a_csv_cell_with_line_breaks_once(filled: Program) -> None:
    odd = OLD.replace(b'"model":"m"', b'"model":"a\\n\\"b\\"\\nc"')
    assert filled.call("POST", "/api/import", content=odd, headers=LINES).json()["new"] == 1
    assert run(filled, "export").stderr.startswith("21 requests · ")


def test_a_file_is_overwritten_only_by_force(filled: Program, tmp_path: Path) -> None:
    output = tmp_path / "records.csv"
    output.write_text("precious")
    done = run(filled, "export", "--output", str(output))
    assert (done.returncode, "--force" in done.stderr) == (73, True)
    assert output.read_text() == "precious"
    done = run(filled, "export", "--output", str(output), "--force")
    assert (done.returncode, done.stderr) == (0, f"20 requests · all · {output}\n")
    assert output.read_text().startswith("id,")


@pytest.mark.parametrize("command", first(1, [("export", "--output"), ("backup",)]))
@pytest.mark.parametrize(
    ("name", "en", "zh"),
    [
        ("missing/file", "The folder {}/missing does not exist", "目录 {}/missing 不存在"),
        ("pipe", "{}/pipe is not a file", "{}/pipe 不是文件"),
        ("file/below", "The folder {}/file does not exist", "目录 {}/file 不存在"),
        ("n" * 300, "File name too long", "File name too long"),
    ],
)
def test_a_file_that_cannot_be_created_is_refused_by_its_name(  # noqa: PLR0917 - asked for by name
    filled: Program, tmp_path: Path, command: tuple[str, ...], name: str, en: str, zh: str
) -> None:
    """Also by force; a pipe or a device is never replaced."""
    (tmp_path / "file").write_text("precious")
    os.mkfifo(tmp_path / "pipe")
    for language, text in (("C.UTF-8", en), ("zh_CN.UTF-8", zh)):
        for force in ((), ("--force",)):
            done = run(
                filled, *command, str(tmp_path / name), *force, environment={"LANG": language}
            )
            assert done.returncode == 73
            assert text.format(tmp_path) in done.stderr
    assert (tmp_path / "file").read_text() == "precious"
    assert (tmp_path / "pipe").is_fifo()


def test_a_folder_is_no_file_for_an_export(filled: Program, tmp_path: Path) -> None:
    """An empty name is that of the present folder."""
    for name in (str(tmp_path), ""):
        done = run(filled, "export", "--output", name, "--force", folder=tmp_path)
        assert (done.returncode, "is not a file" in done.stderr) == (73, True)


def test_a_folder_without_database_is_not_changed(tmp_path: Path) -> None:
    """Nothing is created, and no mode is changed: it may be a folder of other programs."""
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    nobody = Program(tmp_path, "")
    for command in (("export",), ("cookie", "check"), ("cookie", "delete"), ("cookie", "reseal")):
        run(nobody, *command, "--data-dir", str(folder))
        assert list(folder.iterdir()) == []
        assert folder.stat().st_mode & 0o777 == 0o755
