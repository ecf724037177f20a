"""Builds the wheel and the single executable; both contain the page.

``python scripts/package.py`` leaves ``dist/creditcurve-VERSION-py3-none-any.whl`` and
``dist/creditcurve``, and does nothing if their sources are unchanged. Equal sources, tools and
machine give equal files.
"""

import hashlib
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
DIST: Final = ROOT / "dist"
WORK: Final = ROOT / "build" / "package"
STAMP: Final = WORK / "digest"
SPEC: Final = ROOT / "scripts" / "creditcurve.spec"
EXECUTABLE: Final = DIST / ("creditcurve.exe" if os.name == "nt" else "creditcurve")
PAGE: Final = ROOT / "src" / "creditcurve" / "static" / "index.html"

REPRODUCIBLE: Final = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "1580601600"}
"""Order and time are the same in every build; the time is hatchling's own default."""


def main() -> None:
    """Build missing or outdated files, and print the files in ``dist``."""
    if not PAGE.is_file():
        sys.exit("The page has not been built: run make build.")
    digest = digest_of(sources())
    if not is_current(digest):
        STAMP.unlink(missing_ok=True)
        DIST.mkdir(exist_ok=True)
        build_wheel()
        build_executable()
        STAMP.write_text(digest)
    for built in (*wheels(), EXECUTABLE):
        sys.stdout.write(f"{built.relative_to(ROOT)} · {built.stat().st_size / 1e6:.1f} MB\n")


def sources() -> Iterator[Path]:
    """Yield every file that the build depends on."""
    names = ("pyproject.toml", "README.md", "LICENSE", "requirements/dev.txt")
    yield from (ROOT / name for name in names)
    yield from (path for path in sorted(Path(__file__).parent.iterdir()) if path.is_file())
    for path in sorted((ROOT / "src").rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def digest_of(paths: Iterator[Path]) -> str:
    """Return a digest of the files, and of the Python and machine that build them."""
    digest = hashlib.sha256(f"{sys.version} {platform.platform()}".encode())
    for path in paths:
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current(digest: str) -> bool:
    """Return whether ``dist`` was built from these sources."""
    is_there = len(wheels()) == 1 and EXECUTABLE.is_file()
    return is_there and STAMP.is_file() and STAMP.read_text() == digest


def wheels() -> list[Path]:
    """Return the wheels in ``dist``."""
    return sorted(DIST.glob("creditcurve-*.whl"))


def build_wheel() -> None:
    """Build the wheel; delete older ones."""
    for old in wheels():
        old.unlink()
    run("hatchling", "build", "--target", "wheel", "--directory", str(DIST))


def build_executable() -> None:
    """Build the executable; PyInstaller's cache makes a second build shorter."""
    WORK.mkdir(parents=True, exist_ok=True)
    run(
        *("PyInstaller", "--noconfirm", "--log-level", "ERROR"),
        *("--distpath", str(DIST), "--workpath", str(WORK), str(SPEC)),
    )


def run(module: str, *arguments: str) -> None:
    """Run a module of this environment; its output is shown only if it fails."""
    command = [sys.executable, "-m", module, *arguments]
    environment = {**os.environ, **REPRODUCIBLE}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
