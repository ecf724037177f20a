"""``creditcurve cookie set``: store a pasted or piped cookie if it works."""

from typing import Annotated, Final

from cyclopts import Parameter

from creditcurve.api.http.instants import iso_or_none
from creditcurve.api.resources.cookie import CookieInput, CookieSaved
from creditcurve.api.resources.settings import Settings, settings_of
from creditcurve.cli.client import Client
from creditcurve.cli.cookie.stored import describe
from creditcurve.cli.exits import CommandError, Exit, fail, run_command
from creditcurve.cli.messages.problems import problem_text
from creditcurve.cli.messages.text import Text
from creditcurve.cli.offline import through
from creditcurve.cli.parameters import DataDir
from creditcurve.cli.paste import read_paste
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.terminal import print_error, print_line
from creditcurve.config import Config, Flags
from creditcurve.cookie.parse import MAX_BYTES
from creditcurve.decoding import decode
from creditcurve.domain.origin import DEFAULT_ORIGIN, OriginError, parse_origin
from creditcurve.parts import Parts

app = new_app(
    "set",
    "creditcurve cookie set < cookie.txt",
    "xclip -o | creditcurve cookie set",
)
_ARGUMENT: Final = Text(
    "Other programs can read arguments: pass the cookie on standard input instead.",
    "其他程序能看到命令行参数：请改用标准输入提供 Cookie。",
)
_NEXT: Final = Text(
    "Collecting is off. Start it: creditcurve settings set collecting on",
    "采集尚未开启。开启命令：creditcurve settings set collecting on",
)


Arguments = Annotated[str, Parameter(show=False)]
NoVerify = Annotated[
    bool,
    Parameter(negative="", help=say("Store it without asking the site.", "不验证，直接保存。")),
]
Force = Annotated[
    bool,
    Parameter(
        negative="", help=say("Store it even without a login cookie.", "没有登录 Cookie 也保存。")
    ),
]
Origin = Annotated[
    str | None,
    Parameter(
        help=say(
            "Site that the cookie belongs to, like https://www.aicodemirror.ai; "
            "it is sent nowhere else. Default: the present site.",
            "Cookie 所属的站点，例如 https://www.aicodemirror.ai；只会发送到该站点。"
            "默认为当前站点。",
        )
    ),
]


@app.default
def run(
    *arguments: Arguments,
    no_verify: NoVerify = False,
    force: Force = False,
    origin: Origin = None,
    data_dir: DataDir = None,
) -> int:
    """Store the cookie of standard input; return the exit code."""
    if arguments:
        return fail(_ARGUMENT, Exit.USAGE)

    def work(config: Config) -> int:
        site = _origin(origin)
        given = CookieInput(cookie=_pasted(), origin=site, verify=not no_verify, force=force)
        saved, is_collecting = through(
            config,
            running=lambda client: _put(client, given),
            here=lambda parts: _set(parts, given),
        )
        print_line(describe(saved.state, saved.names))
        if not is_collecting:
            print_error(say(*_NEXT))
        return Exit.OK

    return run_command(Flags(data_dir=data_dir), work)


def _origin(text: str | None) -> str | None:
    """Return the site's origin in its normal form; refuse it before the cookie is read."""
    if text is None:
        return None
    try:
        return parse_origin(text)
    except OriginError as error:
        raise CommandError(
            f"--origin: {error}",
            f"--origin：应为 https 站点地址，例如 {DEFAULT_ORIGIN}。",
            Exit.USAGE,
        ) from error


def _pasted() -> str:
    prompt = say(
        "Paste the cookie (it is not shown), then press Ctrl-D:",
        "请粘贴 Cookie（不会显示），然后按 Ctrl-D：",
    )
    text = read_paste(prompt, most_bytes=MAX_BYTES)
    if len(text.encode()) > MAX_BYTES:
        detail = "The input is longer than 64 KiB, which no cookie is: copy a single request."
        raise CommandError(*problem_text("cookie_too_large", detail))
    return text


def _put(client: Client, given: CookieInput) -> tuple[CookieSaved, bool]:
    """Return what was stored, and whether collecting is on."""
    saved = decode(client.call("PUT", "/api/cookie", given), CookieSaved)
    settings = decode(client.call("GET", "/api/settings"), Settings)
    return saved, settings.collecting


async def _set(parts: Parts, given: CookieInput) -> tuple[CookieSaved, bool]:
    status = await parts.commands.cookie.set(
        given.cookie, origin=given.origin, verify=given.verify, force=given.force
    )
    saved = CookieSaved(
        names=status.names, state=status.state, expires_at=iso_or_none(status.expires_at_ms)
    )
    return saved, settings_of(parts.store).collecting
