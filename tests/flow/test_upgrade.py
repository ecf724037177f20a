"""Data folders of every released version open in this one without loss; newer ones are refused."""

import json
import shutil
from pathlib import Path
from typing import Any

import apsw
import pytest

from creditcurve import __version__
from creditcurve.store.sqlite.migrations import known_scripts
from support.commands import run
from support.program import Program
from support.site import Site
from support.sweeps import first

RELEASED = sorted(
    path.parent
    for path in (Path(__file__).parents[1] / "fixtures/released").glob("*/expected.json")
)
OLDER = [
    folder
    for folder in RELEASED
    if int.from_bytes((folder / "creditcurve.db").read_bytes()[60:64]) < len(known_scripts())
]
"""Those with an older schema, by SQLite's ``user_version``: none may be older after a release."""
KEY = {"CREDITCURVE_SECRET_KEY": "released-folder-fixture-key-0123456789"}
RANGE = "from=2025-08-24T00:00:00Z&to=2025-08-26T00:00:00Z"


def _program(released: Path, folder: Path, site: Site) -> Program:
    program = Program(folder, site.url, environment=KEY)
    program.data_dir.mkdir(mode=0o700)
    shutil.copy(released / "creditcurve.db", program.data_dir)
    return program


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.name)
def test_the_folder_of_a_released_version_opens_without_loss(
    released: Path, tmp_path: Path, site: Site
) -> None:
    """Records, sums, settings and the cookie are those of the version that wrote them."""
    expected: dict[str, Any] = json.loads((released / "expected.json").read_text())
    with _program(released, tmp_path, site) as program:
        status, settings = program.get("/api/status"), program.get("/api/settings")
        usage = program.get(f"/api/usage?{RANGE}&bucket=3600")
        exported = program.call("GET", "/api/export?format=json").json()
    assert {name: status["records"][name] for name in expected["records"]} == expected["records"]
    assert {name: settings[name] for name in expected["settings"]} == expected["settings"]
    assert {name: usage[name] for name in expected["usage"]} == expected["usage"]
    assert status["cookie"]["names"] == expected["cookie"]
    assert status["cookie"]["state"] not in ("missing", "unreadable")  # this site has another port
    ids_as_text = [{**record, "id": str(record["id"])} for record in expected["export"]]
    assert [{name: row[name] for name in ids_as_text[0]} for row in exported] == ids_as_text


@pytest.mark.parametrize("released", OLDER, ids=lambda path: path.name)
def test_the_folder_from_before_the_upgrade_is_kept(
    released: Path, tmp_path: Path, site: Site
) -> None:
    """For a way back, without the cookie."""
    program = _program(released, tmp_path, site)
    with program:
        pass
    (kept,) = program.data_dir.glob("*before-version-*")
    opened = apsw.Connection(str(kept))
    total = opened.execute("SELECT count(*) FROM record").get
    assert total == json.loads((released / "expected.json").read_text())["records"]["total"]
    opened.close()


@pytest.mark.parametrize("language", first(1, ["en_US.UTF-8", "zh_CN.UTF-8"]))
def test_a_newer_folder_is_refused_and_names_both_versions(
    tmp_path: Path, site: Site, language: str
) -> None:
    """Nothing in it changes."""
    program = _program(RELEASED[-1], tmp_path, site)
    with program:
        pass
    file, known = program.data_dir / "creditcurve.db", len(known_scripts())
    opened = apsw.Connection(str(file))
    opened.execute(f"PRAGMA user_version = {known + 1}")
    opened.close()
    before = file.read_bytes()
    done = run(program, "serve", environment={**KEY, "LANG": language})
    assert (done.returncode, done.stdout) == (78, "")
    assert f" {known + 1}" in done.stderr
    assert f"CreditCurve {__version__}" in done.stderr
    assert f" {known}" in done.stderr
    assert file.read_bytes() == before
