"""Builds sdist, wheel and the executable, which contain the page, and their checksums.

``python scripts/package.py`` leaves ``creditcurve-VERSION.tar.gz``, the wheel, ``creditcurve`` and
``SHA256SUMS`` in ``dist``, and does nothing if their sources are unchanged. Equal sources, tools
and machine give equal files. A single file unpacks itself at each start, which is slow on macOS
and Windows and raises virus alarms there: they get ``creditcurve-folder.zip``,
and Linux too with ``CREDITCURVE_BUILD=folder``.
"""

import hashlib
import os
import platform
import shutil
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
BUILD: Final = os.environ.get("CREDITCURVE_BUILD", "file" if sys.platform == "linux" else "folder")
IS_FOLDER: Final = BUILD == "folder"
FOLDER: Final = DIST / "creditcurve-folder"
EXECUTABLE: Final = DIST / ("creditcurve-folder.zip" if IS_FOLDER else "creditcurve")
SUMS: Final = DIST / "SHA256SUMS"
PAGE: Final = ROOT / "src" / "creditcurve" / "static" / "index.html"

REPRODUCIBLE: Final = {
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "1580601600",
    "CREDITCURVE_BUILD": BUILD,
}
"""Order and time are the same in every build; the time is hatchling's own default."""


def main() -> None:
    """Build missing or outdated files, and print the files in ``dist``."""
    if not PAGE.is_file():
        sys.exit("The page has not been built: run make build.")
    digest = digest_of(sources())
    if not is_current(digest):
        STAMP.unlink(missing_ok=True)
        DIST.mkdir(exist_ok=True)
        write_legal()
        build_distributions()
        build_executable()
        write_sums()
        STAMP.write_text(digest)
    for built in (*distributions(), EXECUTABLE):
        sys.stdout.write(f"{built.relative_to(ROOT)} · {built.stat().st_size / 1e6:.1f} MB\n")


def sources() -> Iterator[Path]:
    """Yield every file that the build depends on."""
    names = ("pyproject.toml", "README.md", "LICENSE", "requirements/dev.txt", "web/bun.lock")
    yield from (ROOT / name for name in names)
    for pattern in ("*.*", "licence_texts/*"):
        yield from sorted(Path(__file__).parent.glob(pattern))
    for path in sorted((ROOT / "src").rglob("*")):
        if path.is_file() and not {"__pycache__", "legal"} & {*path.parts}:
            yield path


def digest_of(paths: Iterator[Path]) -> str:
    """Return a digest of the files, and of the Python and machine that build them."""
    digest = hashlib.sha256(f"{sys.version} {platform.platform()} {BUILD}".encode())
    for path in paths:
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current(digest: str) -> bool:
    """Return whether ``dist`` was built from these sources."""
    is_there = len(distributions()) == 2 and EXECUTABLE.is_file() and SUMS.is_file()
    return is_there and STAMP.is_file() and STAMP.read_text() == digest


def distributions() -> list[Path]:
    """Return sdist and wheel in ``dist``."""
    return sorted((*DIST.glob("creditcurve-*.tar.gz"), *DIST.glob("creditcurve-*.whl")))


def write_legal() -> None:
    """Write the SBOM and the licences of everything that is shipped."""
    run("legal", path=ROOT / "scripts")


def build_distributions() -> None:
    """Build sdist and wheel; delete older ones."""
    for old in distributions():
        old.unlink()
    for target in ("sdist", "wheel"):
        run("hatchling", "build", "--target", target, "--directory", str(DIST))


def write_sums() -> None:
    """Write the checksums as ``sha256sum --check`` reads them."""
    files = (*distributions(), EXECUTABLE)
    lines = (f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    SUMS.write_text("".join(lines), encoding="ascii", newline="\n")


def build_executable() -> None:
    """Build the executable or its folder; PyInstaller's cache makes a second build shorter."""
    WORK.mkdir(parents=True, exist_ok=True)
    run(
        *("PyInstaller", "--noconfirm", "--log-level", "ERROR"),
        *("--distpath", str(DIST), "--workpath", str(WORK), str(SPEC)),
    )
    if IS_FOLDER:
        shutil.make_archive(str(FOLDER), "zip", DIST, FOLDER.name)


def run(module: str, *arguments: str, path: Path | None = None) -> None:
    """Run a module of this environment; its output is shown only if it fails."""
    command = [sys.executable, "-m", module, *arguments]
    environment = {**os.environ, **REPRODUCIBLE}
    if path is not None:
        environment["PYTHONPATH"] = str(path)
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
