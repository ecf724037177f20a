"""``creditcurve status``: the state of the running instance, for people or as JSON for programs.

The exit code tells it too: 0 while all is well or collecting is switched off, 1 while something
is in the way, 69 where no instance runs.
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from creditcurve.api.resources.cookie import CookieView
from creditcurve.api.resources.status import LinkView, ReconciliationView, StatusView
from creditcurve.cli.client import Client, NotRunning
from creditcurve.cli.exits import FAILED, OK, settled
from creditcurve.cli.language import COOKIE_WORDS, LINK_WORDS, Say, language, word
from creditcurve.cli.terminal import tell
from creditcurve.clocks import SystemClock
from creditcurve.config import Config, Flags
from creditcurve.domain.instant import from_iso
from creditcurve.instance import find

_COLOURS: Final = {"ok": "green", "off": "bright_black"}

Rows = list[tuple[str, str]]


class LastHour(msgspec.Struct, frozen=True):
    """The part of a curve that is told here."""

    total: float
    requests: int
    gaps: list[msgspec.Raw]


def run(flags: Flags, *, as_json: bool) -> int:
    """Print the status; the exit code."""

    def work(config: Config) -> int:
        here = find(config.data_dir)
        if here is None:
            raise NotRunning
        with Client(here, timeout_s=10.0) as client:
            status, answer = fetched(client, config)
            if as_json:
                tell(answer.decode())
            else:
                last_hour = client.get("/api/usage?hours=1&bucket=3600", LastHour)
                _show(status, here.address, rows(language(os.environ), status, last_hour))
        return OK if status.link.state in ("ok", "off") else FAILED

    return settled(flags, work)


def fetched(client: Client, config: Config) -> tuple[StatusView, bytes]:
    """The status, read and as it came, if it is that of our data folder.

    Raises:
        NotRunning: nobody is there, or somebody else: a note may outlive its instance.
        NoAnswer, Declined: as ``Client.call``.
    """
    answer = client.call("GET", "/api/status")
    try:
        status = msgspec.json.decode(answer, type=StatusView)
    except msgspec.MsgspecError as error:
        raise NotRunning("Another program answers at the address of CreditCurve.") from error
    if Path(status.data_dir).resolve() != config.data_dir.resolve():
        raise NotRunning
    return status, answer


def rows(say: Say, status: StatusView, last_hour: LastHour) -> Rows:
    """What is told, by its names."""
    records = status.records
    counted = say(f"{records.counted:,} count", f"{records.counted:,} 条计入曲线")
    kept = f"{records.total:,} ({counted})"
    if records.first_at and records.last_at:
        kept += f" · {_local(records.first_at)} – {_local(records.last_at)}"
    at_least = "≥ " if last_hour.gaps else ""
    spent = say(
        f"{at_least}{last_hour.total:,.10g} credits · {last_hour.requests:,} requests",
        f"{at_least}{last_hour.total:,.10g} 积分 · {last_hour.requests:,} 次请求",
    )
    return [
        (say("link", "连接"), _link(say, status.link)),
        (say("cookie", "Cookie"), _cookie(say, status.cookie)),
        (say("last hour", "最近一小时"), spent),
        (say("records", "记录"), kept),
        *_reconciliation(say, status.reconciliation),
        (say("data", "数据"), f"{status.data_dir} · {status.size_bytes / 1_000_000:.1f} MB"),
    ]


def _reconciliation(say: Say, found: ReconciliationView | None) -> Rows:
    if found is None or found.hours == 0:
        return []
    told = say(
        f"{found.agree} of {found.hours} hours agree",
        f"{found.hours} 个小时中有 {found.agree} 个一致",
    )
    return [(say("site's sums", "站点核对"), told)]


def _link(say: Say, link: LinkView) -> str:
    parts = [word(say, LINK_WORDS, link.state)]
    if link.detail:
        parts.append(link.detail)
    now_ms = SystemClock().now_ms()
    if link.last_success_at:
        ago = _span(say, now_ms - from_iso(link.last_success_at))
        parts.append(say(f"updated {ago} ago", f"{ago}前更新"))
    if link.next_poll_at:
        until = _span(say, from_iso(link.next_poll_at) - now_ms)
        parts.append(say(f"next in {until}", f"{until}后再次查询"))
    return " · ".join(parts)


def _cookie(say: Say, cookie: CookieView) -> str:
    parts = [word(say, COOKIE_WORDS, cookie.state), ", ".join(cookie.names)]
    if cookie.checked_at:
        parts.append(say("checked ", "验证于 ") + _local(cookie.checked_at))
    return " · ".join(part for part in parts if part)


def _span(say: Say, ms: int) -> str:
    """``48 s``, ``12 min``, ``3 h``, ``5 d``."""
    seconds = max(0, round(ms / 1000))
    for size, english, chinese in ((86_400, "d", "天"), (3_600, "h", "小时"), (60, "min", "分钟")):
        if seconds >= 2 * size:
            return f"{seconds // size} {say(english, chinese)}"
    return f"{seconds} {say('s', '秒')}"


def _local(iso: str) -> str:
    """An instant in the zone of this machine."""
    return f"{datetime.fromtimestamp(from_iso(iso) / 1000, UTC).astimezone():%Y-%m-%d %H:%M:%S}"


def _show(status: StatusView, address: str, told: Rows) -> None:
    from rich.console import Console  # noqa: PLC0415 - not for --json
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    colour = _COLOURS.get(status.link.state, "red")
    title = Text(f"● CreditCurve {status.version}")
    title.stylize(colour, 0, 1)
    title.append(f" · {address}" + (" · demo" if status.demo else ""))
    table = Table.grid(padding=(0, 2))
    for name, text in told:
        table.add_row(Text(name, "bright_black"), Text(text, overflow="fold"))
    console = Console(highlight=False)
    console.print(title)
    console.print(table)
