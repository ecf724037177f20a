"""``creditcurve statusline install``: make the line that of Claude Code."""

import shlex
import shutil
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from creditcurve.cli.exits import CommandError, Exit, run_safely
from creditcurve.cli.parameters import DataDir, Yes
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.statusline import claude
from creditcurve.cli.terminal import confirm, print_line, print_text

app = new_app("install", "creditcurve statusline install")


@app.default
def run(
    *,
    yes: Yes = False,
    print_only: Annotated[
        bool,
        Parameter(
            name="--print",
            negative="",
            help=say("Only show the change.", "只显示改动，不写入。"),
        ),
    ] = False,
    data_dir: DataDir = None,
) -> int:
    """Show the change and write it; return the exit code."""
    return run_safely(lambda: _install(data_dir, is_confirmed=yes, print_only=print_only))


def _install(data_dir: Path | None, *, is_confirmed: bool, print_only: bool) -> int:
    settings = claude.read(claude.settings_file())
    line = {"type": "command", "command": _command(data_dir)}
    if settings.values.get(claude.KEY) == line:
        print_line(say("Already installed.", "已安装。"))
        return Exit.OK
    text = claude.with_line(settings, line)
    print_text(claude.difference(settings, text))
    if print_only:
        return Exit.OK
    if claude.KEY in settings.values and not settings.is_ours and not is_confirmed:
        _ask()
    _write(settings, text)
    return Exit.OK


def _write(settings: claude.ClaudeSettings, text: str) -> None:
    """Keep a copy of a file that is not yet ours, and replace it."""
    is_kept = settings.text is not None and not settings.is_ours
    if is_kept:
        shutil.copy2(settings.file, settings.copy)
    claude.write(settings.file, text)
    print_line(say(f"Installed in {settings.file}.", f"已写入 {settings.file}。"))
    if is_kept:
        print_line(
            say(f"The previous file is kept: {settings.copy}", f"原文件已保留：{settings.copy}")
        )
    print_line(
        say("To undo: creditcurve statusline uninstall", "撤销：creditcurve statusline uninstall")
    )


def _ask() -> None:
    """Ask before another status line is replaced.

    Raises:
        CommandError: the answer is no, or nobody can be asked.
    """
    question = say(
        "Claude Code has another status line. Replace it? [y/N] ",
        "Claude Code 已有其他状态栏，是否替换？[y/N] ",
    )
    answer = confirm(question)
    if answer is None:
        raise CommandError(
            "Claude Code has another status line: add --yes to replace it.",
            "Claude Code 已有其他状态栏：如需替换请加上 --yes。",
        )
    if not answer:
        raise CommandError("Nothing was changed.", "未作任何修改。")


def _command(data_dir: Path | None) -> str:
    """Return the command as a shell needs it; paths are absolute, whatever the shell's PATH."""
    words = [*_program(), "statusline"]
    if data_dir is not None:
        words += ["--data-dir", str(data_dir.absolute())]
    return shlex.join(word.replace("\\", "/") for word in words)


def _program() -> list[str]:
    """Return the words that start this program; Claude Code runs them in a POSIX shell."""
    script = Path(sys.argv[0]).absolute()
    if getattr(sys, "frozen", False):
        return [sys.executable]
    if script.stem == "creditcurve" and script.is_file():
        return [str(script)]
    return [sys.executable, "-m", "creditcurve"]
