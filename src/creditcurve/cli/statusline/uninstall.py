"""``creditcurve statusline uninstall``: give Claude Code its previous status line back."""

from typing import Any

from creditcurve.cli.exits import CommandError, Exit, run_safely
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.statusline import claude
from creditcurve.cli.terminal import print_line, print_text

app = new_app("uninstall", "creditcurve statusline uninstall")


@app.default
def run() -> int:
    """Show the change and write it; return the exit code."""
    return run_safely(_uninstall)


def _uninstall() -> int:
    settings = claude.read(claude.settings_file())
    if not settings.is_ours:
        raise CommandError(
            f"The status line in {settings.file} is not CreditCurve's: nothing to undo.",
            f"{settings.file} 中的状态栏不是 CreditCurve 的，无需撤销。",
        )
    previous = _previous(settings)
    text = claude.with_line(settings, previous)
    print_text(claude.difference(settings, text))
    if previous is None and settings.values.keys() == {claude.KEY} and not settings.copy.exists():
        settings.file.unlink()  # the installation created it
    else:
        claude.write(settings.file, text)
    settings.copy.unlink(missing_ok=True)
    print_line(say("Undone.", "已撤销。"))
    return Exit.OK


def _previous(settings: claude.ClaudeSettings) -> Any:
    """Return the status line from before the installation; other changes since then are kept."""
    try:
        return claude.read(settings.copy).values.get(claude.KEY)
    except CommandError:
        return None
