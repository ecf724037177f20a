"""The commands by name, with their flags and help in the user's language."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, CycloptsError, Group, Parameter

from creditcurve import __version__
from creditcurve.cli.exits import Exit, fail
from creditcurve.cli.terminal import new_console, system_language
from creditcurve.cli.usage import usage_text
from creditcurve.config import Flags
from creditcurve.logs import LogFormat, LogLevel

_say = system_language()

app = App(
    name="creditcurve",
    help=_say(
        "The live curve of your Claude Code credits on AICodeMirror, on your own machine.",
        "在你自己的机器上实时查看 AICodeMirror 的 Claude Code 积分消耗曲线。",
    ),
    version=__version__,
    help_format="plaintext",
    result_action="return_value",
    exit_on_error=False,
    print_error=False,
    group_commands=Group(_say("Commands", "命令")),
    group_parameters=Group(_say("Parameters", "参数")),
    group_arguments=Group(_say("Arguments", "位置参数")),
)
app["--help"].help = _say("Show this help.", "显示帮助。")
app["--version"].help = _say("Show the version.", "显示版本号。")

Host = Annotated[str | None, Parameter(help=_say("Address to listen on.", "监听地址。"))]
Port = Annotated[
    int | None,
    Parameter(help=_say("Port to listen on; 0 chooses a free one.", "监听端口；0 为自动选择。")),
]
DataDir = Annotated[
    Path | None, Parameter(help=_say("Folder of the database.", "数据库所在目录。"))
]
Upstream = Annotated[str | None, Parameter(help=_say("Address of the site.", "站点地址。"))]
AccessKey = Annotated[
    str | None,
    Parameter(
        help=_say(
            "Key that browsers and scripts need. Other programs can read arguments: "
            "CREDITCURVE_ACCESS_KEY_FILE is safer.",
            "浏览器和脚本访问时需要的密钥。其他程序能看到命令行参数，"
            "建议改用 CREDITCURVE_ACCESS_KEY_FILE。",
        )
    ),
]
AllowedHosts = Annotated[
    tuple[str, ...],
    Parameter(
        name="--allowed-host",
        negative="",
        help=_say("Further host name of the page; may be repeated.", "页面的其他域名，可重复。"),
    ),
]
BasePath = Annotated[
    str | None,
    Parameter(
        help=_say(
            "Path below which a proxy serves the page, like /curve.",
            "反向代理提供页面的路径，例如 /curve。",
        )
    ),
]
TrustedProxies = Annotated[
    tuple[str, ...],
    Parameter(
        name="--trusted-proxy",
        negative="",
        help=_say(
            "Proxy (address or network) whose X-Forwarded headers are believed; may be repeated.",
            "受信任的代理地址或网段（采信其 X-Forwarded 请求头），可重复。",
        ),
    ),
]
PrivateChannels = Annotated[
    bool | None,
    Parameter(
        name="--allow-private-channels",
        negative="",
        help=_say(
            "Let alert messages be sent to addresses of the local network.",
            "允许向局域网地址发送告警消息。",
        ),
    ),
]
OpenPage = Annotated[
    bool | None,
    Parameter(
        name="--open",
        negative="--no-open",
        help=_say("Open the page in the browser.", "在浏览器中打开页面。"),
    ),
]
Level = Annotated[
    Literal["debug", "info", "warning", "error"] | None,
    Parameter(help=_say("Least severe level that is logged.", "日志级别。")),
]
Format = Annotated[
    Literal["text", "json"] | None, Parameter(help=_say("Form of a log line.", "日志格式。"))
]
FileForm = Literal["csv", "ndjson", "json"]


def parse_and_run(arguments: list[str]) -> int:
    """Parse the command line and run its command; return the exit code."""
    is_help = not arguments or not {"--help", "-h"}.isdisjoint(arguments)
    console = new_console() if is_help else None
    try:
        code: int | None = app(arguments, console=console, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        return fail(usage_text(error), Exit.USAGE)
    return code or Exit.OK  # --help and --version return nothing


@app.command(
    help=_say(
        "Collect and show the curve. A flag beats the environment, the environment the default.",
        "采集并显示曲线。命令行参数优先于环境变量，环境变量优先于默认值。",
    )
)
def serve(  # noqa: D103, PLR0913 - help above; one parameter for each flag
    *,
    host: Host = None,
    port: Port = None,
    data_dir: DataDir = None,
    upstream: Upstream = None,
    access_key: AccessKey = None,
    allowed_hosts: AllowedHosts = (),
    base_path: BasePath = None,
    trusted_proxies: TrustedProxies = (),
    private_channels: PrivateChannels = None,
    open_page: OpenPage = None,
    log_level: Level = None,
    log_format: Format = None,
) -> int:
    from creditcurve.cli.serve import run  # noqa: PLC0415 - see the package's docstring

    return run(
        Flags(
            host=host,
            port=port,
            data_dir=data_dir,
            upstream=upstream,
            access_key=access_key,
            allowed_hosts=allowed_hosts,
            base_path=base_path,
            trusted_proxies=trusted_proxies,
            allow_private_channels=private_channels,
            open_page=open_page,
            log_level=LogLevel(log_level) if log_level else None,
            log_format=LogFormat(log_format) if log_format else None,
        )
    )


@app.command(
    help=_say(
        "Show the page with a simulated site and a day of history, in a temporary folder.",
        "用模拟站点和一整天的历史数据展示页面，数据存于临时目录。",
    )
)
def demo(  # noqa: D103, PLR0913 - as serve
    *,
    host: Host = None,
    port: Port = None,
    access_key: AccessKey = None,
    allowed_hosts: AllowedHosts = (),
    base_path: BasePath = None,
    trusted_proxies: TrustedProxies = (),
    open_page: OpenPage = None,
) -> int:
    from creditcurve.cli.demo import run  # noqa: PLC0415 - see the package's docstring

    return run(
        Flags(
            host=host,
            port=port,
            access_key=access_key,
            allowed_hosts=allowed_hosts,
            base_path=base_path,
            trusted_proxies=trusted_proxies,
            open_page=open_page,
        )
    )


@app.command(
    help=_say(
        "Print a link that logs a browser in once, within 15 minutes, without the access key.",
        "打印一个登录链接：15 分钟内有效，只能用一次，无需访问密钥。",
    )
)
def login(*, data_dir: DataDir = None) -> int:  # noqa: D103 - as serve
    from creditcurve.cli.login import run  # noqa: PLC0415 - see the package's docstring

    return run(Flags(data_dir=data_dir))


@app.command(
    help=_say("Print the OpenAPI document of the HTTP API.", "打印 HTTP API 的 OpenAPI 文档。")
)
def openapi() -> int:  # noqa: D103 - as serve
    from creditcurve.cli.openapi import run  # noqa: PLC0415 - see the package's docstring

    return run()


@app.command(
    help=_say(
        "Show the state of the running instance. Exit code: 0 OK, 1 problem, 69 not running.",
        "显示运行中实例的状态。退出码：0 正常，1 有问题，69 未运行。",
    )
)
def status(  # noqa: D103 - as serve
    *,
    data_dir: DataDir = None,
    as_json: Annotated[
        bool,
        Parameter(
            name="--json",
            negative="",
            help=_say("Print the answer of GET /api/status.", "打印 GET /api/status 的返回内容。"),
        ),
    ] = False,
) -> int:
    from creditcurve.cli.status import run  # noqa: PLC0415 - see the package's docstring

    return run(Flags(data_dir=data_dir), as_json=as_json)


@app.command(
    help=_say(
        "Print one short line for shell prompts and status bars.",
        "打印一行简短状态，用于终端提示符和状态栏。",
    )
)
def statusline(*, data_dir: DataDir = None) -> int:  # noqa: D103 - as serve
    from creditcurve.cli.statusline import run  # noqa: PLC0415 - see the package's docstring

    return run(Flags(data_dir=data_dir))


@app.command(
    help=_say(
        "Write the stored requests, oldest first, with or without a running instance.",
        "导出已保存的请求，从旧到新；有无实例运行均可。",
    )
)
def export(  # noqa: D103, PLR0913 - as serve
    *,
    form: Annotated[
        FileForm, Parameter(name="--format", help=_say("Form of the file.", "文件格式。"))
    ] = "csv",
    start: Annotated[
        str | None,
        Parameter(
            name="--from",
            help=_say(
                "Start: a date like 2026-11-01, or an ISO 8601 instant with a zone.",
                "开始：形如 2026-11-01 的日期，或带时区的 ISO 8601 时刻。",
            ),
        ),
    ] = None,
    end: Annotated[
        str | None,
        Parameter(
            name="--to",
            help=_say(
                "End, not included: a date (its first moment) or an instant.",
                "结束（不含）：日期（取当天零点）或时刻。",
            ),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        Parameter(
            help=_say("File to write; default: standard output.", "输出文件，默认为标准输出。")
        ),
    ] = None,
    force: Annotated[
        bool, Parameter(negative="", help=_say("Overwrite an existing file.", "覆盖已有文件。"))
    ] = False,
    data_dir: DataDir = None,
) -> int:
    from creditcurve.cli.export import run  # noqa: PLC0415 - see the package's docstring

    flags = Flags(data_dir=data_dir)
    return run(flags, form=form, start=start, end=end, output=output, force=force)


@app.command(
    name="import",
    help=_say(
        "Import an export: existing records are kept, new ones are added.",
        "导入之前的导出：已有的记录保持不变，新的记录会补入。",
    ),
)
def import_records(  # noqa: D103 - as serve
    source: Annotated[
        Path,
        Parameter(
            help=_say("An export; - for standard input.", "导出文件；- 为标准输入。"),
            allow_leading_hyphen=True,
        ),
    ],
    /,
    *,
    form: Annotated[
        FileForm | None,
        Parameter(
            name="--format",
            help=_say("Form of the file; default: by its name.", "文件格式，默认根据文件名判断。"),
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        Parameter(
            negative="", help=_say("Read everything, store nothing.", "只读取检查，不写入。")
        ),
    ] = False,
    data_dir: DataDir = None,
) -> int:
    from creditcurve.cli.import_records import run  # noqa: PLC0415 - see the package's docstring

    return run(Flags(data_dir=data_dir), source, form=form, is_dry=dry_run)


@app.command(
    help=_say(
        "Copy the database, without the cookie; also while an instance runs.",
        "备份数据库，不含 Cookie；实例运行时也可备份。",
    )
)
def backup(  # noqa: D103 - as serve
    target: Annotated[
        Path, Parameter(help=_say("File to write, or a folder.", "输出文件或目录。"))
    ],
    /,
    *,
    overwrite: Annotated[
        bool,
        Parameter(
            name=("--force", "--overwrite"),
            negative="",
            help=_say("Overwrite an existing file.", "覆盖已有文件。"),
        ),
    ] = False,
    data_dir: DataDir = None,
) -> int:
    from creditcurve.cli.backup import run  # noqa: PLC0415 - see the package's docstring

    return run(Flags(data_dir=data_dir), target, overwrite=overwrite)


@app.command(
    help=_say(
        "Replace the database by a backup; the present one is kept. No instance may run.",
        "用备份恢复数据库，原数据库会保留；须先停止实例。",
    )
)
def restore(  # noqa: D103 - as serve
    source: Annotated[Path, Parameter(help=_say("A backup.", "备份文件。"))],
    /,
    *,
    data_dir: DataDir = None,
) -> int:
    from creditcurve.cli.restore import run  # noqa: PLC0415 - see the package's docstring

    return run(Flags(data_dir=data_dir), source)


@app.command(
    help=_say(
        "Check everything that serve needs; no cookie is sent.",
        "检查运行所需的一切；不会发送 Cookie。",
    )
)
def doctor(*, data_dir: DataDir = None) -> int:  # noqa: D103 - as serve
    from creditcurve.cli.doctor import run  # noqa: PLC0415 - see the package's docstring

    return run(Flags(data_dir=data_dir))


cookie = App(
    name="cookie",
    help=_say(
        "Set, check or delete the cookie; its value is never shown.",
        "设置、验证或删除 Cookie；不会显示其内容。",
    ),
)
app.command(cookie)


@cookie.command(
    name="set",
    help=_say(
        "Read a cookie in any form from standard input; store it if the site accepts it.",
        "从标准输入读取任意格式的 Cookie，站点接受后保存。",
    ),
)
def set_cookie(  # noqa: D103 - as serve
    *arguments: Annotated[str, Parameter(show=False)],
    no_verify: Annotated[
        bool,
        Parameter(
            negative="", help=_say("Store it without asking the site.", "不验证，直接保存。")
        ),
    ] = False,
    force: Annotated[
        bool,
        Parameter(
            negative="",
            help=_say("Store it even without a login cookie.", "没有登录 Cookie 也保存。"),
        ),
    ] = False,
    origin: Annotated[
        str | None,
        Parameter(
            help=_say(
                "Site that the cookie belongs to, like https://www.aicodemirror.ai; "
                "it is sent nowhere else. Default: the present site.",
                "Cookie 所属的站点，例如 https://www.aicodemirror.ai；只会发送到该站点。"
                "默认为当前站点。",
            )
        ),
    ] = None,
    data_dir: DataDir = None,
) -> int:
    from creditcurve.cli.cookie import set_from_input  # noqa: PLC0415 - see the package's docstring

    return set_from_input(
        Flags(data_dir=data_dir),
        verify=not no_verify,
        force=force,
        origin=origin,
        arguments=arguments,
    )


@cookie.command(
    name="reseal",
    help=_say(
        "Encrypt the stored cookie with a new key, from CREDITCURVE_SECRET_KEY_NEW or generated.",
        "用新密钥重新加密已保存的 Cookie；新密钥来自 CREDITCURVE_SECRET_KEY_NEW，或自动生成。",
    ),
)
def reseal_cookie(*, data_dir: DataDir = None) -> int:  # noqa: D103 - as serve
    from creditcurve.cli.cookie import reseal  # noqa: PLC0415 - see the package's docstring

    return reseal(Flags(data_dir=data_dir))


@cookie.command(
    name="check",
    help=_say("Check the stored cookie with one request.", "用一次请求验证已保存的 Cookie。"),
)
def check_cookie(*, data_dir: DataDir = None) -> int:  # noqa: D103 - as serve
    from creditcurve.cli.cookie import check  # noqa: PLC0415 - see the package's docstring

    return check(Flags(data_dir=data_dir))


@cookie.command(
    name="delete",
    help=_say("Delete the cookie and stop collecting.", "删除 Cookie 并停止采集。"),
)
def delete_cookie(*, data_dir: DataDir = None) -> int:  # noqa: D103 - as serve
    from creditcurve.cli.cookie import delete  # noqa: PLC0415 - see the package's docstring

    return delete(Flags(data_dir=data_dir))


@app.command(
    help=_say(
        "Print whether the running instance works; for containers and monitors.",
        "检查正在运行的实例是否正常，供容器和监控使用。",
    )
)
def health(*, data_dir: DataDir = None) -> int:  # noqa: D103 - as serve
    from creditcurve.cli.health import run  # noqa: PLC0415 - see the package's docstring

    return run(Flags(data_dir=data_dir))


service = App(
    name="service",
    help=_say("Start the program at boot or at login.", "开机或登录时自动启动。"),
)
app.command(service)

System = Annotated[
    bool,
    Parameter(
        name="--system",
        negative="",
        help=_say("For the machine, not for the user.", "安装为系统服务，而非用户服务。"),
    ),
]


@service.command(name="install", help=_say("Install and start the service.", "安装并启动服务。"))
def install_service(  # noqa: D103, PLR0913 - as serve
    *,
    host: Host = None,
    port: Port = None,
    data_dir: DataDir = None,
    system: System = False,
    access_key_file: Annotated[
        Path | None,
        Parameter(help=_say("File with the access key.", "保存访问密钥的文件。")),
    ] = None,
    print_only: Annotated[
        bool,
        Parameter(
            name="--print",
            negative="",
            help=_say("Only print the service's definition.", "只打印服务定义，不安装。"),
        ),
    ] = False,
) -> int:
    from creditcurve.cli.service import install  # noqa: PLC0415 - see the package's docstring

    flags = Flags(host=host, port=port, data_dir=data_dir)
    return install(flags, is_system=system, key_file=access_key_file, print_only=print_only)


@service.command(name="status", help=_say("Show the state of the service.", "显示服务状态。"))
def service_status(*, data_dir: DataDir = None, system: System = False) -> int:  # noqa: D103 - as serve
    from creditcurve.cli.service import status  # noqa: PLC0415 - see the package's docstring

    return status(Flags(data_dir=data_dir), is_system=system)


@service.command(
    name="uninstall",
    help=_say("Stop and remove the service; data is kept.", "停止并移除服务，数据保留。"),
)
def uninstall_service(*, data_dir: DataDir = None, system: System = False) -> int:  # noqa: D103 - as serve
    from creditcurve.cli.service import uninstall  # noqa: PLC0415 - see the package's docstring

    return uninstall(Flags(data_dir=data_dir), is_system=system)
