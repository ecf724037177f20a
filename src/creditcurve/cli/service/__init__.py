"""``creditcurve service``: start the program when the machine or the user's session starts.

A systemd unit on Linux, a launch agent on macOS, a scheduled task on Windows. Each runs the same
command, ``creditcurve serve --no-open``, with the folder, the port and the variables of this call.
"""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Final

from cyclopts import Parameter

from creditcurve.cli.exits import CommandError, Exit, run_command, run_safely
from creditcurve.cli.parameters import DataDir, Host, Port
from creditcurve.cli.registry import examples, new_app, say
from creditcurve.cli.service import launchd, program, systemd, windows
from creditcurve.cli.service.environment import kept, secret_files
from creditcurve.cli.service.plan import Manager, Plan
from creditcurve.cli.service.starting import start
from creditcurve.cli.service.unit import DATA
from creditcurve.cli.terminal import print_line
from creditcurve.config import Config, Flags, load

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
        plan = _plan(config, is_system=system, environment=environment)
        if print_only:
            for line in manager.definition(plan).splitlines():
                print_line(line.expandtabs(2))
            return Exit.OK
        start(manager, plan)
        return Exit.OK

    environment = dict(os.environ)
    if access_key_file is not None:
        environment["CREDITCURVE_ACCESS_KEY_FILE"] = str(access_key_file)
    flags = Flags(host=host, port=port, data_dir=data_dir)
    return run_safely(lambda: work(load(flags, environment)))


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
        lambda config: call(_manager(), _plan(config, is_system=is_system, environment={})),
    )


def _manager() -> Manager:
    manager = MANAGERS.get(sys.platform)
    if manager is None:
        raise CommandError(
            f"There is no service manager for {sys.platform} here: let this system start "
            "creditcurve serve by its own means.",
            f"不支持 {sys.platform} 的服务管理：请用系统自带的方式运行 creditcurve serve。",
        )
    return manager


def _plan(config: Config, *, is_system: bool, environment: Mapping[str, str]) -> Plan:
    return Plan(
        command=program.command(),
        data_dir=DATA if is_system and sys.platform == "linux" else config.data_dir,
        host=config.host,
        port=config.port,
        is_system=is_system,
        environment=kept(environment),
        secret_files=tuple(secret_files(environment)),
        program_folders=program.folders(),
    )
