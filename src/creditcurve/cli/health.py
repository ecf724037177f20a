"""``creditcurve health``: whether the running instance works, for containers and monitors.

Exit code: 0 if it works, 1 if a part of it fails, 69 if none is running.
"""

import msgspec

from creditcurve.api.resources.health import HealthView
from creditcurve.cli.client import Client, NotRunningError
from creditcurve.cli.exits import Exit, run_command
from creditcurve.cli.parameters import DataDir
from creditcurve.cli.registry import new_app
from creditcurve.cli.terminal import print_line
from creditcurve.config import Config, Flags
from creditcurve.decoding import decode
from creditcurve.instance import find

TIMEOUT_S = 5.0

app = new_app("health", "creditcurve health")


@app.default
def run(*, data_dir: DataDir = None) -> int:
    """Print the state; return the exit code."""
    return run_command(Flags(data_dir=data_dir), _health)


def _health(config: Config) -> int:
    instance = find(config.data_dir)
    if instance is None:
        raise NotRunningError
    with Client(instance, timeout_s=TIMEOUT_S) as client:
        health = _decoded(client.health())
    print_line(" ".join((health.status, *health.failing)))
    return Exit.OK if health.status == "ok" else Exit.PROBLEM


def _decoded(answer: bytes) -> HealthView:
    try:
        return decode(answer, HealthView)
    except msgspec.MsgspecError as error:
        raise NotRunningError from error
