"""A systemd unit, of the user or of the machine.

The machine's unit runs under a separate account (``DynamicUser``) with its data in
``/var/lib/creditcurve``. Both units give the program as little as it needs; see ``hardening.py``.
"""

import contextlib
import getpass
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from creditcurve.cli.exits import CommandError, Exit
from creditcurve.cli.service import homes
from creditcurve.cli.service.hardening import manager_accepts, system_hardening, user_hardening
from creditcurve.cli.service.plan import Plan, Start, call, shows, succeeds
from creditcurve.cli.service.unit import unit

NAME: Final = "creditcurve.service"
SYSTEM_FOLDER: Final = Path("/etc/systemd/system")


class Systemd:
    """Implements ``plan.Manager``."""

    def __init__(self, accepts: Callable[[Sequence[str]], bool]) -> None:
        self._accepts = accepts

    def path(self, plan: Plan) -> str:
        """Return the path of the unit."""
        return str(_folder(plan) / NAME)

    def definition(self, plan: Plan) -> str:
        """Return the unit."""
        return unit(plan, self._hardening(plan))

    def _hardening(self, plan: Plan) -> list[str]:
        return system_hardening() if plan.is_system else user_hardening(self._accepts)

    def check(self, plan: Plan) -> None:
        """Check that the manager answers, and that the machine's unit can be used.

        Raises:
            CommandError: it does not, no account could use the page, or the program is in a
                home folder, which the unit hides.
        """
        if plan.is_system and "CREDITCURVE_ACCESS_KEY_FILE" not in dict(plan.secret_files):
            raise CommandError(
                "The machine's service has an account of its own, and answers yours only with an "
                "access key: add --access-key-file FILE, made by openssl rand -hex 16 > FILE.",
                "系统服务使用单独的账户，其他账户需要访问密钥才能使用："
                "请加上 --access-key-file 文件，文件可用 openssl rand -hex 16 > 文件 生成。",
                Exit.CONFIG,
            )
        if plan.is_system and (folder := homes.first_in_home(plan.program_folders)):
            raise CommandError(
                f"The machine's service cannot run a program in a home folder ({folder}): leave "
                "out --system, the service of your account starts at boot too; or install "
                "CreditCurve outside of home folders first, such as in /opt.",
                f"系统服务无法运行主目录中的程序（{folder}）：请去掉 --system，"
                "当前账户的服务同样会开机启动；或先把 CreditCurve 安装到主目录之外，例如 /opt。",
            )
        _check_manager(plan)

    def install(self, plan: Plan) -> Start:
        """Write the unit, enable it and start it; let the account's units start at boot."""
        folder = _folder(plan)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NAME).write_text(self.definition(plan), encoding="utf-8")
        call([*_systemctl(plan), "daemon-reload"])
        call([*_systemctl(plan), "enable", NAME])
        call([*_systemctl(plan), "restart", NAME])
        if plan.is_system or _units_start_at_boot():
            return Start.AT_BOOT
        return Start.AT_LOGIN_UNTIL_ALLOWED

    def is_running(self, plan: Plan) -> bool:
        """Return whether the unit runs, or is about to."""
        return succeeds([*_systemctl(plan), "is-active", "--quiet", NAME])

    def logs(self, plan: Plan) -> str:
        """Return the command that shows the log."""
        return f"journalctl {'' if plan.is_system else '--user '}-u {NAME}"

    def status(self, plan: Plan) -> int:
        """Print the state as systemctl does."""
        _check_manager(plan)
        return shows([*_systemctl(plan), "--no-pager", "status", NAME])

    def uninstall(self, plan: Plan) -> None:
        """Stop the unit and remove it."""
        _check_manager(plan)
        call([*_systemctl(plan), "disable", "--now", NAME])
        (_folder(plan) / NAME).unlink(missing_ok=True)
        call([*_systemctl(plan), "daemon-reload"])


MANAGER: Final = Systemd(manager_accepts)


def _folder(plan: Plan) -> Path:
    if plan.is_system:
        return SYSTEM_FOLDER
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "systemd" / "user"


def _units_start_at_boot() -> bool:
    """Let the account's units start at boot; return whether they do, also by an earlier command."""
    if succeeds(["loginctl", "enable-linger"]):
        return True
    with contextlib.suppress(CommandError):
        return "Linger=yes" in call(["loginctl", "show-user", getpass.getuser()])
    return False


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
        raise _no_session(plan) from error


def _no_session(plan: Plan) -> CommandError:
    """Return the next step; the machine's service is none if it could not see the program."""
    en = "systemd does not manage this account's session: log in directly (not by su or sudo)"
    zh = "systemd 没有管理当前账户的会话：请直接登录（不要用 su 或 sudo 切换）"
    if homes.first_in_home(plan.program_folders):
        return CommandError(
            f"{en}, such as by ssh, and repeat this.", f"{zh}，例如通过 ssh，再重试。"
        )
    return CommandError(
        f"{en}, or use the machine's service: sudo creditcurve service install --system.",
        f"{zh}，或使用系统服务：sudo creditcurve service install --system。",
    )


def _systemctl(plan: Plan) -> list[str]:
    return ["systemctl"] if plan.is_system else ["systemctl", "--user"]
