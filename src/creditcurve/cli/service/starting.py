"""The steps of an installation: check, write and start, wait for the answer."""

from typing import Final

from creditcurve.cli.registry import say
from creditcurve.cli.service.plan import Manager, Plan, Start
from creditcurve.cli.service.readiness import check_free, wait_until_it_answers
from creditcurve.cli.terminal import print_line

_STARTS: Final = {
    Start.AT_BOOT: ("starts at every boot.", "以后开机自动启动。"),
    Start.AT_LOGIN: ("starts when you log in.", "以后登录时自动启动。"),
    Start.AT_LOGIN_UNTIL_ALLOWED: (
        "starts when you log in; for a start at every boot: sudo loginctl enable-linger $USER",
        "以后登录时自动启动；如需开机启动，请运行：sudo loginctl enable-linger $USER",
    ),
}


def start(manager: Manager, plan: Plan) -> None:
    """Install a service and wait until it answers.

    Raises:
        CommandError: it cannot be installed, or does not answer.
    """
    manager.check(plan)
    check_free(manager, plan)
    when = manager.install(plan)
    print_line(say(f"Installed: {manager.path(plan)}", f"已安装：{manager.path(plan)}"))
    wait_until_it_answers(manager, plan)
    en, zh = _STARTS[when]
    shown = f"[{plan.host}]" if ":" in plan.host else plan.host
    page = f"http://{shown}:{plan.port}" if plan.port else "CreditCurve"
    print_line(say(f"{page} answers. It {en}", f"{page} 已启动，{zh}"))
