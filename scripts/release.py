"""Prepares a release: every step that needs no network.

``python scripts/release.py VERSION`` checks the working tree and the version, writes version and
date into their files, adds the data folder of the new version to the tests, runs the tests, builds
the packages, commits and tags. What remains is printed. ``--only-files`` stops after the files.
"""

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

ROOT: Final = Path.cwd()
VERSION_FILE: Final = ROOT / "src" / "creditcurve" / "__init__.py"
CHANGELOG: Final = ROOT / "CHANGELOG.md"
_VERSION: Final = re.compile(r'__version__ = "([^"]+)"')
_NUMBERS: Final = re.compile(r"(\d+)\.(\d+)\.(\d+)", re.ASCII)
_UNRELEASED: Final = "## [Unreleased]\n"


class ReleaseError(Exception):
    """The release cannot be made; nothing was changed."""


def main() -> None:
    """Prepare the release that the command line names."""
    version, *flags = sys.argv[1:] or [""]
    try:
        check(version)
    except ReleaseError as error:
        sys.exit(f"release: {error}")
    undo = f"git reset --hard {output('git', 'rev-parse', '--short', 'HEAD').strip()}"
    today = datetime.now(UTC).date()
    VERSION_FILE.write_text(with_version(VERSION_FILE.read_text("utf-8"), version), "utf-8")
    CHANGELOG.write_text(with_release(CHANGELOG.read_text("utf-8"), version, today), "utf-8")
    if "--only-files" not in flags:
        build_and_commit(version, f"{undo} && git clean --force -d")


def check(version: str) -> None:
    """Check that this version can be released from this working tree.

    Raises:
        ReleaseError: it is no later version, nothing has changed, or files are not committed.
    """
    found = _VERSION.search(VERSION_FILE.read_text("utf-8"))
    present = found[1] if found else ""
    if not numbers(version) > numbers(present):
        raise ReleaseError(
            f"{version or 'no version'} is not above {present}: make release VERSION=1.2.3"
        )
    if not notes(CHANGELOG.read_text("utf-8")):
        raise ReleaseError("CHANGELOG.md has nothing under Unreleased")
    if output("git", "status", "--porcelain"):
        raise ReleaseError("the working tree has changes: commit or stash them")
    if output("git", "tag", "--list", f"v{version}"):
        raise ReleaseError(f"the tag v{version} exists")


def numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, for comparisons; empty for any other text."""
    found = _NUMBERS.fullmatch(version)
    return tuple(map(int, found.groups())) if found else ()


def notes(changelog: str) -> str:
    """Return the text under Unreleased."""
    _, _, rest = changelog.partition(_UNRELEASED)
    return rest.partition("\n## [")[0].strip()


def with_version(source: str, version: str) -> str:
    """Return the file with the version, its only place."""
    return _VERSION.sub(f'__version__ = "{version}"', source, count=1)


def with_release(changelog: str, version: str, today: date) -> str:
    """Return the changelog with the unreleased changes under the version."""
    head = f"{_UNRELEASED}\n## [{version}] - {today.isoformat()}\n"
    return changelog.replace(_UNRELEASED, head, 1)


def build_and_commit(version: str, undo: str) -> None:
    """Record the data folder of the version, test, build, commit and tag.

    The working tree had no changes: ``undo`` removes only the changes of this release.
    """
    tag = ("git", "tag", "--annotate", "--message", f"CreditCurve {version}", f"v{version}")
    for command in (
        (sys.executable, "scripts/released_folder.py"),  # the tests open it
        ("make", "test"),
        ("make", "package"),
        ("git", "add", "--all"),
        ("git", "commit", "--quiet", "--message", f"Release {version}"),
        tag,
    ):
        if not run(*command):
            sys.exit(f"release: {command[0]} failed; undo with: {undo}")
    sys.stdout.write(
        f"Version {version} is committed and tagged. These steps need the network:\n"
        f"  git push origin main v{version}\n"
        "  publish the files of dist/ with their SHA256SUMS\n"
    )


def run(*command: str) -> bool:
    """Run a step; return whether it succeeded."""
    sys.stdout.write(f"$ {' '.join(command)}\n")
    sys.stdout.flush()
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def output(*command: str) -> str:
    """Return the output of a command."""
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
