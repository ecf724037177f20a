"""Tests in processes of their own, for ``mutant_trial.py``."""

import os
import resource
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

import pytest
from mutmut.mutation import trampoline

UNLIMITED: Final = resource.RLIM_INFINITY
ENDLESS: Final = "endless"
Tests = Sequence[pytest.Item]


def in_fork(action: Callable[[], str], cpu_s: int = UNLIMITED) -> str:
    """Return the result of an action in a separate process; "endless" if it took too long."""
    folder = Path(tempfile.mkdtemp(prefix="mutant-"))
    try:
        if (pid := os.fork()) == 0:
            _act(action, folder, cpu_s)
        os.waitpid(pid, 0)
        answer = folder / "answer"
        return answer.read_text() if answer.exists() else ENDLESS
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def first_failure(tests: Tests, mutant: str) -> str:
    """Return the first test that fails with a mutant, or an empty text."""
    trampoline.set_mutant_under_test(mutant)
    trampoline.get_mutant_under_test = lambda: mutant  # each call would look into the environment
    _silence()
    failed = (test.nodeid for test, following in in_order(tests) if not run(test, following))
    return next(failed, "")


def in_order(tests: Tests) -> Iterable[tuple[pytest.Item, pytest.Item | None]]:
    """Return each test with the following one, for which common fixtures are kept."""
    return zip(tests, [*tests[1:], None], strict=True)


def run(test: pytest.Item, following: pytest.Item | None) -> bool:
    """Run one test with its fixtures; return whether it passed."""
    failed = test.session.testsfailed
    test.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
    return test.session.testsfailed == failed


def _act(action: Callable[[], str], folder: Path, cpu_s: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, UNLIMITED))
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(folder)
    try:
        (folder / "answer").write_text(action())
    finally:
        os._exit(0)


def _silence() -> None:
    """Drop what tests and pytest print."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
