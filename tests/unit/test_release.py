"""The version has one place, the changelog one form, and a release changes both."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from creditcurve import __version__

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "release.py"
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PRESENT = "1.4.0"
NOTES = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A way.\n\n## [1.4.0] - 2026-11-26\n"
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the two files that a release changes."""
    files = {"src/creditcurve/__init__.py": f'__version__ = "{PRESENT}"\n', "CHANGELOG.md": NOTES}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "Begin"]):
        _git(tmp_path, *command)
    return tmp_path


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    subprocess.run(["/usr/bin/env", "git", *identity, *arguments], cwd=folder, check=True)


def _release(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, SCRIPT, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_version_is_written_in_one_place() -> None:
    """Packages, page and documents take it from there."""
    project = (ROOT / "pyproject.toml").read_text()
    assert 'dynamic = ["version"]' in project
    assert 'path = "src/creditcurve/__init__.py"' in project
    assert '"version":' not in (ROOT / "web/package.json").read_text()
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "scripts").glob("*.py")]
    written = [path for path in sources if f'"{__version__}"' in path.read_text("utf-8")]
    assert written == [ROOT / "src/creditcurve/__init__.py"]


def test_the_changelog_follows_keep_a_changelog() -> None:
    """Newest first, with a date, in the kinds of changes that the form has."""
    unreleased, *releases = re.findall(r"^## (.*)$", CHANGELOG, re.MULTILINE)
    assert unreleased == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", name) for name in releases)
    versions = [tuple(map(int, re.findall(r"\d+", name)[:3])) for name in releases]
    assert versions == sorted(versions, reverse=True)
    for section in re.split(r"^## ", CHANGELOG, flags=re.MULTILINE)[1:]:
        kinds = re.findall(r"^### (.*)$", section, re.MULTILINE)
        assert set(kinds) <= KINDS
        assert len(kinds) == len(set(kinds))


def test_every_release_has_a_data_folder_among_the_fixtures() -> None:
    """``tests/flow/test_upgrade.py`` opens each of them."""
    released = re.findall(r"^## \[(\d[^]]*)\]", CHANGELOG, re.MULTILINE)
    folders = (ROOT / "tests/fixtures/released").glob("*/creditcurve.db")
    assert {folder.parent.name for folder in folders} == set(released)


def test_a_release_writes_version_and_date(repository: Path) -> None:
    """The unreleased changes are those of the release, and a new section begins."""
    done = _release(repository, "1.5.0", "--only-files")
    assert (done.returncode, done.stderr) == (0, "")
    source = (repository / "src/creditcurve/__init__.py").read_text()
    assert '__version__ = "1.5.0"' in source
    changed = (repository / "CHANGELOG.md").read_text("utf-8")
    heads = re.findall(r"^## (.*)$", changed, re.MULTILINE)
    assert heads[0] == "[Unreleased]"
    assert heads[1].startswith("[1.5.0] - 20")
    assert re.sub(r"\n## \[1\.5\.0\] - .*\n", "", changed, count=1) == NOTES


@pytest.mark.parametrize("version", ["", "1.0", "0.0.1", PRESENT])
def test_a_version_that_is_not_later_is_refused(repository: Path, version: str) -> None:
    """Nothing is written, and the right form is named."""
    done = _release(repository, version, "--only-files")
    assert done.returncode == 1
    assert f"is not above {PRESENT}: make release VERSION=" in done.stderr
    assert (repository / "CHANGELOG.md").read_text("utf-8") == NOTES


def test_uncommitted_files_are_refused(repository: Path) -> None:
    """They would become a part of the release."""
    (repository / "notes.txt").write_text("")
    assert "the working tree has changes" in _release(repository, "1.5.0", "--only-files").stderr


def test_a_release_needs_changes(repository: Path) -> None:
    """A section without text is no release."""
    (repository / "CHANGELOG.md").write_text("## [Unreleased]\n\n## [0.1.0] - 2026-11-26\n")
    _git(repository, "commit", "--quiet", "--all", "-m", "Empty")
    done = _release(repository, "1.5.0", "--only-files")
    assert "has nothing under Unreleased" in done.stderr


def test_the_tests_of_a_release_see_its_data_folder(repository: Path) -> None:
    """Among them is one that expects a folder for each version of the changelog."""
    (repository / "Makefile").write_text("test:\n\t@test -f folder\npackage:\n\t@true\n")
    (repository / "scripts").mkdir()
    (repository / "scripts/released_folder.py").write_text("open('folder', 'w').close()\n")
    _git(repository, "add", "--all")
    _git(repository, "commit", "--quiet", "-m", "Add the steps")
    for name, value in {"user.name": "Ada", "user.email": "ada@example.org"}.items():
        _git(repository, "config", name, value)
    done = _release(repository, "1.5.0")
    assert done.returncode == 0, done.stderr
    tags = ["/usr/bin/env", "git", "tag", "--points-at", "HEAD"]
    assert (
        subprocess.run(tags, cwd=repository, check=True, capture_output=True).stdout == b"v1.5.0\n"
    )


@pytest.mark.parametrize("failing", ["data folder", "commit"])
def test_the_named_command_removes_all_that_a_failed_release_wrote(
    repository: Path, failing: str
) -> None:
    """Also new files, whether staged or not."""
    result = 1 if failing == "data folder" else 0
    (repository / "Makefile").write_text("test package:\n\t@true\n")
    (repository / "scripts").mkdir()
    (repository / "scripts/released_folder.py").write_text(
        "from pathlib import Path\n"
        "Path('fixtures').mkdir()\n"
        "Path('fixtures/creditcurve.db').write_text('')\n"
        f"raise SystemExit({result})\n"
    )
    _git(repository, "add", "--all")
    _git(repository, "commit", "--quiet", "-m", "Add the steps")
    hook = repository / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    done = _release(repository, "1.5.0")
    assert (repository / "fixtures").is_dir()
    undo = done.stderr.partition("undo with: ")[2]
    subprocess.run(["/bin/sh", "-c", undo], cwd=repository, check=True, capture_output=True)
    state = ["/usr/bin/env", "git", "status", "--porcelain"]
    assert subprocess.run(state, cwd=repository, check=True, capture_output=True).stdout == b""
    assert (repository / "CHANGELOG.md").read_text("utf-8") == NOTES
    assert not (repository / "fixtures").exists()
