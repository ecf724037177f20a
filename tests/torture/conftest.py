"""The scale of the run, and its figures at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.checker import check_database
from support.program import Program
from support.site import Site
from support.torture import FIGURE, STALLS, Figure, Figures, Scale, Stalls, table


@pytest.fixture
def scale() -> Scale:
    return Scale.of_environment()


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    return Figures(request.node.user_properties)


@pytest.fixture
def stalls(request: pytest.FixtureRequest) -> Stalls:
    return Stalls(request.node.user_properties)


@pytest.fixture
def watched(tmp_path: Path, site: Site, stalls: Stalls) -> Iterator[Program]:
    """The program at log level debug, which logs each stall of its event loop."""
    with Program(tmp_path, site.url, arguments=("--log-level", "debug")) as program:
        yield program
    check_database(program.data_dir / "creditcurve.db")
    stalls.read(program.log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of the tests that passed, also those of other processes."""
    passed = {report.nodeid for report in terminalreporter.getreports("passed")}
    reports = [
        report
        for report in terminalreporter.getreports("")
        if report.when == "teardown" and report.nodeid in passed
    ]
    noted = [one for report in reports for one in report.user_properties]
    figures = [Figure(*values) for name, values in noted if name == FIGURE]
    late = [(ms, stack) for name, values in noted if name == STALLS for ms, stack in values]
    if figures:
        terminalreporter.section("figures")
        for line in table(figures, late, Scale.of_environment().share):
            terminalreporter.write_line(line)
