"""``creditcurve refresh``: poll the site now."""

from creditcurve.cli.exits import Exit, run_command
from creditcurve.cli.interface import Interface, with_interface
from creditcurve.cli.parameters import DataDir, Json
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.terminal import print_json, print_line
from creditcurve.config import Flags

app = new_app("refresh", "creditcurve refresh")


@app.default
def run(*, data_dir: DataDir = None, as_json: Json = False) -> int:
    """Poll once, also while collecting is off; return the exit code."""

    async def poll(interface: Interface) -> int:
        polled = await interface.call("POST", "/api/refresh")
        if as_json:
            print_json(polled)
        else:
            new, updated = polled["new"], polled["updated"]
            text = say(
                f"{new:,} new · {updated:,} updated", f"新增 {new:,} 条 · 更新 {updated:,} 条"
            )
            print_line(text)
        return Exit.OK

    return run_command(Flags(data_dir=data_dir), lambda config: with_interface(config, poll))
