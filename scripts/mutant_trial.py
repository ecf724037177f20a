"""The pytest plugin that runs the collected tests on mutants, for ``mutant_sample.py``.

Each mutant runs in a fork until a test fails: first the tests in files named after its module, then
the quickest. The test that failed then runs without the mutant: only if it passes there is the
mutant killed, so a test that fails at random kills none.
"""

import gc
import json
import multiprocessing
import os
import time
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Final

import pytest
from mutant_forks import Tests, first_failure, in_fork, in_order, run
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.format_utils import mangled_name_from_mutant_name

PARALLEL: Final = 2
LEAST_CPU_S: Final = 20
CPU_FACTOR: Final = 5
MOST_S: Final = 12
"""The tests of a mutant take no longer than this, in all; others count as if they passed."""
REACHED: Final = Path("reached.json")

Durations = dict[str, float]
Reaching = dict[str, list[str]]


class Trial:
    """Runs the tests on each mutant of a sample, and keeps the verdicts."""

    def __init__(self, sample: Sequence[str]) -> None:
        self._sample = sample
        self._tests: Tests = ()
        self._duration_s: Durations = {}
        self._reaching: Reaching = {}
        self.verdicts: dict[str, str] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Measure which test reaches which function; then judge the mutants."""
        self._tests = session.items
        self._duration_s, self._reaching = reached(session.items)
        gc.freeze()  # so that no fork copies the pages of loaded modules
        with multiprocessing.get_context("fork").Pool(PARALLEL, _share, (self,)) as pool:
            for name, verdict in zip(self._sample, pool.imap(_judge, self._sample), strict=True):
                self.verdicts[name] = verdict
                print(f"{len(self.verdicts)}/{len(self._sample)} {name}: {verdict}", flush=True)
        return True

    def judge(self, name: str) -> str:
        """Run the tests that reach a mutant until one fails because of it."""
        tests = self._tests_of(name)
        if not tests:
            return "survived, no test reaches it"
        cpu_s = LEAST_CPU_S + CPU_FACTOR * int(sum(self._duration_s[t.nodeid] for t in tests))
        while failed := in_fork(partial(first_failure, tests, name), cpu_s):
            control = [test for test in tests if test.nodeid == failed]
            if not control or not in_fork(partial(first_failure, control, "")):
                return f"killed by {failed}"
            tests.remove(control[0])
        return "survived"

    def _tests_of(self, name: str) -> list[pytest.Item]:
        """Return the tests that reach a mutant, the most promising first."""
        reaching = set(self._reaching.get(mangled_name_from_mutant_name(name), ()))
        tests = [test for test in self._tests if test.nodeid in reaching]
        tests.sort(key=lambda test: (not is_near(test, name), self._duration_s[test.nodeid]))
        ends_s = accumulate(self._duration_s[test.nodeid] for test in tests)
        return [test for test, end_s in zip(tests, ends_s, strict=True) if end_s <= MOST_S]


def is_near(test: pytest.Item, mutant: str) -> bool:
    """Return whether a file of tests has the name of the mutant's module, or of its package."""
    return test.path.stem.removeprefix("test_") in mutant.split(".")


def reached(tests: Tests) -> tuple[Durations, Reaching]:
    """Return the measure of all tests; those that were measured before are not run again."""
    duration_s, reaching = json.loads(REACHED.read_text()) if REACHED.exists() else ({}, {})
    new = [test for test in tests if test.nodeid not in duration_s]
    new_durations_s, new_reaching = json.loads(in_fork(lambda: json.dumps(measure(new))))
    duration_s |= new_durations_s
    for function, names in new_reaching.items():
        reaching[function] = [*reaching.get(function, ()), *names]
    REACHED.write_text(json.dumps((duration_s, reaching)))
    return duration_s, reaching


def measure(tests: Tests) -> tuple[Durations, Reaching]:
    """Run every test; return their durations, and the tests that reach each function."""
    set_mutant_under_test("stats")
    os.environ["MUTMUT_DEPENDENCY_DEPTH"] = "-1"
    duration_s: Durations = {}
    reaching: Reaching = defaultdict(list)
    for test, following in in_order(tests):
        state()._stats.clear()  # noqa: SLF001 - mutmut has no public access to it
        before_s = time.process_time()
        run(test, following)
        duration_s[test.nodeid] = time.process_time() - before_s
        for function in state()._stats:  # noqa: SLF001 - as above
            reaching[function].append(test.nodeid)
    return duration_s, reaching


_trial: Trial


def _share(trial: Trial) -> None:
    global _trial  # noqa: PLW0603 - a pool has no other way to share it with its forks
    _trial = trial


def _judge(name: str) -> str:
    return _trial.judge(name)
