"""``creditcurve service``: start the program when the machine or the user's session starts.

A systemd unit on Linux, a launch agent on macOS, a scheduled task on Windows. Each runs the same
command, ``creditcurve serve --no-open``, with the folder and the port of this call.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from creditcurve.cli.exits import CommandError, Exit, run_command
from creditcurve.cli.service import launchd, systemd, windows
from creditcurve.cli.service.plan import Manager, Plan
from creditcurve.cli.terminal import print_line, system_language
from creditcurve.config import Config, Flags

MANAGERS: Final[dict[str, Manager]] = {
    "linux": systemd.MANAGER,
    "darwin": launchd.MANAGER,
    "win32": windows.MANAGER,
}


def install(flags: Flags, *, is_system: bool, key_file: Path | None, print_only: bool) -> int:
    """Write the service and start it, or only print it; return the exit code."""

    def work(config: Config) -> int:
        manager, plan = _manager(), _plan(config, is_system=is_system, key_file=key_file)
        if print_only:
            for line in manager.definition(plan).splitlines():
                print_line(line.expandtabs(2))
            return Exit.OK
        manager.install(plan)
        say = system_language()
        print_line(say(f"Installed: {manager.path(plan)}", f"已安装：{manager.path(plan)}"))
        return Exit.OK

    return run_command(flags, work)


def status(flags: Flags, *, is_system: bool) -> int:
    """Print whether the service is installed and running; return the exit code."""
    return _run(flags, is_system, lambda manager, plan: manager.status(plan))


def uninstall(flags: Flags, *, is_system: bool) -> int:
    """Stop the service and remove it; the data folder is kept. Return the exit code."""

    def remove(manager: Manager, plan: Plan) -> int:
        manager.uninstall(plan)
        say = system_language()
        print_line(
            say(
                f"Removed. Your data stays in {plan.data_dir}.",
                f"已移除，数据仍保存在 {plan.data_dir}。",
            )
        )
        return Exit.OK

    return _run(flags, is_system, remove)


def _run(flags: Flags, is_system: bool, call: Callable[[Manager, Plan], int]) -> int:  # noqa: FBT001 - passed through
    return run_command(
        flags,
        lambda config: call(_manager(), _plan(config, is_system=is_system, key_file=None)),
    )


def _manager() -> Manager:
    manager = MANAGERS.get(sys.platform)
    if manager is None:
        raise CommandError(
            f"There is no service manager for {sys.platform} here.",
            f"不支持 {sys.platform} 的服务管理。",
        )
    return manager


def _plan(config: Config, *, is_system: bool, key_file: Path | None) -> Plan:
    return Plan(
        command=_command(),
        data_dir=config.data_dir,
        host=config.host,
        port=config.port,
        is_system=is_system,
        key_file=None if key_file is None else key_file.resolve(),
    )


def _command() -> tuple[str, ...]:
    """Return the command that starts this program: the executable, or Python with the module."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (sys.executable, "-m", "creditcurve")
