"""Fixtures: the simulated site and the program, both real, both new for each test."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from support.examples import count
from support.program import Program
from support.site import COOKIE, Site

# Two cores that others use too: how long an example takes to make says nothing about the code.
settings.register_profile(
    "here",
    deadline=None,
    max_examples=count(30),
    suppress_health_check=[HealthCheck.too_slow],
)
# The example that fails with a mutant is not read: the first one is enough.
settings.register_profile(
    "mutants", settings.get_profile("here"), phases=[Phase.explicit, Phase.generate]
)
settings.load_profile("mutants" if "MUTANT_UNDER_TEST" in os.environ else "here")

# The collected tests live until the end: looking for garbage among them is in vain.
gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Collect garbage again, without the tests."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _no_test_leaves_the_cookie_behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Check that no file written by a test contains the cookie, logs included."""
    yield
    value = COOKIE.partition("=")[2].encode()
    files = (file for file in tmp_path_factory.getbasetemp().rglob("*") if file.is_file())
    found = [str(file) for file in files if value in file.read_bytes()]
    assert not found, found


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
