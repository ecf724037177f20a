"""uv, pipx and pip install wheel and sdist into empty environments, without a network.

The packages of the lock file are fetched once, as wheels; the installers have that folder only.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.packages import build
from support.program import Program
from support.site import COOKIE, Site

ROOT = Path(__file__).parents[2]
UV = Path(sys.executable).parent / "uv"
pytestmark = pytest.mark.slow


def pythons() -> Iterator[str]:
    """Yield the interpreters of this machine that are new enough, those of pyenv included."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for version in ("3.11", "3.12", "3.13", "3.14"):
        found = [*pyenv.glob(f"versions/{version}.*/bin/python3"), shutil.which(f"python{version}")]
        for one in found:
            if one and _runs(str(one)):
                yield str(one)
                break


def _runs(python: str) -> bool:
    return subprocess.run([python, "-V"], capture_output=True, check=False).returncode == 0


PYTHONS = tuple(pythons())


@pytest.fixture(scope="session", params=PYTHONS, ids=str)
def python(request: pytest.FixtureRequest) -> str:
    """An interpreter."""
    return str(request.param)


@pytest.fixture(scope="session")
def wheels(python: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages that the product and its build need, for this interpreter."""
    folder = tmp_path_factory.mktemp("wheels")
    version = subprocess.run(
        [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--only-binary", ":all:"]
    locked = ["--require-hashes", "-r", str(ROOT / "requirements/run.txt")]
    target = ["--python-version", version, "--dest", str(folder), "--no-deps"]
    # A new pipx brings its pip up to date first.
    own = ["--require-hashes", "-r", str(ROOT / "requirements/environment.txt")]
    for needed in (locked, own):
        subprocess.run([*command, *target, *needed], check=True, stderr=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="session")
def packages() -> dict[str, Path]:
    """Wheel and sdist."""
    dist = build()
    (wheel,) = dist.glob("creditcurve-*.whl")
    (sdist,) = dist.glob("creditcurve-*.tar.gz")
    return {"wheel": wheel, "sdist": sdist}


def install(installer: str, python: str, package: Path, wheels: Path, home: Path) -> Path:
    """Install a package as the documents show; return the command."""
    offline = {"UV_OFFLINE": "1", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}
    environment = {
        **offline,
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "UV_FIND_LINKS": str(wheels),
        "UV_NO_INDEX": "1",
        "UV_TOOL_DIR": str(home / "tools"),
        "UV_TOOL_BIN_DIR": str(home / "bin"),
        "PIP_CONFIG_FILE": os.devnull,
        "PIPX_HOME": str(home / "pipx"),
        "PIPX_BIN_DIR": str(home / "bin"),
    }
    commands = {
        "pipx": [["pipx", "install", "--python", python, str(package)]],
        "uv": [[str(UV), "tool", "install", "--quiet", "--python", python, str(package)]],
        "pip": [
            [python, "-m", "venv", str(home)],
            [str(home / "bin/python"), "-m", "pip", "install", "--quiet", str(package)],
        ],
    }
    for command in commands[installer]:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, cwd=home
        )
        assert done.returncode == 0, done.stderr
    return home / "bin" / "creditcurve"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty folder to install into."""
    folder = tmp_path / "installed"
    folder.mkdir()
    return folder


@pytest.fixture(params=["uv", "pipx", "pip"])
def installer(request: pytest.FixtureRequest) -> str:
    """An installer of this machine."""
    return str(request.param)


def check_pipx(python: str) -> None:
    """Skip a test that the pipx of this machine cannot do."""
    pipx = shutil.which("pipx")
    if pipx is None:
        pytest.skip("pipx is not installed")
    version = subprocess.run([pipx, "--version"], capture_output=True, text=True, check=True)
    if tuple(map(int, version.stdout.split(".")[:2])) < (1, 3) and "3.11" not in python:
        pytest.skip(f"pipx {version.stdout.strip()} knows no Python above 3.11")


@pytest.fixture(params=["wheel", "sdist"])
def command(  # noqa: PLR0917 - asked for by name
    request: pytest.FixtureRequest,
    installer: str,
    python: str,
    packages: dict[str, Path],
    wheels: Path,
    home: Path,
) -> Path:
    """The installed command."""
    if installer == "pipx":
        check_pipx(python)
    return install(installer, python, packages[str(request.param)], wheels, home)


def test_it_installs_offline_and_serves(command: Path, tmp_path: Path, site: Site) -> None:
    """With the page, and a curve for a cookie."""
    with Program(tmp_path, site.url, command=(str(command),)) as program:
        assert '<div id="root">' in program.call("GET", "/").text
        program.give_cookie(COOKIE)
        assert program.call("POST", "/api/refresh").json()["new"] == 20
