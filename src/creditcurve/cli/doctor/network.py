"""Checks of everything that is reached through the network: port, proxy, CA file, site, clock."""

import asyncio
import contextlib
import os
from collections.abc import Iterator
from typing import Final

from creditcurve.api.resources.status import StatusView
from creditcurve.cli.client import connected
from creditcurve.cli.doctor.finding import Check, Finding
from creditcurve.cli.exits import CommandError
from creditcurve.cli.language import LINK_WORDS, Say, word
from creditcurve.cli.messages.problems import problem_text
from creditcurve.cli.messages.start import start_text
from creditcurve.cli.startup import check_ca_file
from creditcurve.clocks import SystemClock
from creditcurve.config import Config, ConfigError
from creditcurve.config.addresses import without_password
from creditcurve.decoding import decode
from creditcurve.domain.coverage import MAX_CLOCK_SKEW_MS
from creditcurve.instance import find
from creditcurve.server import PortError, listening
from creditcurve.upstream import UpstreamError
from creditcurve.upstream.classify import error_of, site_time_ms
from creditcurve.upstream.client import CHECK_PATH
from creditcurve.upstream.errors import CookieError
from creditcurve.upstream.exchange import headers_for
from creditcurve.upstream.reply import Reply
from creditcurve.upstream.transport import Transport
from creditcurve.upstream.wire import read_chart

TIMEOUT_S: Final = 20.0
_UNUSED_PROXY_VARIABLES: Final = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


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
                status = decode(answer, StatusView)
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


NETWORK_CHECKS: Final[tuple[Check, ...]] = (_port, _proxy, _ca_file, _site)
