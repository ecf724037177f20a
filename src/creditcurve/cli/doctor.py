"""``creditcurve doctor``: check everything that ``serve`` needs, by trying it.

Each line begins with ``✓`` for a passed check, ``✗`` for a problem, with the remedy, or ``–`` for
information. No cookie is sent, and nothing is created or changed.
"""

import asyncio
import contextlib
import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib import resources
from typing import Final

import msgspec

from creditcurve import __version__
from creditcurve.api.resources.status import StatusView
from creditcurve.cli.client import connected
from creditcurve.cli.exits import CommandError, Exit
from creditcurve.cli.failures import failure_text, newer_database_text
from creditcurve.cli.language import LINK_WORDS, Say, word
from creditcurve.cli.messages import problem_text, start_text
from creditcurve.cli.parameters import DataDir
from creditcurve.cli.registry import new_app
from creditcurve.cli.startup import check_ca_file, check_key
from creditcurve.cli.terminal import print_marked, system_language
from creditcurve.clocks import SystemClock
from creditcurve.config import Config, ConfigError, Flags, load
from creditcurve.config.addresses import without_password
from creditcurve.domain.coverage import MAX_CLOCK_SKEW_MS
from creditcurve.instance import DataFolderError, check, find
from creditcurve.server import PortError, listening
from creditcurve.store import NewerSchemaError, StoreError
from creditcurve.store.sqlite import inspection
from creditcurve.upstream import UpstreamError
from creditcurve.upstream.classify import error_of, site_time_ms
from creditcurve.upstream.client import CHECK_PATH, headers_for
from creditcurve.upstream.errors import CookieError
from creditcurve.upstream.transport import Reply, Transport
from creditcurve.upstream.wire import read_chart
from creditcurve.vault import Vault, VaultError

app = new_app("doctor", "creditcurve doctor")
TIMEOUT_S: Final = 20.0
MIN_PYTHON: Final = (3, 11)
_UNUSED_PROXY_VARIABLES: Final = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
_MARKS: Final = {True: ("✓", "green"), False: ("✗", "red"), None: ("–", "bright_black")}


class Finding(msgspec.Struct, frozen=True):
    """The result of a check; ``is_ok`` is None for information."""

    is_ok: bool | None
    name: str
    detail: str


Check = Callable[[Say, Config], Iterator[Finding]]


@app.default
def run(*, data_dir: DataDir = None) -> int:
    """Print one line for each finding; return 1 if there is a problem."""
    findings = list(_shown(_findings(system_language(), Flags(data_dir=data_dir))))
    return Exit.PROBLEM if any(finding.is_ok is False for finding in findings) else Exit.OK


def _findings(say: Say, flags: Flags) -> Iterator[Finding]:
    try:
        config = load(flags, os.environ)
    except ConfigError as error:
        yield Finding(
            is_ok=False, name=say("configuration", "配置"), detail=say(*start_text(error))
        )
        return
    for one in CHECKS:
        yield from one(say, config)


def _shown(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Print each finding immediately."""
    for finding in findings:
        mark, colour = _MARKS[finding.is_ok]
        print_marked(mark, colour, f"{finding.name}: {finding.detail}")
        yield finding


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
        say("built", "已构建") if is_built else say("not built: make build", "未构建：make build")
    )
    yield Finding(is_built, say("page", "页面"), detail)


def _data_folder(say: Say, config: Config) -> Iterator[Finding]:
    name, folder = say("data folder", "数据目录"), config.data_dir
    try:
        check(folder)
    except DataFolderError as error:
        yield Finding(is_ok=False, name=name, detail=say(*start_text(error)))
        return
    new = "" if folder.exists() else say(" · will be created", " · 启动时创建")
    yield Finding(is_ok=True, name=name, detail=f"{folder}{new}")


def _database(say: Say, config: Config) -> Iterator[Finding]:
    name = say("database", "数据库")
    if not inspection.has_database(config.data_dir):
        yield Finding(None, name, say("none yet", "尚未创建"))
        return
    try:
        inspection.examine(config.data_dir)
    except NewerSchemaError as error:
        yield Finding(is_ok=False, name=name, detail=say(*newer_database_text(error)))
    except StoreError as error:
        yield Finding(is_ok=False, name=name, detail=say(*failure_text(error)))
    else:
        yield Finding(is_ok=True, name=name, detail=say("OK", "完好"))
        yield from _unreadable_rows(say, config)


def _unreadable_rows(say: Say, config: Config) -> Iterator[Finding]:
    with contextlib.suppress(StoreError):
        rows = inspection.quarantined(config.data_dir)
        if rows:
            detail = say(
                f"{rows:,} rows of the site; an update may be able to read them",
                f"站点返回的 {rows:,} 行；更新版本后可能可以读取",
            )
            yield Finding(None, say("unreadable rows", "未识别的数据"), detail)


def _key(say: Say, config: Config) -> Iterator[Finding]:
    name = say("key of the cookie", "Cookie 密钥")
    try:
        check_key(config)
        vault = Vault.open(
            secret_key=config.secret_key, key_file=config.key_file, use_keyring=config.use_keyring
        )
    except ConfigError as error:
        yield Finding(is_ok=False, name=name, detail=say(*start_text(error)))
    except VaultError as error:
        yield Finding(is_ok=False, name=name, detail=say(*failure_text(error)))
    else:
        yield Finding(is_ok=True, name=name, detail=_key_place(say, config, vault.source))


def _key_place(say: Say, config: Config, source: str) -> str:
    if source == "environment":
        return say("from CREDITCURVE_SECRET_KEY", "来自 CREDITCURVE_SECRET_KEY")
    if source == "keyring":
        return say("in the system's keyring", "在系统钥匙串中")
    is_new = config.key_file is not None and not config.key_file.exists()
    return f"{config.key_file}" + (say(" · will be created", " · 需要时创建") if is_new else "")


def _proxy(say: Say, config: Config) -> Iterator[Finding]:
    name = say("proxy", "代理")
    unused = [variable for variable in _UNUSED_PROXY_VARIABLES if os.environ.get(variable)]
    if config.proxy is not None:
        yield Finding(None, name, f"CREDITCURVE_PROXY={without_password(config.proxy)}")
    elif unused:
        detail = say(
            f"{unused[0]} is set but not used; set CREDITCURVE_PROXY to use a proxy",
            f"已设置 {unused[0]}，但不会使用；需要代理请设置 CREDITCURVE_PROXY",
        )
        yield Finding(None, name, detail)
    else:
        yield Finding(None, name, say("none", "无"))


def _ca_file(say: Say, config: Config) -> Iterator[Finding]:
    if config.ca_file is None:
        return
    name = say("CA file", "CA 证书文件")
    try:
        check_ca_file(config)
    except ConfigError as error:
        yield Finding(is_ok=False, name=name, detail=say(*start_text(error)))
    else:
        yield Finding(is_ok=True, name=name, detail=str(config.ca_file))


def _port(say: Say, config: Config) -> Iterator[Finding]:
    name = say("port", "端口")
    if find(config.data_dir) is not None:
        try:
            with connected(config.data_dir, timeout_s=5.0) as (_, instance, answer):
                status = msgspec.json.decode(answer, type=StatusView)
        except CommandError:
            detail = say("the last instance crashed", "上次的实例异常结束")
            yield Finding(None, name, detail)
        else:
            detail = say("CreditCurve is running", "CreditCurve 正在运行")
            yield Finding(is_ok=True, name=name, detail=f"{instance.address} · {detail}")
            yield _link(say, status)
            return
    yield from _free_port(say, name, config)


def _free_port(say: Say, name: str, config: Config) -> Iterator[Finding]:
    try:
        with listening(config) as listeners:
            taken = listeners.taken
    except PortError as error:
        yield Finding(is_ok=False, name=name, detail=say(*start_text(error)))
        return
    free = say("free", "可用")
    yield Finding(is_ok=True, name=name, detail=f"{config.host}:{config.port} · {free}")
    if taken is not None:
        detail = say(f"{taken} is used by another program", f"{taken} 被其他程序占用")
        yield Finding(None, name, detail)


def _link(say: Say, status: StatusView) -> Finding:
    """Return the link's state; a missing cookie is information, not a problem."""
    link = status.link
    is_ok = True if link.state in ("ok", "off") else None if link.state == "no_cookie" else False
    text = word(say, LINK_WORDS, link.state)
    if link.detail:
        text += f" · {say(*problem_text(link.code or '', link.detail))}"
    return Finding(is_ok, say("link", "连接"), text)


def _site(say: Say, config: Config) -> Iterator[Finding]:
    name = say("site", "站点")
    try:
        reply = asyncio.run(_ask(config))
        _accept(reply, config.upstream + CHECK_PATH)
    except UpstreamError as error:
        text = say(*problem_text(error.fault.code, error.fault.detail))
        yield Finding(is_ok=False, name=name, detail=f"{config.upstream} · {text}")
        return
    yield Finding(is_ok=True, name=name, detail=f"{config.upstream} · {say('answers', '可访问')}")
    site_ms = site_time_ms(reply.headers)
    if site_ms is not None:
        yield _clock(say, SystemClock().now_ms() - site_ms)


def _accept(reply: Reply, url: str) -> None:
    """Accept an answer of the site itself, also that a cookie is missing.

    Raises:
        UpstreamError: a firewall answered, or the site does not work.
    """
    now_ms = SystemClock().now_ms()
    failure = error_of(reply.status, reply.headers, reply.body, url=url, now_ms=now_ms)
    with contextlib.suppress(CookieError):
        if failure is not None:
            raise failure
        read_chart(reply.body)


async def _ask(config: Config) -> Reply:
    """Return the answer to the validity check without a cookie.

    Raises:
        UpstreamError: the site does not answer.
    """
    transport = Transport(
        ca_file=config.ca_file, proxy=config.proxy, connect_s=5.0, total_s=TIMEOUT_S
    )
    try:
        return await transport.get(config.upstream + CHECK_PATH, headers_for(config.upstream))
    finally:
        await transport.aclose()


def _clock(say: Say, ahead_ms: int) -> Finding:
    """Compare the clocks; the site's ``Date`` header has whole seconds."""
    seconds = round(ahead_ms / 1000)
    is_ok = abs(ahead_ms) <= MAX_CLOCK_SKEW_MS
    detail = say(f"differs from the site's by {seconds} s", f"与站点相差 {seconds} 秒")
    hint = "" if is_ok else say(": set this machine's clock", "：请校准本机时间")
    return Finding(is_ok, say("clock", "时钟"), detail + hint)


CHECKS: Final[tuple[Check, ...]] = (
    _program,
    _page,
    _data_folder,
    _database,
    _key,
    _port,
    _proxy,
    _ca_file,
    _site,
)
