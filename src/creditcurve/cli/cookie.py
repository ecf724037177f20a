"""``creditcurve cookie``: set it from standard input, try, reseal, delete it. It is never shown.

There is no way to give the cookie as an argument: every process of the machine can read those.
"""

import os

import msgspec

from creditcurve.api.http.instants import iso_or_none
from creditcurve.api.resources.cookie import CookieInput, CookieSaved, CookieView
from creditcurve.app import Parts
from creditcurve.cli.client import Client
from creditcurve.cli.exits import (
    CONFIG,
    FAILED,
    OK,
    TRY_AGAIN,
    USAGE,
    Refusal,
    refused,
    settled,
)
from creditcurve.cli.language import COOKIE_WORDS, Say, language, word
from creditcurve.cli.offline import through
from creditcurve.cli.terminal import pasted, tell
from creditcurve.collecting.connection import CookieNotUsableError
from creditcurve.config import Config, Flags
from creditcurve.cookie.parse import MAX_BYTES
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.secret import Secret
from creditcurve.vault import VaultKeyRefusedError, VaultUnreadableError


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
            here=lambda parts: parts.commands.cookie.delete(),
        )
        tell(say("Cookie deleted, collecting is off.", "Cookie 已删除，采集已关闭。"))
        return OK

    return settled(flags, work)


def reseal(flags: Flags) -> int:
    """Seal the cookie with a new key; the exit code. It needs the data folder for itself."""
    say = language(os.environ)

    def work(config: Config) -> int:
        if config.secret_key is not None and config.new_secret_key is None:
            raise Refusal(
                say(
                    "the key in use is CREDITCURVE_SECRET_KEY: give the new one in "
                    "CREDITCURVE_SECRET_KEY_NEW.",
                    "当前密钥来自 CREDITCURVE_SECRET_KEY："
                    "请在 CREDITCURVE_SECRET_KEY_NEW 中提供新密钥。",
                ),
                CONFIG,
            )
        source = through(
            config,
            running=lambda client: _refuse_running(say, client),
            here=lambda parts: _reseal(parts, config.new_secret_key),
        )
        tell(_kept(say, source, config))
        return OK

    return settled(flags, work)


def _refuse_running(say: Say, _: Client) -> str:
    raise Refusal(
        say(
            "CreditCurve is running: stop it, seal the cookie anew, and start it again.",
            "CreditCurve 正在运行：请先停止，重新加密 Cookie，再启动。",
        ),
        TRY_AGAIN,
    )


async def _reseal(parts: Parts, secret_key: Secret | None) -> str:
    try:
        source = await parts.store.state.reseal_cookie(secret_key)
    except (VaultUnreadableError, VaultKeyRefusedError) as refusal:
        raise Refusal(str(refusal)) from refusal
    if source is None:
        raise CookieNotUsableError(CookieState.MISSING)
    return source


def _kept(say: Say, source: str, config: Config) -> str:
    """Where the new key is; the user's own has to be given from now on."""
    if source == "environment":
        return say(
            "Sealed with the new key: from now on it is CREDITCURVE_SECRET_KEY.",
            "已用新密钥加密：今后请把它设为 CREDITCURVE_SECRET_KEY。",
        )
    if source == "keyring":
        return say(
            "Sealed with a new key, kept in the system's keyring.",
            "已用新密钥加密，密钥存于系统钥匙串。",
        )
    folder = config.key_file.parent
    return say(f"Sealed with a new key, kept in {folder}.", f"已用新密钥加密，密钥存于 {folder}。")


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
    status = await parts.commands.cookie.set(given.cookie, verify=given.verify, force=given.force)
    return CookieSaved(
        names=status.names, state=status.state, expires_at=iso_or_none(status.expires_at_ms)
    )


def _ask_to_check(client: Client) -> CookieView:
    return msgspec.json.decode(client.call("POST", "/api/cookie/check"), type=CookieView)


async def _check(parts: Parts) -> CookieView:
    return CookieView.of(await parts.commands.cookie.check())
