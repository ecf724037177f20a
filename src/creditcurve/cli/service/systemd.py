"""A systemd unit, of the user or of the machine.

The machine's unit runs under an account of its own (``DynamicUser``) with its data in
``/var/lib/creditcurve``. Both units give the program as little as it needs; see ``hardening.py``.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from creditcurve.cli.exits import CommandError
from creditcurve.cli.service.hardening import can_confine, hardening
from creditcurve.cli.service.plan import Plan, call, shows

NAME: Final = "creditcurve.service"
SYSTEM_FOLDER: Final = Path("/etc/systemd/system")
STATE: Final = "/var/lib/creditcurve"


class Systemd:
    """Implements ``plan.Manager``."""

    def __init__(self, can_confine: Callable[[], bool]) -> None:
        self._can_confine = can_confine

    def path(self, plan: Plan) -> str:
        """Return the path of the unit."""
        return str(_folder(plan) / NAME)

    def definition(self, plan: Plan) -> str:
        """Return the unit."""
        return "\n".join(
            (
                "[Unit]",
                "Description=CreditCurve, the live curve of Claude Code credits",
                "After=network-online.target",
                "Wants=network-online.target",
                "",
                "[Service]",
                "Type=exec",
                f"ExecStart={' '.join(map(quote, plan.arguments))}",
                "Restart=on-failure",
                "RestartSec=5",
                "RestartPreventExitStatus=75 78",
                *_data(plan),
                *_key(plan),
                *self._hardening(plan),
                "",
                "[Install]",
                f"WantedBy={'multi-user' if plan.is_system else 'default'}.target",
                "",
            )
        )

    def _hardening(self, plan: Plan) -> list[str]:
        is_confined = plan.is_system or self._can_confine()
        return hardening(is_system=plan.is_system, is_confined=is_confined)

    def install(self, plan: Plan) -> None:
        """Write the unit, enable it and start it."""
        _check_manager(plan)
        folder = _folder(plan)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NAME).write_text(self.definition(plan), encoding="utf-8")
        call([*_systemctl(plan), "daemon-reload"])
        call([*_systemctl(plan), "enable", NAME])
        call([*_systemctl(plan), "restart", NAME])

    def status(self, plan: Plan) -> int:
        """Print the state as systemctl does."""
        return shows([*_systemctl(plan), "--no-pager", "status", NAME])

    def uninstall(self, plan: Plan) -> None:
        """Stop the unit and remove it."""
        call([*_systemctl(plan), "disable", "--now", NAME])
        (_folder(plan) / NAME).unlink(missing_ok=True)
        call([*_systemctl(plan), "daemon-reload"])


MANAGER: Final = Systemd(can_confine)


def quote(argument: str) -> str:
    """Return an argument of a command: specifiers, variables and spaces are literal."""
    return _quoted(argument.replace("$", "$$"))


def assignment(name: str, value: object) -> str:
    """Return a line that sets a variable of the environment; a dollar sign is literal there."""
    return f"Environment={_quoted(f'{name}={value}')}"


def _quoted(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{text}"' if any(mark in text for mark in " \t'\"\\;") else text


def _folder(plan: Plan) -> Path:
    if plan.is_system:
        return SYSTEM_FOLDER
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "systemd" / "user"


def _check_manager(plan: Plan) -> None:
    """Check that the manager answers, before anything is written.

    Raises:
        CommandError: it does not.
    """
    try:
        call([*_systemctl(plan), "show-environment"])
    except CommandError as error:
        if plan.is_system:
            raise
        raise CommandError(
            "systemd does not manage this account's session: log in directly (not by su or sudo), "
            "or run sudo creditcurve service install --system.",
            "systemd 没有管理当前账户的会话：请直接登录（不要用 su 或 sudo 切换），"
            "或运行 sudo creditcurve service install --system。",
        ) from error


def _systemctl(plan: Plan) -> list[str]:
    return ["systemctl"] if plan.is_system else ["systemctl", "--user"]


def _data(plan: Plan) -> list[str]:
    if plan.is_system:
        return [
            "StateDirectory=creditcurve",
            "StateDirectoryMode=0700",
            f"Environment=CREDITCURVE_DATA_DIR={STATE}",
            f"Environment=XDG_CONFIG_HOME={STATE}/config",
        ]
    return [assignment("CREDITCURVE_DATA_DIR", plan.data_dir)]


def _key(plan: Plan) -> list[str]:
    if plan.key_file is None:
        return []
    if not plan.is_system:
        return [assignment("CREDITCURVE_ACCESS_KEY_FILE", plan.key_file)]
    return [
        f"LoadCredential=access_key:{quote(str(plan.key_file))}",
        "Environment=CREDITCURVE_ACCESS_KEY_FILE=%d/access_key",
    ]
