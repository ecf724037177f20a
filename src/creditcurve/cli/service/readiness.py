"""Whether a service can take its port and data folder, and whether it answers once started."""

import contextlib
import socket
import time
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from creditcurve.cli.client import NotRunningError, connected
from creditcurve.cli.exits import CommandError, Exit
from creditcurve.cli.service.plan import Manager, Plan
from creditcurve.instance import local_address

WAIT_S: Final = 60.0
_PAUSE_S: Final = 0.1


def check_free(manager: Manager, plan: Plan) -> None:
    """Check that no other program has the port or the data folder of the service.

    Raises:
        CommandError: one has.
    """
    if manager.is_running(plan):
        return  # it is replaced
    if (address := _instance_address(plan.data_dir)) is not None and not plan.is_system:
        raise CommandError(
            f"CreditCurve already runs at {address}, outside of the service. Stop it there with "
            "Ctrl+C, then repeat this command.",
            f"CreditCurve 已在 {address} 运行（不是作为服务）。请先在它的终端按 Ctrl+C 停止，"
            "再重新执行此命令。",
            Exit.TRY_AGAIN,
        )
    if plan.port and _answers(plan):
        raise CommandError(
            f"Another program uses port {plan.port}: stop it, or add --port {plan.port + 1}.",
            f"端口 {plan.port} 已被其他程序占用：请先停止它，或加上 --port {plan.port + 1}。",
            Exit.UNAVAILABLE,
        )


def wait_until_it_answers(manager: Manager, plan: Plan) -> None:
    """Wait until the service accepts connections, and the commands of this account find it.

    Raises:
        CommandError: it does not in time.
    """
    if plan.port == 0:
        return  # a free port: only the service knows which
    end_s = time.monotonic() + WAIT_S
    logs = manager.logs(plan)
    while not _is_ready(plan):
        if time.monotonic() > end_s:
            raise CommandError(
                f"The service is installed, but does not answer. Its log: {logs}",
                f"服务已安装，但没有响应。查看日志：{logs}",
            )
        time.sleep(_PAUSE_S)


def _is_ready(plan: Plan) -> bool:
    with contextlib.suppress(CommandError):
        return _answers(plan) and (plan.is_system or bool(_instance_address(plan.data_dir)))
    return False


def _instance_address(data_dir: Path) -> str | None:
    try:
        with connected(data_dir, timeout_s=5.0) as (_, instance, _status):
            return instance.address
    except NotRunningError:
        return None


def _answers(plan: Plan) -> bool:
    shown = f"[{plan.host}]" if ":" in plan.host else plan.host
    address = urlsplit(local_address(f"http://{shown}:{plan.port}"))
    try:
        socket.create_connection((address.hostname or "", plan.port), timeout=1.0).close()
    except OSError:
        return False
    return True
