"""The scale of the run, and its figures at the end."""

import pytest

from support.torture import FIGURE, Figures, Scale


@pytest.fixture
def scale() -> Scale:
    return Scale.of_environment()


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    return Figures(request.node.user_properties)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of the tests that passed, also those of other processes."""
    for report in terminalreporter.getreports("passed"):
        for name, line in report.user_properties:
            if name == FIGURE:
                terminalreporter.write_line(str(line))
