"""``creditcurve settings get``: print settings as JSON values."""

import json
from typing import Annotated

from cyclopts import Parameter

from creditcurve.cli.exits import Exit
from creditcurve.cli.interface import Interface, run_reading
from creditcurve.cli.parameters import DataDir, Json
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.settings.names import unknown_name
from creditcurve.cli.terminal import print_json, print_line, print_table

app = new_app("get", "creditcurve settings get", "creditcurve settings get poll_interval_s")


@app.default
def run(
    name: Annotated[str | None, Parameter(help=say("Name of a setting.", "设置的名称。"))] = None,
    /,
    *,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> int:
    """Print all settings, or one; return the exit code."""

    async def show(interface: Interface) -> int:
        settings = await interface.call("GET", "/api/settings")
        if name is None and as_json:
            print_json(settings)
            return Exit.OK
        settings.pop("versions")
        if name is None:
            print_table([(key, _text(value)) for key, value in settings.items()])
        elif name not in settings:
            raise unknown_name(name)
        elif as_json:
            print_json(settings[name])
        else:
            print_line(_text(settings[name]))
        return Exit.OK

    return run_reading(data_dir, show)


def _text(value: object) -> str:
    """Return a value as ``settings set`` accepts it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
