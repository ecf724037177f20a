"""The settings file of Claude Code, and the status line in it.

A change keeps everything else: other settings, their order, the indentation, and a symbolic link.
"""

import difflib
import json
import os
import re
from pathlib import Path
from typing import Any, Final

import msgspec

from creditcurve.cli.exits import CommandError, Exit

KEY: Final = "statusLine"
_COPY_SUFFIX: Final = ".before-creditcurve"
_OURS: Final = re.compile(r"creditcurve\b.*\bstatusline\b", re.IGNORECASE)
_INDENT: Final = re.compile(r"^([ \t]+)\"", re.MULTILINE)


class ClaudeSettings(msgspec.Struct, frozen=True):
    """The content of the file; ``text`` is None while there is no file."""

    file: Path
    text: str | None
    values: dict[str, Any]

    @property
    def copy(self) -> Path:
        """The copy of the file from before the installation."""
        return self.file.with_name(self.file.name + _COPY_SUFFIX)

    @property
    def is_ours(self) -> bool:
        """Whether the status line runs this program."""
        line = self.values.get(KEY)
        command = line.get("command") if isinstance(line, dict) else None
        return isinstance(command, str) and _OURS.search(command) is not None


def settings_file() -> Path:
    """Return the path of the file, with symbolic links resolved.

    Raises:
        CommandError: the account has no home folder.
    """
    folder = os.environ.get("CLAUDE_CONFIG_DIR")
    try:
        return ((Path(folder) if folder else Path.home() / ".claude") / "settings.json").resolve()
    except RuntimeError as error:
        raise CommandError(
            "This account has no home folder: set CLAUDE_CONFIG_DIR.",
            "当前账户没有主目录：请设置 CLAUDE_CONFIG_DIR。",
            Exit.CONFIG,
        ) from error


def read(file: Path) -> ClaudeSettings:
    """Return the content of the file.

    Raises:
        CommandError: it is not a JSON object; nothing was changed.
        OSError: it cannot be read.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ClaudeSettings(file, None, {})
    try:
        values = json.loads(text)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise CommandError(
            f"{file} is not a JSON object: correct it first. Nothing was changed.",
            f"{file} 不是 JSON 对象：请先修正。未作任何修改。",
            Exit.DATA_ERROR,
        )
    return ClaudeSettings(file, text, values)


def with_line(settings: ClaudeSettings, line: Any) -> str:
    """Return the text of the file with a status line; None removes it."""
    values = {**settings.values, KEY: line}
    if line is None:
        del values[KEY]
    found = _INDENT.search(settings.text or "")
    return json.dumps(values, indent=found[1] if found else 2, ensure_ascii=False) + "\n"


def difference(settings: ClaudeSettings, text: str) -> str:
    """Return the lines that a change adds and removes, as a unified diff."""
    before = (settings.text or "").splitlines(keepends=True)
    name = str(settings.file)
    lines = difflib.unified_diff(before, text.splitlines(keepends=True), name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def write(file: Path, text: str) -> None:
    """Replace the file atomically, with its mode.

    Raises:
        OSError: it cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        draft.write_text(text, encoding="utf-8")
        if file.exists():
            draft.chmod(file.stat().st_mode & 0o777)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
