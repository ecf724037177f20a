"""``creditcurve doctor``: what the program stands on, looked at one by one.

Each line is ``✓`` for what is well, ``✗`` for what is not, with what to do, and ``–`` for what is
merely good to know. No cookie is sent anywhere.
"""

import asyncio
import contextlib
import os
import platform
import stat
import sys
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

from creditcurve import __version__
from creditcurve.api.resources.status import StatusView
from creditcurve.cli.client import Client
from creditcurve.cli.exits import FAILED, OK, Refusal
from creditcurve.cli.language import LINK_WORDS, Say, language, word
from creditcurve.cli.ports import is_free
from creditcurve.cli.status import fetched
from creditcurve.clocks import SystemClock
from creditcurve.config import Config, ConfigRefused, Flags, load
from creditcurve.domain.coverage import MAX_CLOCK_SKEW_MS
from creditcurve.instance import Instance, find
from creditcurve.store import StoreError
from creditcurve.store.sqlite import inspection
from creditcurve.upstream import UpstreamError
from creditcurve.upstream.classify import refusal, told_ms
from creditcurve.upstream.client import CHECK_PATH, HEADERS
from creditcurve.upstream.errors import CookieError, TimedOutError
from creditcurve.upstream.transport import Reply, Transport
from creditcurve.upstream.wire import read_chart
from creditcurve.vault import Vault, VaultError

PATIENCE_S: Final = 20.0
UNUSED_PROXIES: Final = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
MIN_PYTHON: Final = (3, 11)


class Finding(msgspec.Struct, frozen=True):
    """What was found: ``is_well`` is None where there is no well or ill."""

    is_well: bool | None
    what: str
    detail: str


Check = Callable[[Say, Config], Iterator[Finding]]


def run(flags: Flags) -> int:
    """Look at everything, one line each; the exit code is 1 where something is not well."""
    say = language(os.environ)
    try:
        config = load(flags, os.environ)
    except ConfigRefused as refusal:
        _show(Finding(is_well=False, what=say("configuration", "配置"), detail=str(refusal)))
        return FAILED
    is_well = True
    for check in CHECKS:
        for finding in check(say, config):
            _show(finding)
            is_well = is_well and finding.is_well is not False
    return OK if is_well else FAILED


def _program(say: Say, _: Config) -> Iterator[Finding]:
    version = platform.python_version()
    built_in = say(" (built in)", "（内置）") if getattr(sys, "frozen", False) else ""
    yield Finding(
        sys.version_info >= MIN_PYTHON,
        "Python",
        f"{version}{built_in} · {platform.platform()} · CreditCurve {__version__}",
    )


def _page(say: Say, _: Config) -> Iterator[Finding]:
    is_built = (resources.files("creditcurve") / "static" / "index.html").is_file()
    detail = (
        say("is built", "已构建")
        if is_built
        else say("is not built: make build", "未构建：make build")
    )
    yield Finding(is_built, say("page", "页面"), detail)


def _data_folder(say: Say, config: Config) -> Iterator[Finding]:
    what, folder = say("data folder", "数据目录"), config.data_dir
    if not folder.exists():
        parent = next(place for place in folder.parents if place.exists())
        is_well = os.access(parent, os.W_OK | os.X_OK)
        detail = say("will be made", "启动时创建") if is_well else _no_write(say, parent)
        yield Finding(is_well, what, f"{folder} · {detail}")
        return
    mode = stat.S_IMODE(folder.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        detail = say(
            "is open to others: the next start closes it", "其他用户可访问：下次启动时会收紧"
        )
        yield Finding(None, what, f"{folder} · {mode:04o} · {detail}")
    is_well = os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    yield Finding(is_well, what, f"{folder} · {mode:04o}" if is_well else _no_write(say, folder))


def _no_write(say: Say, folder: Path) -> str:
    return say(f"{folder} cannot be written to", f"{folder} 不可写")


def _database(say: Say, config: Config) -> Iterator[Finding]:
    what = say("database", "数据库")
    if not inspection.has_database(config.data_dir):
        yield Finding(None, what, say("none yet", "尚未创建"))
        return
    try:
        fault = inspection.examine(config.data_dir)
    except StoreError as error:
        fault = str(error)
    yield Finding(fault is None, what, fault or say("is sound", "完好"))
    if fault is None:
        yield from _quarantine(say, config)


def _quarantine(say: Say, config: Config) -> Iterator[Finding]:
    """That the site sends what this version cannot read is good to know."""
    with contextlib.suppress(StoreError):
        held = inspection.quarantined(config.data_dir)
        if held:
            detail = say(
                f"{held:,} rows of the site could not be read; an update may read them",
                f"站点返回的 {held:,} 行无法识别；更新版本后可能可以读取",
            )
            yield Finding(None, say("set aside", "搁置"), detail)


def _key(say: Say, config: Config) -> Iterator[Finding]:
    what = say("key of the cookie", "Cookie 密钥")
    try:
        vault = Vault.open(
            secret_key=config.secret_key, key_file=config.key_file, use_keyring=config.use_keyring
        )
    except VaultError as error:
        yield Finding(is_well=False, what=what, detail=str(error))
        return
    sources = {
        "environment": say("from CREDITCURVE_SECRET_KEY", "来自 CREDITCURVE_SECRET_KEY"),
        "keyring": say("in the system's keyring", "在系统钥匙串中"),
        "file": f"{config.key_file}"
        + ("" if config.key_file.exists() else say(" (made when it is needed)", "（需要时创建）")),
    }
    yield Finding(is_well=True, what=what, detail=sources.get(vault.source, vault.source))


def _proxy(say: Say, config: Config) -> Iterator[Finding]:
    what = say("proxy", "代理")
    names = [
        name
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
        if os.environ.get(name)
    ]
    if config.proxy is not None:
        yield Finding(None, what, f"CREDITCURVE_PROXY={_without_password(config.proxy)}")
    elif names:
        detail = say(
            f"{names[0]} is set and is not used; CREDITCURVE_PROXY would be",
            f"已设置 {names[0]}，但不会使用；需要代理请设置 CREDITCURVE_PROXY",
        )
        yield Finding(None, what, detail)
    else:
        yield Finding(None, what, say("none", "无"))


def _without_password(address: str) -> str:
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _port(say: Say, config: Config) -> Iterator[Finding]:
    what, here = say("port", "端口"), find(config.data_dir)
    if here is not None:
        status = _status(here, config)
        if status is not None:
            detail = say("CreditCurve is running", "CreditCurve 正在运行")
            yield Finding(is_well=True, what=what, detail=f"{here.address} · {detail}")
            yield _link(say, status)
            return
        detail = say("the instance there ended without a word", "那里的实例已异常结束")
        yield Finding(None, what, f"{here.address} · {detail}")
    is_well = config.port == 0 or is_free(config.host, config.port)
    free, taken = say("is free", "可用"), say("is taken: try another --port", "被占用，请换 --port")
    yield Finding(is_well, what, f"{config.host}:{config.port} · {free if is_well else taken}")


def _status(here: Instance, config: Config) -> StatusView | None:
    try:
        with Client(here, timeout_s=5.0) as client:
            return fetched(client, config)[0]
    except Refusal:
        return None


def _link(say: Say, status: StatusView) -> Finding:
    """What the instance says of its own link; that no cookie is there yet is no illness."""
    link = status.link
    is_well = True if link.state in ("ok", "off") else None if link.state == "no_cookie" else False
    told = word(say, LINK_WORDS, link.state)
    return Finding(is_well, say("link", "连接"), f"{told} · {link.detail}" if link.detail else told)


def _upstream(say: Say, config: Config) -> Iterator[Finding]:
    what = say("site", "网站")
    try:
        reply = asyncio.run(_asked(config))
        _accept(reply, config.upstream + CHECK_PATH)
    except UpstreamError as error:
        yield Finding(is_well=False, what=what, detail=f"{config.upstream} · {error.fault.detail}")
        return
    yield Finding(is_well=True, what=what, detail=f"{config.upstream} · {say('answers', '可访问')}")
    site_ms = told_ms(reply.headers)
    if site_ms is not None:
        yield _clock(say, SystemClock().now_ms() - site_ms)


def _accept(reply: Reply, url: str) -> None:
    """Any answer of the site's own will do; that it misses a cookie is one.

    Raises:
        UpstreamError: it is a firewall's, or says that the site does not work.
    """
    now_ms = SystemClock().now_ms()
    failure = refusal(reply.status, reply.headers, reply.body, url=url, now_ms=now_ms)
    with contextlib.suppress(CookieError):
        if failure is not None:
            raise failure
        read_chart(reply.body)


async def _asked(config: Config) -> Reply:
    """The answer to the validity check without a cookie.

    Raises:
        UpstreamError: there is none.
    """
    transport = Transport(ca_file=config.ca_file, proxy=config.proxy, connect_s=5.0)
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await transport.get(config.upstream + CHECK_PATH, HEADERS)
    except TimeoutError:
        raise TimedOutError from None
    finally:
        await transport.aclose()


def _clock(say: Say, ahead_ms: int) -> Finding:
    """The site tells its time in whole seconds."""
    seconds = round(ahead_ms / 1000)
    is_well = abs(ahead_ms) <= MAX_CLOCK_SKEW_MS
    detail = say(f"differs from the site's by {seconds} s", f"与网站相差 {seconds} 秒")
    hint = "" if is_well else say(": set this machine's clock", "：请校准本机时间")
    return Finding(is_well, say("clock", "时钟"), detail + hint)


CHECKS: Final[tuple[Check, ...]] = (
    _program,
    _page,
    _data_folder,
    _database,
    _key,
    _port,
    _proxy,
    _upstream,
)


def _show(finding: Finding) -> None:
    from rich.console import Console  # noqa: PLC0415 - as everywhere, where it is used
    from rich.text import Text  # noqa: PLC0415 - as above

    mark, colour = {True: ("✓", "green"), False: ("✗", "red"), None: ("–", "bright_black")}[
        finding.is_well
    ]
    line = Text.assemble((mark, colour), f" {finding.what}: {finding.detail}")
    Console(highlight=False, soft_wrap=True).print(line)
