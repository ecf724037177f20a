"""The simulated site as a process: ``python -m creditcurve.simulator``.

Prints ``Listening on http://…`` once it serves, and ends on SIGINT or SIGTERM.
"""

import argparse
import asyncio
import contextlib
import signal

from creditcurve.clocks import SystemClock
from creditcurve.simulator import FAULTS, History, Simulator


async def run(arguments: argparse.Namespace) -> None:
    """Serve until a signal comes."""
    if arguments.sample:
        history = History.sample()
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
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends asyncio.run itself
            asyncio.get_running_loop().add_signal_handler(signum, stopped.set)
    print(f"Listening on {simulator.url}", flush=True)  # noqa: T201 - this line is its interface
    await stopped.wait()
    await simulator.close()


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(
        prog="python -m creditcurve.simulator",
        description="A simulated site for tests, demo and benchmarks.",
        epilog=f"Faults, set by POST /__simulator: {', '.join(FAULTS)}.",
    )
    made.add_argument("--host", default="127.0.0.1")
    made.add_argument("--port", type=int, default=0, help="0 takes a free one")
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--hours", type=int, default=24, help="how much of the past there is")
    made.add_argument("--row-limit", type=int, help="cut answers to the newest rows")
    made.add_argument("--ignore-hours", action="store_true", help="ignore the parameter hours")
    made.add_argument("--sample", action="store_true", help="the specification's sample instead")
    return made


if __name__ == "__main__":
    asyncio.run(run(parser().parse_args()))
