"""The flags that several commands have, with their help."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from creditcurve.cli.registry import say

Host = Annotated[str | None, Parameter(help=say("Address to listen on.", "监听地址。"))]
Port = Annotated[
    int | None,
    Parameter(help=say("Port to listen on; 0 chooses a free one.", "监听端口；0 为自动选择。")),
]
DataDir = Annotated[Path | None, Parameter(help=say("Folder of the database.", "数据库所在目录。"))]
Upstream = Annotated[str | None, Parameter(help=say("Address of the site.", "站点地址。"))]
AccessKey = Annotated[
    str | None,
    Parameter(
        help=say(
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
        help=say("Further host name of the page; may be repeated.", "页面的其他域名，可重复。"),
    ),
]
BasePath = Annotated[
    str | None,
    Parameter(
        help=say(
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
        help=say(
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
        help=say(
            "Let alert messages be sent to addresses of the local network.",
            "允许向局域网地址发送提醒消息。",
        ),
    ),
]
Login = Annotated[
    bool | None,
    Parameter(
        negative="",
        help=say(
            "Let in only browsers that log in with a one-time link (creditcurve login).",
            "只允许用一次性链接（creditcurve login）登录的浏览器访问。",
        ),
    ),
]
OpenPage = Annotated[
    bool | None,
    Parameter(
        name="--open",
        negative="--no-open",
        help=say("Open the page in the browser.", "在浏览器中打开页面。"),
    ),
]
Level = Annotated[
    Literal["debug", "info", "warning", "error"] | None,
    Parameter(help=say("Least severe level that is logged.", "日志级别。")),
]
LogForm = Annotated[
    Literal["text", "json"] | None,
    Parameter(name="--log-format", help=say("Form of a log line.", "日志格式。")),
]
Json = Annotated[
    bool,
    Parameter(
        name="--json", negative="", help=say("Print JSON for programs.", "打印 JSON，供程序使用。")
    ),
]
Force = Annotated[
    bool,
    Parameter(
        name=("--force", "--overwrite"),
        negative="",
        help=say("Overwrite an existing file.", "覆盖已有文件。"),
    ),
]
From = Annotated[
    str | None,
    Parameter(
        name="--from",
        help=say(
            "Start: a date like 2026-11-01, or an ISO 8601 instant with a zone.",
            "开始：形如 2026-11-01 的日期，或带时区的 ISO 8601 时刻。",
        ),
    ),
]
To = Annotated[
    str | None,
    Parameter(
        name="--to",
        help=say(
            "End, not included: a date (its first moment) or an instant.",
            "结束（不含）：日期（取当天零点）或时刻。",
        ),
    ),
]
Yes = Annotated[bool, Parameter(negative="", help=say("Do not ask.", "不询问，直接执行。"))]
FileForm = Literal["csv", "ndjson", "json"]
