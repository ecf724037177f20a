"""Fixtures: the simulated site and the program, both real, both new for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.program import Program
from support.site import Site


@pytest.fixture
def site() -> Iterator[Site]:
    """The simulated upstream with the specification's sample answer."""
    with Site() as running:
        yield running


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """One program for the tests of a module that leave no trace in it."""
    with Site() as site, Program(tmp_path_factory.mktemp("shared"), site.url) as running:
        yield running


@pytest.fixture
def program(tmp_path: Path, site: Site) -> Iterator[Program]:
    """The program, started, without a cookie."""
    with Program(tmp_path, site.url) as running:
        yield running
