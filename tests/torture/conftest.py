"""The scale of the run, and its figures at the end."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.program import Program
from support.site import Site
from support.torture import FIGURE, Figures, Scale


@pytest.fixture
def scale() -> Scale:
    return Scale.of_environment()


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    return Figures(request.node.user_properties)


@pytest.fixture
def watched(tmp_path: Path, site: Site, figures: Figures) -> Iterator[Program]:
    """The program at log level debug, which logs each stall of its event loop."""
    with Program(tmp_path, site.url, arguments=("--log-level", "debug")) as program:
        yield program
    report_stalls(program, figures)


def report_stalls(program: Program, figures: Figures) -> None:
    """Add the number of stalls above 50 ms, and the longest with its stack."""
    found = re.findall(r"event loop stalled ms=(\d+) stack=(.*)", program.log)
    longest, stack = max(((int(ms), stack) for ms, stack in found), default=(0, "none"))
    figures.add("stalls of the event loop", len(found), f"longest {longest} ms: {stack[:120]}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of the tests that passed, also those of other processes."""
    passed = {report.nodeid for report in terminalreporter.getreports("passed")}
    for report in terminalreporter.getreports(""):
        if report.when == "teardown" and report.nodeid in passed:
            for name, line in report.user_properties:
                if name == FIGURE:
                    terminalreporter.write_line(str(line))
