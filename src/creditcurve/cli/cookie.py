"""``creditcurve cookie``: set it from standard input, check, re-encrypt and delete it.

Its value is never shown and never an argument: every process of the machine can read arguments.
"""

from typing import Final

import msgspec

from creditcurve.api.http.instants import iso_or_none
from creditcurve.api.resources.cookie import CookieInput, CookieSaved, CookieView
from creditcurve.app import Parts
from creditcurve.cli.client import Client
from creditcurve.cli.exits import CommandError, Exit, fail, run_command
from creditcurve.cli.language import COOKIE_WORDS, Say, word
from creditcurve.cli.messages import Text, problem_text
from creditcurve.cli.offline import through
from creditcurve.cli.terminal import print_line, read_paste, system_language
from creditcurve.collecting.cookie import CookieNotUsableError
from creditcurve.config import Config, Flags
from creditcurve.cookie.parse import MAX_BYTES
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.origin import DEFAULT_ORIGIN, OriginError, parse_origin
from creditcurve.domain.secret import Secret
from creditcurve.store.sqlite import inspection
from creditcurve.vault import VaultKeyRefusedError, VaultUnreadableError

_ARGUMENT: Final = Text(
    "Other programs can read arguments: pass the cookie on standard input instead.",
    "其他程序能看到命令行参数：请改用标准输入提供 Cookie。",
)


def set_from_input(
    flags: Flags,
    *,
    verify: bool,
    force: bool,
    origin: str | None = None,
    arguments: tuple[str, ...] = (),
) -> int:
    """Store a pasted or piped cookie if it works; return the exit code."""
    if arguments:
        return fail(_ARGUMENT, Exit.USAGE)

    def work(config: Config) -> int:
        site = _origin(origin)
        given = CookieInput(cookie=_pasted(), origin=site, verify=verify, force=force)
        saved = through(
            config,
            running=lambda client: _put(client, given),
            here=lambda parts: _set(parts, given),
        )
        print_line(_line(system_language(), saved.state, saved.names))
        return Exit.OK

    return run_command(flags, work)


def check(flags: Flags) -> int:
    """Check the stored cookie with one request; return the exit code."""

    def work(config: Config) -> int:
        _require_database(config)
        found = through(config, running=_ask_to_check, here=_check)
        print_line(_line(system_language(), found.state, found.names, found.reason))
        return Exit.OK if found.state == "valid" else Exit.PROBLEM

    return run_command(flags, work)


def delete(flags: Flags) -> int:
    """Delete the cookie and stop collecting; return the exit code."""

    def work(config: Config) -> int:
        is_deleted = inspection.has_database(config.data_dir) and through(
            config, running=_ask_to_delete, here=_delete
        )
        say = system_language()
        if is_deleted:
            print_line(say("Cookie deleted, collecting is off.", "Cookie 已删除，采集已关闭。"))
        else:
            print_line(say("There is no cookie.", "没有 Cookie。"))
        return Exit.OK

    return run_command(flags, work)


def reseal(flags: Flags) -> int:
    """Encrypt the cookie with a new key; return the exit code. No instance may run."""

    def work(config: Config) -> int:
        if config.secret_key is not None and config.new_secret_key is None:
            raise CommandError(
                "The key in use is CREDITCURVE_SECRET_KEY: "
                "set CREDITCURVE_SECRET_KEY_NEW to the new key.",
                "当前密钥来自 CREDITCURVE_SECRET_KEY：请把 CREDITCURVE_SECRET_KEY_NEW 设为新密钥。",
                Exit.CONFIG,
            )
        _require_database(config)
        source = through(
            config,
            running=_refuse_running,
            here=lambda parts: _reseal(parts, config.new_secret_key),
        )
        print_line(_kept(system_language(), source, config))
        return Exit.OK

    return run_command(flags, work)


def _require_database(config: Config) -> None:
    """Refuse without creating a database for a cookie that cannot exist."""
    if not inspection.has_database(config.data_dir):
        detail = "There is no cookie yet: run creditcurve cookie set."
        raise CommandError(*problem_text("no_cookie", detail))


def _refuse_running(_: Client) -> str:
    raise CommandError(
        "CreditCurve is running: stop it, run this command again, and start it.",
        "CreditCurve 正在运行：请先停止，重新执行此命令后再启动。",
        Exit.TRY_AGAIN,
    )


async def _reseal(parts: Parts, secret_key: Secret | None) -> str:
    try:
        source = await parts.store.state.reseal_cookie(secret_key)
    except (VaultUnreadableError, VaultKeyRefusedError) as error:
        raise CommandError(str(error), str(error)) from error
    if source is None:
        raise CookieNotUsableError(CookieState.MISSING)
    return source


def _kept(say: Say, source: str, config: Config) -> str:
    """Return where the new key is stored; a key from the environment must be set from now on."""
    if source == "environment":
        return say(
            "Encrypted with the new key. Set CREDITCURVE_SECRET_KEY to it from now on.",
            "已用新密钥加密。今后请把 CREDITCURVE_SECRET_KEY 设为新密钥。",
        )
    if source == "keyring":
        return say(
            "Encrypted with a new key, stored in the system's keyring.",
            "已用新密钥加密，密钥存于系统钥匙串。",
        )
    folder = config.key_file.parent if config.key_file is not None else ""
    return say(
        f"Encrypted with a new key, stored in {folder}.", f"已用新密钥加密，密钥存于 {folder}。"
    )


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
    prompt = system_language()(
        "Paste the cookie (it is not shown), then press Ctrl-D:",
        "请粘贴 Cookie（不会显示），然后按 Ctrl-D：",
    )
    text = read_paste(prompt, most_bytes=MAX_BYTES)
    if len(text.encode()) > MAX_BYTES:
        detail = "The input is longer than 64 KiB, which no cookie is: copy a single request."
        raise CommandError(*problem_text("cookie_too_large", detail))
    return text


def _line(say: Say, state: str, names: tuple[str, ...], reason: str | None = None) -> str:
    """Return a line like ``valid · acw_tc, __Secure-authjs.session-token``."""
    shown = word(say, COOKIE_WORDS, state) + (f" ({reason})" if reason else "")
    return " · ".join([shown, *([", ".join(names)] if names else [])])


def _put(client: Client, given: CookieInput) -> CookieSaved:
    return msgspec.json.decode(client.call("PUT", "/api/cookie", given), type=CookieSaved)


async def _set(parts: Parts, given: CookieInput) -> CookieSaved:
    status = await parts.commands.cookie.set(
        given.cookie, origin=given.origin, verify=given.verify, force=given.force
    )
    return CookieSaved(
        names=status.names, state=status.state, expires_at=iso_or_none(status.expires_at_ms)
    )


def _ask_to_check(client: Client) -> CookieView:
    return msgspec.json.decode(client.call("POST", "/api/cookie/check"), type=CookieView)


async def _check(parts: Parts) -> CookieView:
    return CookieView.of(await parts.commands.cookie.check())


def _ask_to_delete(client: Client) -> bool:
    is_stored = client.get("/api/status", _StatusView).cookie.state != CookieState.MISSING
    client.call("DELETE", "/api/cookie")
    return is_stored


async def _delete(parts: Parts) -> bool:
    is_stored = parts.store.state.cookie_status.state is not CookieState.MISSING
    await parts.commands.cookie.delete()
    return is_stored


class _StatusView(msgspec.Struct, frozen=True):
    cookie: CookieView
