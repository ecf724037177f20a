"""The simulated site as a process: ``PYTHONPATH=tests python -m support.site``.

It prints ``Listening on http://…`` when it is ready, and ends on SIGINT or SIGTERM.
"""

import argparse
import asyncio
import contextlib
import signal

from creditcurve.clocks import SystemClock
from creditcurve.simulator import History
from support.site import FAULTS, Simulator, sample_history


async def run(arguments: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM."""
    if arguments.sample:
        history = sample_history()
    else:
        history = History.generated(arguments.seed, arguments.hours)
    simulator = Simulator(
        history=history,
        clock=SystemClock(),
        row_limit=arguments.row_limit,
        honours_hours=not arguments.ignore_hours,
    )
    await simulator.start(arguments.host, arguments.port)
    stopped = asyncio.Event()
    for signum in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends asyncio.run
            asyncio.get_running_loop().add_signal_handler(signum, stopped.set)
    print(f"Listening on {simulator.url}", flush=True)  # noqa: T201 - this line is its interface
    await stopped.wait()
    await simulator.close()


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    arguments = argparse.ArgumentParser(
        prog="python -m support.site",
        description="A simulated site for tests and benchmarks.",
        epilog=f"Faults, set by POST /__simulator: {', '.join(FAULTS)}.",
    )
    arguments.add_argument("--host", default="127.0.0.1")
    arguments.add_argument("--port", type=int, default=0, help="0 selects a free one")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--hours", type=int, default=24, help="hours of past usage")
    arguments.add_argument("--row-limit", type=int, help="cut answers to the newest rows")
    arguments.add_argument("--ignore-hours", action="store_true", help="ignore the parameter hours")
    arguments.add_argument("--sample", action="store_true", help="serve the sample instead")
    return arguments


if __name__ == "__main__":
    asyncio.run(run(parser().parse_args()))
