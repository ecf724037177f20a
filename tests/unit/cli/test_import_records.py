"""``creditcurve import``: an export is imported by an instance, or into a folder without one."""

import os
import pty
import subprocess
from pathlib import Path

import pytest

from support.commands import beside, run
from support.events import Events
from support.program import Program
from support.site import COOKIE, Site
from support.starting import COMMAND

FORMS = ("csv", "ndjson", "json")


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample's twenty records, in each format."""
    folder = tmp_path_factory.mktemp("exports")
    files = {form: folder / f"records.{form}" for form in FORMS}
    with Site() as site, Program(folder, site.url) as filled:
        filled.give_cookie(COOKIE)
        filled.call("POST", "/api/refresh")
        for form, file in files.items():
            file.write_bytes(filled.call("GET", f"/api/export?format={form}").content)
    return files


@pytest.fixture(params=[True, False], ids=["running", "not running"])
def target(request: pytest.FixtureRequest, program: Program) -> Program:
    """An empty program, running and stopped."""
    if not request.param:
        program.stop()
    return program


@pytest.mark.parametrize("form", FORMS)
def test_an_import_is_exported_the_same(
    target: Program, exports: dict[str, Path], form: str
) -> None:
    """Byte for byte; a second import adds nothing."""
    done = run(target, "import", str(exports[form]))
    assert (done.returncode, done.stdout, done.stderr) == (0, "20 new · 0 known\n", "")
    again = run(target, "import", str(exports[form]))
    assert (again.returncode, again.stdout) == (0, "0 new · 20 known\n")
    out = exports[form].with_name("again")
    assert run(target, "export", "--format", form, "--force", "--output", str(out)).returncode == 0
    assert out.read_bytes() == exports[form].read_bytes()


def test_standard_input_needs_the_format(target: Program, exports: dict[str, Path]) -> None:
    """It has no file name."""
    text = exports["ndjson"].read_text()
    assert run(target, "import", "-", given=text).returncode == 2
    done = run(target, "import", "-", "--format", "ndjson", given=text)
    assert (done.returncode, done.stdout) == (0, "20 new · 0 known\n")


@pytest.mark.parametrize("is_running", [True, False])
def test_records_older_than_the_retention_are_not_imported(
    program: Program, exports: dict[str, Path], *, is_running: bool
) -> None:
    """They may be part of the sums, and would be counted twice."""
    lines = exports["ndjson"].read_text()
    newer = (
        lines.splitlines()[-1].replace("2025-08-25T", "2025-08-28T").replace('"id":"1', '"id":"2')
    )
    run(program, "import", "-", "--format", "ndjson", given=f"{lines}{newer}\n")
    with Events(program.url) as events:
        events.greeting()
        program.call("PATCH", "/api/settings", {"retention_days": 1})
        events.until("status", lambda data: data["records"]["removed"] == 20)
    if not is_running:
        program.stop()
    done = run(program, "import", str(exports["csv"]))
    told = "0 new · 0 known · 20 not imported: older than the retention\n"
    assert (done.returncode, done.stdout) == (0, told)


def test_a_record_that_differs_is_reported(target: Program, exports: dict[str, Path]) -> None:
    """The stored one is kept."""
    run(target, "import", str(exports["csv"]))
    text = exports["ndjson"].read_text().replace('"status":200', '"status":500', 1)
    done = run(target, "import", "-", "--format", "ndjson", given=text)
    assert done.stdout == "0 new · 20 known · 1 of them differ: the stored ones are kept\n"


def test_a_bad_line_ends_the_import_and_is_reported(target: Program, tmp_path: Path) -> None:
    """The error names the line and the records stored before it, in chunks of 2,000."""
    row = '{{"id":{},"created_at":"2025-08-25T10:00:00Z","type":"","endpoint":"","model":"",{}}}\n'
    file = tmp_path / "records.jsonl"
    lines = [row.format(number, '"credits":1') for number in range(5_000)]
    lines[4_500] = row.format(1, '"credits":"many"')
    file.write_text("".join(lines))
    done = run(target, "import", str(file))
    assert (done.returncode, done.stdout) == (65, "")
    assert "Line 4,501: credits:" in done.stderr
    assert "The 4,000 records before it are stored (4,000 new · 0 known)" in done.stderr
    file.write_text("".join([*lines[:4_500], *lines[4_501:]]))
    assert run(target, "import", str(file)).stdout == "999 new · 4,000 known\n"


def test_a_dry_run_reads_all_and_stores_nothing(target: Program, exports: dict[str, Path]) -> None:
    """It needs neither a folder nor an instance."""
    done = run(target, "import", "--dry-run", str(exports["json"]))
    assert (done.returncode, done.stdout) == (
        0,
        "20 records are readable; nothing was stored\n",
    )
    assert run(target, "import", str(exports["json"])).stdout == "20 new · 0 known\n"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("records.txt",), 2, "is unknown: add --format"),
        (("nowhere.csv",), 66, "nowhere.csv: No such file"),
        ((), 2, "FILE is missing"),
    ],
)
def test_a_file_that_cannot_be_opened_is_refused(
    shared: Program, arguments: tuple[str, ...], code: int, told: str
) -> None:
    """One line names the reason."""
    done = run(shared, "import", *arguments)
    assert done.returncode == code
    assert told in done.stdout + done.stderr


def test_a_terminal_shows_the_progress(program: Program, exports: dict[str, Path]) -> None:
    """The progress line is cleared at the end."""
    watcher, terminal = pty.openpty()
    try:
        done = subprocess.run(
            [*COMMAND, "import", str(exports["csv"])],
            stdout=subprocess.PIPE,
            stderr=terminal,
            timeout=30,
            check=False,
            env=beside(program, upstream="http://127.0.0.1:9", environment={"LANG": "zh_CN.UTF-8"}),
        )
        told = os.read(watcher, 4_096).decode()
    finally:
        os.close(watcher)
        os.close(terminal)
    assert done.stdout.decode() == "新增 20 条 · 已有 0 条\n"
    assert told == "\r\x1b[K新增 20 条 · 已有 0 条\r\x1b[K"
