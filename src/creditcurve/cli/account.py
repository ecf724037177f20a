"""``creditcurve account``: balance, plan, when it runs out, and the log of resets."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote

from creditcurve.cli.amounts import amount, named_amount
from creditcurve.cli.exits import Exit
from creditcurve.cli.interface import Interface, run_reading, zone_of_settings
from creditcurve.cli.moments import local, moment, span
from creditcurve.cli.parameters import DataDir, Json
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.table import Column, print_columns
from creditcurve.cli.terminal import print_json, print_line, print_table
from creditcurve.cli.zone import Zone

app = new_app("account", "creditcurve account")

PARTS: Final = {
    "subscription": ("subscription", "订阅"),
    "pay_as_you_go": ("pay as you go", "按量付费"),
    "bonus": ("bonus", "赠送"),
    "normal": ("regular", "普通"),
}
INITIATORS: Final = {
    "user": ("you", "手动"),
    "time": ("daily time", "定时"),
    "threshold": ("low balance", "余额过低"),
    "site": ("site", "站点"),
}
RESULTS: Final = {
    "asked": ("asked", "已请求"),
    "done": ("done", "已重置"),
    "used": ("already used", "已用过"),
    "skipped": ("skipped", "已跳过"),
    "failed": ("failed", "失败"),
    "doubtful": ("unknown", "结果未知"),
}


@app.default
def run(*, data_dir: DataDir = None, as_json: Json = False) -> int:
    """Print the account; return the exit code."""

    async def show(interface: Interface) -> int:
        account = await interface.call("GET", "/api/account")
        if as_json:
            print_json(account)
            return Exit.OK
        zone = await zone_of_settings(interface)
        tz = "" if zone.iana is None else f"?tz={quote(zone.iana)}"
        forecast = await interface.call("GET", f"/api/forecast{tz}")
        print_table([*_figures(account, forecast, zone)])
        if account["resets"]:
            print_line("")
            _print_resets(account["resets"], account["unit"], zone)
        return Exit.OK

    return run_reading(data_dir, show)


def _figures(
    account: dict[str, Any], forecast: dict[str, Any], zone: Zone
) -> Iterator[tuple[str, str]]:
    unit, now = account["unit"], datetime.now(UTC).astimezone(zone.info)
    if account["balance"] is None:
        yield say("balance", "余额"), say("not available from this site", "站点未提供")
        return
    balance = named_amount(say, float(account["balance"]), unit)
    if account["max"] is not None:
        most = amount(float(account["max"]), unit)
        balance += say(f" of {most}", f" / {most}")
    yield say("balance", "余额"), balance
    for part in account["parts"]:
        yield f"  {_word(PARTS, part['key'])}", named_amount(say, float(part["v"]), unit)
    if account["recovery_per_h"] is not None:
        rate = named_amount(say, float(account["recovery_per_h"]), unit)
        yield say("recovery", "恢复速度"), say(f"{rate} per hour", f"每小时 {rate}")
    if account["plan"]:
        yield say("plan", "套餐"), _plan(account, zone, now)
    yield say("runs out", "预计用完"), _run_out(forecast, zone, now)
    if account["reset"] is not None:
        yield say("reset", "重置"), _reset(account["reset"])
    yield say("read at", "读取时间"), _full(account["at"], zone)
    yield say("time zone", "时区"), zone.name


def _plan(account: dict[str, Any], zone: Zone, now: datetime) -> str:
    if account["expires_at"] is None:
        return str(account["plan"])
    end = moment(say, local(account["expires_at"], zone.info), now)
    return say(f"{account['plan']} · until {end}", f"{account['plan']} · 有效期至 {end}")


def _run_out(forecast: dict[str, Any], zone: Zone, now: datetime) -> str:
    if forecast["empty_since"] is not None:
        since = moment(say, local(forecast["empty_since"], zone.info), now)
        return say(f"empty since {since}", f"{since} 起余额为零")
    band = forecast["empty_at"]
    if band is not None and band["p10"] is not None and band["p90"] is not None:
        first, last = local(band["p10"], zone.info), local(band["p90"], zone.info)
        text = span(say, first, last, now)
        return say(f"between {text} (8 of 10 cases)", f"{text}（80% 可能）")
    if forecast["pace"]["empty_at"] is None:
        return say("not at the present pace", "按当前速度不会用完")
    pace = moment(say, local(forecast["pace"]["empty_at"], zone.info), now)
    return say(f"{pace}, at the pace of the last 3 hours", f"{pace}（按最近 3 小时的速度）")


def _reset(reset: dict[str, Any]) -> str:
    if not reset["available"]:
        return say("not available now", "暂不可用")
    if reset["remaining"] is None:
        return say("available", "可用")
    return say(f"{reset['remaining']} left today", f"今天还可重置 {reset['remaining']} 次")


def _print_resets(resets: list[dict[str, Any]], unit: str, zone: Zone) -> None:
    print_columns(
        (
            Column(say("resets", "重置记录")),
            Column(say("by", "触发")),
            Column(say("result", "结果")),
            Column(say("before", "之前"), is_number=True),
            Column(say("after", "之后"), is_number=True),
        ),
        [
            (
                _full(entry["at"], zone),
                _word(INITIATORS, entry["by"]),
                _word(RESULTS, entry["state"]),
                _amount_or_dash(entry["before"], unit),
                _amount_or_dash(entry["after"], unit),
            )
            for entry in resets
        ],
    )


def _amount_or_dash(value: float | None, unit: str) -> str:
    return "–" if value is None else amount(float(value), unit)


def _full(iso: str, zone: Zone) -> str:
    return f"{local(iso, zone.info):%Y-%m-%d %H:%M:%S}"


def _word(words: dict[str, tuple[str, str]], key: str) -> str:
    return say(*words.get(key, (key, key)))
