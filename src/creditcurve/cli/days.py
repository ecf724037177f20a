"""``creditcurve days``: the sums of the last days, with bars."""

from typing import Annotated, Any, Final
from urllib.parse import quote

from cyclopts import Parameter
from cyclopts.validators import Number

from creditcurve.cli.amounts import amount, named_amount
from creditcurve.cli.bars import bar
from creditcurve.cli.exits import Exit
from creditcurve.cli.interface import Interface, run_reading, zone_of_settings
from creditcurve.cli.parameters import DataDir, Json
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.table import Column, print_columns
from creditcurve.cli.terminal import print_json, print_line

app = new_app("days", "creditcurve days --days 30")
BAR_WIDTH: Final = 20


@app.default
def run(
    *,
    days: Annotated[
        int,
        Parameter(
            help=say("How many days, today included.", "天数，含今天。"),
            validator=Number(gte=1, lte=400),
        ),
    ] = 14,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> int:
    """Print one line for each day, oldest first; return the exit code."""

    async def show(interface: Interface) -> int:
        zone = await zone_of_settings(interface)
        tz = "" if zone.iana is None else f"&tz={quote(zone.iana)}"
        found = await interface.call("GET", f"/api/days?days={days}{tz}")
        if as_json:
            print_json(found)
        else:
            _print(found)
        return Exit.OK

    return run_reading(data_dir, show)


def _print(found: dict[str, Any]) -> None:
    unit, days = found["unit"], found["days"]
    most = max((float(day["total"]) for day in days), default=0.0)
    print_columns(
        (
            Column(say(f"day ({found['tz']})", f"日期（{found['tz']}）")),
            Column(say("total", "合计"), is_number=True),
            Column(say("requests", "请求"), is_number=True),
            Column(say("complete", "完整度"), is_number=True),
            Column(""),
        ),
        [
            (
                day["date"],
                amount(float(day["total"]), unit),
                f"{day['requests']:,}",
                _share(day["complete"]),
                bar(float(day["total"]) / most if most else 0.0, BAR_WIDTH),
            )
            for day in days
        ],
    )
    total = named_amount(say, sum(float(day["total"]) for day in days), unit)
    requests = sum(day["requests"] for day in days)
    print_line(say(f"{total} · {requests:,} requests", f"{total} · {requests:,} 次请求"))


def _share(share: float | None) -> str:
    """Return a percentage, rounded down so that 100 % means complete."""
    return "–" if share is None else f"{int(share * 100)} %"
