"""``creditcurve records``: list stored requests, newest first."""

from typing import Annotated, Any, Final
from urllib.parse import urlencode

from cyclopts import Parameter
from cyclopts.validators import Number

from creditcurve.cli.amounts import amount
from creditcurve.cli.exits import Exit
from creditcurve.cli.interface import Interface, run_reading, zone_of_settings
from creditcurve.cli.parameters import DataDir, From, Json, To
from creditcurve.cli.range import read_instant_or_date
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.table import Column, print_columns
from creditcurve.cli.terminal import print_json, print_line
from creditcurve.cli.zone import Zone

app = new_app("records", "creditcurve records --limit 50 --model claude-sonnet-4-20250514")
MOST: Final = 1_000


@app.default
def run(  # noqa: PLR0913 - one parameter for each flag
    *,
    limit: Annotated[
        int,
        Parameter(
            help=say("How many, at most 1000.", "条数，最多 1000。"),
            validator=Number(gte=1, lte=MOST),
        ),
    ] = 20,
    start: From = None,
    end: To = None,
    model: Annotated[str | None, Parameter(help=say("Only this model.", "只列出该模型。"))] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> int:
    """Print the newest requests; return the exit code."""

    async def show(interface: Interface) -> int:
        zone = await zone_of_settings(interface)
        given = {
            "limit": limit,
            "from": read_instant_or_date("--from", start, zone),
            "to": read_instant_or_date("--to", end, zone),
            "model": model,
        }
        query = urlencode({name: value for name, value in given.items() if value is not None})
        page = await interface.call("GET", f"/api/records?{query}")
        if as_json:
            print_json(page)
            return Exit.OK
        usage = await interface.call("GET", "/api/usage?hours=1&bucket=3600")
        print_records(page["records"], zone, usage["unit"])
        return Exit.OK

    return run_reading(data_dir, show)


def print_records(records: list[dict[str, Any]], zone: Zone, unit: str) -> None:
    """Print records as a table."""
    if not records:
        print_line(say("No saved request matches.", "没有匹配的请求。"))
        return
    print_columns(
        (
            Column(say(f"time ({zone.name})", f"时间（{zone.name}）")),
            Column(say("model", "模型")),
            Column(
                say(
                    "amount" if unit == "yuan" else "credits", "金额" if unit == "yuan" else "积分"
                ),
                is_number=True,
            ),
            Column(say("endpoint", "接口")),
            Column(say("counted", "计入")),
        ),
        [
            (
                f"{zone.at(record['t']):%Y-%m-%d %H:%M:%S}",
                record["model"],
                amount(float(record["credits"]), unit),
                record["endpoint"],
                say("yes", "是") if record["counts"] else say("no", "否"),
            )
            for record in records
        ],
    )
