"""The wheel and the single executable work without anything else."""

import contextlib
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PyInstaller.archive.readers import CArchiveReader

from support.commands import run
from support.packages import build
from support.program import Program
from support.scripts import script
from support.site import COOKIE, Site

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SAMPLE = "/api/usage?from=2025-08-25T12:40:00Z&to=2025-08-25T13:40:00Z"
MAX_EXECUTABLE_BYTES = 25_000_000

Record = Callable[[str, object], None]


@pytest.fixture(scope="session")
def dist() -> Path:
    """The folder of the wheel and the executable."""
    return build()


@pytest.fixture(scope="session")
def wheel(dist: Path) -> Path:
    """The one wheel."""
    (built,) = dist.glob("creditcurve-*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, as the wheel installs it into an empty environment.

    By the installer that set this environment up, so that it finds its packages where that did.
    """
    home = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    python = str(home / "bin" / "python")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-compile"]
    locked = ["--require-hashes", "-r", str(ROOT / "requirements" / "run.txt")]
    subprocess.run([*pip, *locked], check=True, stderr=subprocess.DEVNULL)
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    return home / "bin" / "creditcurve"


@pytest.fixture
def from_wheel(installed: Path, tmp_path: Path, site: Site) -> Iterator[Program]:
    """The program, started from the installed wheel."""
    with Program(tmp_path, site.url, command=(str(installed),)) as program:
        yield program


@pytest.fixture
def alone(dist: Path, tmp_path: Path) -> Path:
    """The executable in an otherwise empty folder."""
    folder = tmp_path / "alone"
    folder.mkdir()
    return Path(shutil.copy2(dist / "creditcurve", folder))


@pytest.fixture
def executable(alone: Path, tmp_path: Path, site: Site) -> Program:
    """The program as the executable, with no Python on the path and no time zones of the system."""
    (tmp_path / "unpacked").mkdir()
    environment = {"PATH": "", "PYTHONTZPATH": "", "TMPDIR": str(tmp_path / "unpacked")}
    return Program(tmp_path, site.url, command=(str(alone),), environment=environment)


def demand_page(program: Program) -> None:
    """The built page comes, with the script that it names."""
    page = program.call("GET", "/").text
    assert '<div id="root">' in page
    script = page.partition('type="module" crossorigin src="')[2].partition('"')[0]
    answer = program.call("GET", script)
    assert answer.headers["content-type"].startswith("text/javascript")
    assert len(answer.content) > 100_000


def demand_curve(program: Program) -> dict[str, Any]:
    """A cookie is given, and the sample becomes a curve, to the last credit."""
    program.give_cookie(COOKIE)
    assert program.call("POST", "/api/refresh").json()["new"] == 20
    usage: dict[str, Any] = program.get(SAMPLE)
    assert (usage["requests"], usage["total"], usage["series"][0]["last"]) == (16, 334, 9)
    return usage


def test_the_wheel_installs_into_an_empty_environment_and_serves(from_wheel: Program) -> None:
    """The page, and a curve for a cookie."""
    demand_page(from_wheel)
    demand_curve(from_wheel)


def test_the_wheel_contains_only_the_product(wheel: Path) -> None:
    """The page and the migrations; no tests, no maps, no caches."""
    with zipfile.ZipFile(wheel) as file:
        names = file.namelist()
    package = [name.removeprefix("creditcurve/") for name in names if "dist-info" not in name]
    assert {"static/index.html", "store/sqlite/migrations/0001_initial.sql", "cli/demo.py"} <= {
        *package
    }
    assert all(name.startswith(("creditcurve/", "creditcurve-")) for name in names)
    assert not [name for name in names if name.endswith((".pyc", ".map")) or "/test_" in name]


def test_the_package_lists_its_components(wheel: Path) -> None:
    """The SBOM has each package of both lock files that is shipped; every licence has a text."""
    with zipfile.ZipFile(wheel) as file:
        sbom = json.loads(file.read("creditcurve/legal/sbom.cdx.json"))
        texts = file.read("creditcurve/legal/THIRD_PARTY_LICENSES.txt").decode()
    assert (sbom["bomFormat"], sbom["specVersion"]) == ("CycloneDX", "1.6")
    listed = {component["purl"] for component in sbom["components"]}
    locked = (ROOT / "requirements" / "run.txt").read_text()
    names = {purl.rpartition("@")[0].removeprefix("pkg:pypi/") for purl in listed if "pypi" in purl}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    direct = {re.split(r"[^a-z0-9-]", line)[0] for line in project["dependencies"]}
    assert direct <= names
    for purl in (purl for purl in listed if purl.startswith("pkg:pypi/")):
        assert purl.removeprefix("pkg:pypi/").replace("@", "==") in locked
    assert any(purl.startswith("pkg:npm/echarts@") for purl in listed)
    for component in sbom["components"]:
        assert component["licenses"][0]["license"]["name"]
        assert f"\n{component['name']} {component['version']} · " in texts


def test_the_package_has_a_licence_for_each_library_of_the_executable(
    wheel: Path, alone: Path
) -> None:
    """A system's library that a build adds needs its text too."""
    with zipfile.ZipFile(wheel) as file:
        text = file.read("creditcurve/legal/EXECUTABLE_LICENSES.txt").decode()
    files = [name for name in CArchiveReader(str(alone)).toc if re.match(r"lib[^/]+\.so", name)]
    assert "libcrypto.so.3" in files
    known = {stem: name for name, stems in script("licences").LIBRARIES.items() for stem in stems}
    named = {known.get(re.split(r"[\d.]", file)[0]) for file in files}
    assert None not in named, files
    assert not [name for name in named if f"\n{name}\n\n" not in text]


def test_the_executable_has_nothing_of_the_folder_that_built_it(alone: Path) -> None:
    """Another folder would build another file."""
    archive = CArchiveReader(str(alone))
    names = [name for name, entry in archive.toc.items() if entry[-1] != "o"]
    assert len(names) > 100
    assert not [name for name in names if name.endswith(".dist-info/RECORD")]
    assert not [name for name in names if str(ROOT).encode() in archive.extract(name)]


def test_the_sdist_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """Byte for byte, without Node and without this repository."""
    (sdist,) = wheel.parent.glob("creditcurve-*.tar.gz")
    # Python has the filter from 3.11.4 on.
    checked: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    shutil.unpack_archive(sdist, tmp_path, **checked)
    (source,) = tmp_path.iterdir()
    assert {path.name for path in source.iterdir() if path.is_dir()} == {"src", "contrib"}
    environment = {"PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": "1580601600"}
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run(command, cwd=source, env=environment, check=True, capture_output=True)
    (built,) = (source / "dist").glob("*.whl")
    assert built.read_bytes() == wheel.read_bytes()


def test_the_checksums_are_those_of_the_files(dist: Path) -> None:
    """As sha256sum reads them."""
    lines = (dist / "SHA256SUMS").read_text().splitlines()
    assert len(lines) == 3
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((dist / name).read_bytes()).hexdigest() == digest


def test_the_executable_needs_nothing_beside_it(
    executable: Program, alone: Path, tmp_path: Path
) -> None:
    """It starts in an empty folder, serves, and creates nothing there."""
    with contextlib.chdir(alone.parent), executable as program:
        demand_page(program)
        demand_curve(program)
        answer = program.call("PATCH", "/api/settings", {"time_zone": "Asia/Shanghai"})
        assert answer.status_code == 200
        assert program.stop() == 0
    assert list(alone.parent.iterdir()) == [alone]
    assert list((tmp_path / "unpacked").iterdir()) == []


def test_the_executable_plays_the_whole_story(executable: Program) -> None:
    """Paste, switch on, curve, restart, history: as the page does it."""
    with executable as program:
        usage = demand_curve(program)
        assert program.call("PATCH", "/api/settings", {"collecting": True}).status_code == 200
        assert program.stop() == 0
        program.start()
        status = program.get("/api/status")
        assert (status["records"]["total"], status["cookie"]["state"]) == (20, "valid")
        assert program.get("/api/settings")["collecting"] is True
        assert program.get(SAMPLE)["series"] == usage["series"]


def test_the_executable_is_small(alone: Path, record_property: Record) -> None:
    """A limit above the measured 19 MB."""
    record_property("bytes", alone.stat().st_size)
    assert alone.stat().st_size < MAX_EXECUTABLE_BYTES


def test_the_executable_has_the_commands_their_help_and_the_document(
    executable: Program, alone: Path, site: Site
) -> None:
    """It contains late imports, and docstrings that are read at run time."""
    command = (str(alone),)
    assert (
        "delete the cookie; its value is never shown"
        in run(executable, "--help", command=command).stdout
    )
    done = run(executable, "cookie", "set", given=COOKIE, upstream=site.url, command=command)
    assert done.stdout.startswith("valid · ")
    done = run(executable, "doctor", upstream=site.url, command=command)
    assert (done.returncode, "✗" in done.stdout) == (0, False)
    ours = run(executable, "openapi", upstream=site.url)
    assert run(executable, "openapi", upstream=site.url, command=command).stdout == ours.stdout


def test_a_demo_needs_only_the_executable(alone: Path, executable: Program) -> None:
    """It contains the simulated site."""
    with subprocess.Popen(
        [alone, "demo", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env=executable.environment(),
    ) as process:
        assert process.stdout is not None
        executable.url = process.stdout.readline().removeprefix("Listening on ").strip()
        total = executable.get("/api/status")["records"]["total"]
        process.terminate()
    assert (process.returncode, total > 500) == (0, True)


def test_building_again_with_nothing_changed_builds_nothing(dist: Path) -> None:
    """The files are not written again."""
    before = {path: path.stat().st_mtime_ns for path in dist.iterdir()}
    build()
    assert {path: path.stat().st_mtime_ns for path in dist.iterdir()} == before
