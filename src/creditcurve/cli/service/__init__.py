"""``creditcurve service``: start the program when the machine or the user's session starts.

A systemd unit on Linux, a launch agent on macOS, a scheduled task on Windows. Each runs the same
command, ``creditcurve serve --no-open``, with the folder and the port of this call.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

from cyclopts import Parameter

from creditcurve.cli.exits import CommandError, Exit, run_command
from creditcurve.cli.parameters import DataDir, Host, Port
from creditcurve.cli.registry import examples, new_app, say
from creditcurve.cli.service import launchd, systemd, windows
from creditcurve.cli.service.plan import Manager, Plan
from creditcurve.cli.terminal import print_line
from creditcurve.config import Config, Flags

app = new_app("service", "creditcurve service install --port 9090")

MANAGERS: Final[dict[str, Manager]] = {
    "linux": systemd.MANAGER,
    "darwin": launchd.MANAGER,
    "win32": windows.MANAGER,
}


System = Annotated[
    bool,
    Parameter(
        name="--system",
        negative="",
        help=say("For the machine, not for the user.", "安装为系统服务，而非用户服务。"),
    ),
]


@app.command(
    help=say("Install and start the service.", "安装并启动服务。"),
    help_epilogue=examples("creditcurve service install --port 9090"),
)
def install(  # noqa: PLR0913 - one parameter for each flag
    *,
    host: Host = None,
    port: Port = None,
    data_dir: DataDir = None,
    system: System = False,
    access_key_file: Annotated[
        Path | None,
        Parameter(help=say("File with the access key.", "保存访问密钥的文件。")),
    ] = None,
    print_only: Annotated[
        bool,
        Parameter(
            name="--print",
            negative="",
            help=say("Only print the service's definition.", "只打印服务定义，不安装。"),
        ),
    ] = False,
) -> int:
    """Write the service and start it, or only print it; return the exit code."""

    def work(config: Config) -> int:
        manager = _manager()
        plan = _plan(config, is_system=system, key_file=access_key_file)
        if print_only:
            for line in manager.definition(plan).splitlines():
                print_line(line.expandtabs(2))
            return Exit.OK
        manager.install(plan)
        print_line(say(f"Installed: {manager.path(plan)}", f"已安装：{manager.path(plan)}"))
        return Exit.OK

    return run_command(Flags(host=host, port=port, data_dir=data_dir), work)


@app.command(
    help=say("Show the state of the service.", "显示服务状态。"),
    help_epilogue=examples("creditcurve service status"),
)
def status(*, data_dir: DataDir = None, system: System = False) -> int:
    """Print whether the service is installed and running; return the exit code."""
    return _run(data_dir, system, lambda manager, plan: manager.status(plan))


@app.command(
    help=say("Stop and remove the service; data is kept.", "停止并移除服务，数据保留。"),
    help_epilogue=examples("creditcurve service uninstall"),
)
def uninstall(*, data_dir: DataDir = None, system: System = False) -> int:
    """Stop the service and remove it; the data folder is kept. Return the exit code."""

    def remove(manager: Manager, plan: Plan) -> int:
        manager.uninstall(plan)
        kept = plan.data_dir
        print_line(say(f"Removed. Your data stays in {kept}.", f"已移除，数据仍保存在 {kept}。"))
        return Exit.OK

    return _run(data_dir, system, remove)


def _run(data_dir: Path | None, is_system: bool, call: Callable[[Manager, Plan], int]) -> int:  # noqa: FBT001 - passed through
    return run_command(
        Flags(data_dir=data_dir),
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
