"""``creditcurve status``: print the state of the running instance, for people or as JSON.

Exit code: 0 while everything works or collecting is switched off, 1 for a problem, 69 if no
instance is running.
"""

from typing import Any, Final

import msgspec

from creditcurve.api.resources.cookie import CookieView
from creditcurve.api.resources.link import LinkView
from creditcurve.api.resources.status import ReconciliationView, StatusView
from creditcurve.cli.amounts import named_amount
from creditcurve.cli.client import Client, NotRunningError, connected
from creditcurve.cli.exits import Exit, run_command
from creditcurve.cli.language import COOKIE_WORDS, LINK_WORDS, Say, word
from creditcurve.cli.messages.problems import problem_text
from creditcurve.cli.parameters import DataDir, Json
from creditcurve.cli.registry import new_app
from creditcurve.cli.small_curve import BUCKET_S, HOURS, Day, curve_rows
from creditcurve.cli.terminal import (
    Rows,
    print_json,
    print_marked,
    print_table,
    system_language,
)
from creditcurve.cli.zone import Zone, configured_zone
from creditcurve.clocks import SystemClock
from creditcurve.config import Config, Flags
from creditcurve.decoding import decode
from creditcurve.domain.instant import from_iso

app = new_app("status", "creditcurve status --json")
_COLOURS: Final = {"ok": "green", "off": "bright_black"}
_WELL: Final = ("ok", "off")


class LastHour(msgspec.Struct, frozen=True):
    """The part of a curve that is shown here."""

    total: float
    requests: int
    gaps: list[msgspec.Raw]
    unit: str = "credits"


@app.default
def run(*, data_dir: DataDir = None, as_json: Json = False) -> int:
    """Print the status; return the exit code."""
    return run_command(Flags(data_dir=data_dir), _as_json if as_json else _for_people)


def _as_json(config: Config) -> int:
    try:
        with connected(config.data_dir, timeout_s=10.0) as (_, _, answer):
            value = decode(answer, dict[str, Any])
    except NotRunningError as error:
        print_json({"running": False, "data_dir": str(config.data_dir), "detail": error.text.en})
        return error.code
    print_json(value)
    return Exit.OK if value["link"]["state"] in _WELL else Exit.PROBLEM


def _for_people(config: Config) -> int:
    with connected(config.data_dir, timeout_s=10.0) as (client, instance, answer):
        status = decode(answer, StatusView)
        last_hour = client.get("/api/usage?hours=1&bucket=3600", LastHour)
        day = client.get(f"/api/usage?hours={HOURS}&bucket={BUCKET_S}", Day)
        zone = _zone(client)
    title = f"CreditCurve {status.version} · {instance.address}"
    say = system_language()
    demo = say(" · demo", " · 演示") if status.demo else ""
    print_marked("●", _COLOURS.get(status.link.state, "red"), title + demo)
    print_table([*rows(say, status, last_hour, zone), *curve_rows(say, day, zone)])
    return Exit.OK if status.link.state in _WELL else Exit.PROBLEM


def _zone(client: Client) -> Zone:
    class _Settings(msgspec.Struct, frozen=True):
        time_zone: str

    return configured_zone(client.get("/api/settings", _Settings).time_zone)


def rows(say: Say, status: StatusView, last_hour: LastHour, zone: Zone) -> Rows:
    """Return the lines below the title, by their names."""
    records = status.records
    counted = say(f"{records.counted:,} counted", f"{records.counted:,} 条计入")
    kept = say(f"{records.total:,} ({counted})", f"{records.total:,}（{counted}）")
    if records.first_at and records.last_at:
        kept += f" · {_local(records.first_at, zone)} – {_local(records.last_at, zone)}"
    return [
        (say("link", "连接"), _link(say, status.link)),
        (say("cookie", "Cookie"), _cookie(say, status.cookie, zone)),
        (say("last hour", "最近一小时"), _spent(say, last_hour)),
        (say("requests", "请求"), kept),
        *_reconciliation(say, status.reconciliation),
        (say("time zone", "时区"), zone.name),
        (say("data", "数据"), f"{status.data_dir} · {status.size_bytes / 1_000_000:.1f} MB"),
    ]


def _spent(say: Say, hour: LastHour) -> str:
    """Return the sum of the hour: with gaps a lower bound, and unknown without a request."""
    if hour.gaps and not hour.requests:
        return say("nothing recorded", "无记录")
    at_least = "≥ " if hour.gaps else ""
    total = named_amount(say, hour.total, hour.unit)
    return say(
        f"{at_least}{total} · {hour.requests:,} requests",
        f"{at_least}{total} · {hour.requests:,} 次请求",
    )


def _reconciliation(say: Say, found: ReconciliationView | None) -> Rows:
    if found is None or found.hours == 0:
        return []
    text = say(
        f"{found.agree} of {found.hours} hours agree", f"{found.agree}/{found.hours} 小时一致"
    )
    return [(say("site's totals", "与站点对账"), text)]


def _link(say: Say, link: LinkView) -> str:
    parts = [word(say, LINK_WORDS, link.state)]
    if link.detail:
        parts.append(say(*problem_text(link.code or "", link.detail)))
    now_ms = SystemClock().now_ms()
    if link.last_success_at:
        ago = _span(say, now_ms - from_iso(link.last_success_at))
        parts.append(say(f"updated {ago} ago", f"{ago}前更新"))
    if link.next_poll_at:
        until = _span(say, from_iso(link.next_poll_at) - now_ms)
        parts.append(say(f"next in {until}", f"{until}后更新"))
    return " · ".join(parts)


def _cookie(say: Say, cookie: CookieView, zone: Zone) -> str:
    parts = [word(say, COOKIE_WORDS, cookie.state), ", ".join(cookie.names)]
    if cookie.checked_at:
        parts.append(say("checked ", "验证于 ") + _local(cookie.checked_at, zone))
    return " · ".join(part for part in parts if part)


def _span(say: Say, ms: int) -> str:
    """Return a duration like ``48 s``, ``12 min``, ``3 h`` or ``5 d``."""
    seconds = max(0, round(ms / 1000))
    for size, english, chinese in ((86_400, "d", "天"), (3_600, "h", "小时"), (60, "min", "分钟")):
        if seconds >= 2 * size:
            return f"{seconds // size} {say(english, chinese)}"
    return f"{seconds} {say('s', '秒')}"


def _local(iso: str, zone: Zone) -> str:
    return f"{zone.at(from_iso(iso)):%Y-%m-%d %H:%M:%S}"
