"""``creditcurve cookie``: set it from standard input, try it, delete it. Its value is never shown.

There is no way to give the cookie as an argument: every process of the machine can read those.
"""

import os

import msgspec

from creditcurve.api.schema import CookieInput, CookieSaved, CookieView, iso_or_none
from creditcurve.app import Parts
from creditcurve.cli.client import Client
from creditcurve.cli.exits import FAILED, OK, USAGE, Refusal, refused, settled
from creditcurve.cli.language import COOKIE_WORDS, Say, language, word
from creditcurve.cli.offline import through
from creditcurve.cli.terminal import pasted, tell
from creditcurve.config import Config, Flags
from creditcurve.domain.cookie import MAX_BYTES


def set_from_input(
    flags: Flags, *, verify: bool, force: bool, arguments: tuple[str, ...] = ()
) -> int:
    """Take what is pasted or piped in, and keep it where it works; the exit code."""
    say = language(os.environ)
    if arguments:
        detail = say(
            "other programs can read arguments: give the cookie on standard input instead.",
            "其他程序看得到命令行参数：请改用标准输入提供 Cookie。",
        )
        return refused(detail, USAGE)

    def work(config: Config) -> int:
        given = CookieInput(cookie=_given(say), verify=verify, force=force)
        saved = through(
            config,
            running=lambda client: _put(client, given),
            here=lambda parts: _set(parts, given),
        )
        tell(_line(say, saved.state, saved.names))
        return OK

    return settled(flags, work)


def check(flags: Flags) -> int:
    """Try the stored cookie with one call; the exit code tells whether it works."""
    say = language(os.environ)

    def work(config: Config) -> int:
        found = through(config, running=_ask_to_check, here=_check)
        tell(_line(say, found.state, found.names, found.reason))
        return OK if found.state == "valid" else FAILED

    return settled(flags, work)


def delete(flags: Flags) -> int:
    """Forget the cookie and stop collecting; the exit code."""
    say = language(os.environ)

    def work(config: Config) -> int:
        through(
            config,
            running=lambda client: client.call("DELETE", "/api/cookie"),
            here=lambda parts: parts.commands.delete_cookie(),
        )
        tell(say("Cookie deleted, collecting is off.", "Cookie 已删除，采集已关闭。"))
        return OK

    return settled(flags, work)


def _given(say: Say) -> str:
    prompt = say(
        "Paste the cookie (it is not shown), then press Ctrl-D:",
        "请粘贴 Cookie（不会显示），然后按 Ctrl-D：",
    )
    text = pasted(prompt, most_bytes=MAX_BYTES)
    if len(text.encode()) > MAX_BYTES:
        raise Refusal("This is more than 64 KiB, and no cookie is that long: copy one request.")
    return text


def _line(say: Say, state: str, names: tuple[str, ...], reason: str | None = None) -> str:
    """``valid · acw_tc, __Secure-authjs.session-token``."""
    told = word(say, COOKIE_WORDS, state) + (f" ({reason})" if reason else "")
    return " · ".join([told, *([", ".join(names)] if names else [])])


def _put(client: Client, given: CookieInput) -> CookieSaved:
    return msgspec.json.decode(client.call("PUT", "/api/cookie", given), type=CookieSaved)


async def _set(parts: Parts, given: CookieInput) -> CookieSaved:
    status = await parts.commands.set_cookie(given.cookie, verify=given.verify, force=given.force)
    return CookieSaved(
        names=status.names, state=status.state, expires_at=iso_or_none(status.expires_at_ms)
    )


def _ask_to_check(client: Client) -> CookieView:
    return msgspec.json.decode(client.call("POST", "/api/cookie/check"), type=CookieView)


async def _check(parts: Parts) -> CookieView:
    return CookieView.of(await parts.commands.check_cookie())
