"""The commands by name. Each is a module with its arguments, imported when it is called."""

from typing import Final

from cyclopts import App, CycloptsError, Group

from creditcurve import __version__
from creditcurve.cli.exits import Exit, fail
from creditcurve.cli.help import HelpFormatter
from creditcurve.cli.registry import ARGUMENTS, OPTIONS, Command, add_commands, say
from creditcurve.cli.terminal import new_console
from creditcurve.cli.usage import usage_text

COMMANDS: Final = (
    Command(
        "serve",
        "serve",
        "Collect and show the curve. A flag beats the environment, the environment the default.",
        "采集并显示曲线。参数优先于环境变量和默认值。",
    ),
    Command(
        "demo",
        "demo",
        "Show the page with a simulated site and a day of history, in a temporary folder.",
        "用模拟站点和一整天的历史数据展示页面，数据存于临时目录。",
    ),
    Command(
        "login",
        "login",
        "Print a link that logs a browser in once, within 15 minutes, without the access key.",
        "打印一个登录链接：15 分钟内有效，只能用一次，无需访问密钥。",
    ),
    Command(
        "status",
        "status",
        "Show the state of the running instance. Exit code: 0 OK, 1 problem, 69 not running.",
        "显示运行中实例的状态。退出码：0 正常，1 有问题，69 未运行。",
    ),
    Command(
        "statusline",
        "statusline.command",
        "Print one short line for shell prompts and status bars.",
        "打印一行简短状态，用于终端提示符和状态栏。",
    ),
    Command(
        "refresh",
        "refresh",
        "Ask the site for new requests now, also while collecting is off.",
        "立即向站点查询新请求；采集关闭时也可使用。",
    ),
    Command(
        "records",
        "records",
        "List the newest stored requests.",
        "列出最近保存的请求。",
    ),
    Command(
        "days",
        "days",
        "Show the sums of the last days.",
        "显示最近几天的合计。",
    ),
    Command(
        "account",
        "account",
        "Show balance, plan, when the balance runs out, and past resets.",
        "显示余额、套餐、预计用完时间和重置记录。",
    ),
    Command(
        "alerts",
        "alerts",
        "List alerts, and test a channel.",
        "查看提醒，测试通知渠道。",
    ),
    Command(
        "settings",
        "settings",
        "Read and change the settings.",
        "查看和修改设置。",
    ),
    Command(
        "watch",
        "watch.command",
        "Draw the live curve in the terminal.",
        "在终端中显示实时曲线。",
    ),
    Command(
        "cookie",
        "cookie",
        "Set, check or delete the cookie; its value is never shown.",
        "设置、验证或删除 Cookie；不会显示其内容。",
    ),
    Command(
        "export",
        "export",
        "Write the stored requests, oldest first, with or without a running instance.",
        "导出已保存的请求，从旧到新；有无实例运行均可。",
    ),
    Command(
        "import",
        "import_records",
        "Import an export: existing records are kept, new ones are added.",
        "导入之前的导出：已有的记录保持不变，新的记录会补入。",
    ),
    Command(
        "backup",
        "backup",
        "Copy the database, without the cookie; also while an instance runs.",
        "备份数据库，不含 Cookie；实例运行时也可备份。",
    ),
    Command(
        "restore",
        "restore",
        "Replace the database by a backup; the present one is kept. No instance may run.",
        "用备份恢复数据库，原数据库会保留；须先停止实例。",
    ),
    Command(
        "doctor",
        "doctor",
        "Check everything that serve needs; no cookie is sent.",
        "检查运行所需的一切；不会发送 Cookie。",
    ),
    Command(
        "health",
        "health",
        "Print whether the running instance works; for containers and monitors.",
        "检查正在运行的实例是否正常，供容器和监控使用。",
    ),
    Command(
        "service",
        "service",
        "Start the program at boot or at login.",
        "开机或登录时自动启动。",
    ),
    Command(
        "completion",
        "completion",
        "Print a completion script for bash, zsh, fish or PowerShell.",
        "打印 bash、zsh、fish 或 PowerShell 的补全脚本。",
    ),
    Command(
        "openapi",
        "openapi",
        "Print the OpenAPI document of the HTTP API.",
        "打印 HTTP API 的 OpenAPI 文档。",
    ),
)


def parse_and_run(arguments: list[str]) -> int:
    """Parse the command line and run its command; return the exit code."""
    is_help = not arguments or not {"--help", "-h"}.isdisjoint(arguments)
    console = new_console() if is_help else None
    try:
        code: int | None = new_app()(
            arguments, console=console, exit_on_error=False, print_error=False
        )
    except CycloptsError as error:
        return fail(usage_text(error), Exit.USAGE)
    return code or Exit.OK  # --help and --version return nothing


def new_app() -> App:
    """Return the program with all commands, none of them imported."""
    app = App(
        name="creditcurve",
        help=say(
            "The live curve of your Claude Code credits on AICodeMirror, on your own machine.",
            "在你自己的机器上实时查看 AICodeMirror 的 Claude Code 积分消耗曲线。",
        ),
        version=__version__,
        help_format="plaintext",
        help_formatter=HelpFormatter(say),
        result_action="return_value",
        exit_on_error=False,
        print_error=False,
        group_commands=Group(say("Commands", "命令")),
        group_parameters=OPTIONS,
        group_arguments=ARGUMENTS,
    )
    app["--help"].help = say("Show this help.", "显示帮助。")
    app["--version"].help = say("Show the version.", "显示版本号。")
    add_commands(app, COMMANDS)
    return app
