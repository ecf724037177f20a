"""``creditcurve alerts list``: the channels with their health, and the newest episodes."""

from typing import Annotated, Any, Final

from cyclopts import Parameter
from cyclopts.validators import Number

from creditcurve.alerting.alert_text import names_of
from creditcurve.cli.exits import Exit
from creditcurve.cli.interface import Interface, run_reading, zone_of_settings
from creditcurve.cli.moments import local
from creditcurve.cli.parameters import DataDir, Json
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.table import Column, print_columns
from creditcurve.cli.terminal import print_json, print_line
from creditcurve.cli.zone import Zone
from creditcurve.domain.alert import Kind

app = new_app("list", "creditcurve alerts list --limit 5")
MOST: Final = 1_000
STATES: Final = {
    "pending": ("pending", "待确认"),
    "firing": ("firing", "进行中"),
    "recovering": ("recovering", "恢复中"),
    "over": ("over", "已结束"),
}
DELIVERIES: Final = {
    "waiting": ("waiting", "等待发送"),
    "held": ("held (quiet hours)", "免打扰暂存"),
    "sent": ("sent", "已送达"),
    "merged": ("sent", "已送达"),
    "failed": ("failed", "发送失败"),
    "dropped": ("snoozed", "已静音"),
}
NO_MESSAGE: Final = ("–", "–")


@app.default
def run(
    *,
    limit: Annotated[
        int,
        Parameter(
            help=say("How many alerts, at most 1000.", "提醒条数，最多 1000。"),
            validator=Number(gte=1, lte=MOST),
        ),
    ] = 10,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> int:
    """Print channels and episodes; return the exit code."""

    async def show(interface: Interface) -> int:
        channels = (await interface.call("GET", "/api/alerts/channels"))["channels"]
        page = await interface.call("GET", f"/api/alerts/episodes?limit={limit}")
        if as_json:
            print_json({"channels": channels, "episodes": page["episodes"]})
            return Exit.OK
        zone = await zone_of_settings(interface)
        print_channels(channels)
        print_line("")
        print_episodes(page["episodes"], zone)
        return Exit.OK

    return run_reading(data_dir, show)


def print_channels(channels: list[dict[str, Any]]) -> None:
    """Print the channels as a table."""
    if not channels:
        print_line(say("No channel; add one on the page.", "还没有通知渠道，请在页面中添加。"))
        return
    columns = (
        Column("ID"),
        Column(say("name", "名称")),
        Column(say("kind", "类型")),
        Column(say("state", "状态")),
    )
    print_columns(
        columns, [(one["id"], one["name"], one["kind"], _health(one)) for one in channels]
    )


def print_episodes(episodes: list[dict[str, Any]], zone: Zone) -> None:
    """Print episodes as a table."""
    if not episodes:
        print_line(say("No alert so far.", "暂无提醒。"))
        return
    columns = (
        Column(say(f"since ({zone.name})", f"开始（{zone.name}）")),
        Column(say("until", "结束")),
        Column(say("alert", "提醒")),
        Column(say("state", "状态")),
        Column(say("peak", "峰值"), is_number=True),
        Column(say("message", "消息")),
    )
    print_columns(columns, [_row(one, zone) for one in episodes])


def _row(episode: dict[str, Any], zone: Zone) -> tuple[str, ...]:
    kind, until = episode["kind"], episode["until"]
    return (
        f"{local(episode['since'], zone.info):%m-%d %H:%M}",
        f"{local(until, zone.info):%m-%d %H:%M}" if until else "–",
        "–" if kind is None else say(*names_of(Kind(kind))),
        say(*STATES[episode["state"]]),
        f"{episode['peak']:,.6g}",
        say(*DELIVERIES.get(episode["delivery"], NO_MESSAGE)),
    )


def _health(channel: dict[str, Any]) -> str:
    if not channel["enabled"]:
        return say("off", "已停用")
    error = channel["error"]
    return say("works", "正常") if error is None else say(f"fails: {error}", f"异常：{error}")
