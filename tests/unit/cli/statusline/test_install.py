"""``creditcurve statusline install|uninstall``: Claude Code's settings, changed and given back."""

import json
import shlex
import subprocess
from pathlib import Path

import pytest

from support.commands import run
from support.program import Program

OTHER = {"type": "command", "command": "starship prompt"}


class Claude:
    """A folder of Claude Code's settings."""

    def __init__(self, folder: Path) -> None:
        self.program = Program(folder, "http://127.0.0.1:9")
        self.folder = folder / "claude"
        self.file = self.folder / "settings.json"
        self.copy = self.folder / "settings.json.before-creditcurve"

    def write(self, text: str) -> None:
        """Write the settings."""
        self.folder.mkdir()
        self.file.write_text(text, encoding="utf-8")

    def run(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of the status line."""
        given = {"CLAUDE_CONFIG_DIR": str(self.folder), **environment}
        return run(self.program, "statusline", *arguments, environment=given)

    @property
    def line(self) -> dict[str, str] | None:
        """The status line in the settings."""
        found: dict[str, str] | None = json.loads(self.file.read_text()).get("statusLine")
        return found


@pytest.fixture
def claude(tmp_path: Path) -> Claude:
    """Claude Code without settings."""
    return Claude(tmp_path)


def test_the_installed_command_prints_the_line(claude: Claude) -> None:
    """Its paths are absolute: Claude Code may have another PATH."""
    assert claude.run("install", "--data-dir", str(claude.program.data_dir)).returncode == 0
    assert claude.line is not None
    words = shlex.split(claude.line["command"])
    assert Path(words[0]).is_absolute()
    done = subprocess.run(
        ["/bin/sh", "-c", claude.line["command"]],
        input=b"{}",
        capture_output=True,
        env=claude.program.environment(),
        check=False,
        timeout=30,
    )
    assert (done.returncode, done.stdout) == (0, b"CC not running\n")


def test_other_settings_and_their_form_are_kept(claude: Claude) -> None:
    """Order, indentation, letters; the change is shown and the previous file kept."""
    before = '{\n    "model": "opus",\n    "greeting": "你好",\n    "env": {}\n}\n'
    claude.write(before)
    done = claude.run("install")
    after = claude.file.read_text(encoding="utf-8")
    assert after.startswith(before.removesuffix("\n}\n") + ',\n    "statusLine": {')
    assert '+    "statusLine": {' in done.stdout
    assert claude.copy.read_text(encoding="utf-8") == before
    assert claude.run("uninstall").returncode == 0
    assert claude.file.read_text(encoding="utf-8") == before
    assert not claude.copy.exists()


def test_another_status_line_is_replaced_only_with_consent(claude: Claude) -> None:
    """Without a terminal the flag is needed; the other one comes back."""
    claude.write(json.dumps({"statusLine": OTHER, "theme": "dark"}))
    refused = claude.run("install", LANG="zh_CN.UTF-8")
    assert refused.returncode == 1
    assert "--yes" in refused.stderr
    assert claude.line == OTHER
    assert claude.run("install", "--yes").returncode == 0
    assert claude.line != OTHER
    settings = json.loads(claude.file.read_text())
    claude.file.write_text(json.dumps({**settings, "theme": "light"}))
    assert claude.run("uninstall").returncode == 0
    assert json.loads(claude.file.read_text()) == {"statusLine": OTHER, "theme": "light"}


def test_a_second_installation_changes_nothing(claude: Claude) -> None:
    """The copy stays that of the first."""
    claude.write("{}")
    assert claude.run("install").returncode == 0
    once = claude.file.read_bytes()
    assert claude.run("install").stdout == "Already installed.\n"
    assert claude.run("install", "--data-dir", "/elsewhere").returncode == 0
    assert claude.copy.read_text() == "{}"
    assert claude.file.read_bytes() != once


def test_a_file_that_the_installation_created_is_removed(claude: Claude) -> None:
    """Nothing is left of it."""
    assert claude.run("install").returncode == 0
    assert claude.run("uninstall").returncode == 0
    assert list(claude.folder.iterdir()) == []


def test_print_only_shows_the_change(claude: Claude) -> None:
    assert '+  "statusLine": {' in claude.run("install", "--print").stdout
    assert not claude.folder.exists()


@pytest.mark.parametrize("content", ["", "[]", "{,}", "// comment\n{}"])
def test_a_file_without_a_json_object_is_not_changed(claude: Claude, content: str) -> None:
    """The error says so."""
    claude.write(content)
    done = claude.run("install", "--yes")
    assert (done.returncode, done.stdout) == (65, "")
    assert "Nothing was changed" in done.stderr
    assert claude.file.read_text() == content


def test_the_status_line_of_another_program_is_not_undone(claude: Claude) -> None:
    claude.write(json.dumps({"statusLine": OTHER}))
    assert claude.run("uninstall").returncode == 1
    assert claude.line == OTHER


def test_a_symbolic_link_stays_one(claude: Claude, tmp_path: Path) -> None:
    """Programs that manage such files keep the real one elsewhere."""
    real = tmp_path / "dotfiles.json"
    real.write_text("{}")
    claude.folder.mkdir()
    claude.file.symlink_to(real)
    assert claude.run("install").returncode == 0
    assert claude.file.is_symlink()
    assert "statusLine" in real.read_text()
