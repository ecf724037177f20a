"""The names of the settings."""

from creditcurve.cli.exits import CommandError, Exit


def unknown_name(name: str) -> CommandError:
    """Return the error of a setting that does not exist."""
    return CommandError(
        f"There is no setting {name}: creditcurve settings get lists all of them.",
        f"没有名为 {name} 的设置：用 creditcurve settings get 查看全部。",
        Exit.USAGE,
    )
