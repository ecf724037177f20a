"""Counts the instructions of the processor: a cost that no load of the machine changes.

Regular expressions run in C, so that ``support.calls`` does not see how long they take.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

VALGRIND: Final = shutil.which("valgrind")

_TESTS: Final = Path(__file__).parent.parent
_MARK: Final = "getppid"
"""A C function that only the script calls: callgrind writes a count at each call of it."""
_PRELUDE: Final = f"""
import gc, os, sys
gc.disable()  # a collection falls into any work
sys.path.insert(0, {str(_TESTS)!r})

def measure(work, *arguments):
    os.getppid()
    work(*arguments)
    os.getppid()
"""
_COUNT: Final = re.compile(r"^totals: (\d+)$", re.MULTILINE)
_COLLECTED: Final = re.compile(r"Collected : (\d+)")


def instructions(script: str, folder: Path, *, timeout_s: float) -> list[int]:
    """Run a script; return the instructions of each of its calls of ``measure(work, *arguments)``.

    Args:
        script: in Python; it can import ``support``.
        folder: an empty one for the counts.
        timeout_s: the limit for the whole script.
    """
    options = ("--tool=callgrind", f"--dump-before={_MARK}", f"--callgrind-out-file={folder}/count")
    subprocess.run(
        (str(VALGRIND), *options, sys.executable, "-"),
        input=_PRELUDE + script,
        text=True,
        check=True,
        capture_output=True,
        timeout=timeout_s,
    )
    # The first count is that of the start; then those of a work and of the time until the next
    # alternate. The last file, without a number, has the rest.
    counts = []
    for number in range(2, len(list(folder.glob("count.*"))) + 1, 2):
        found = _COUNT.search((folder / f"count.{number}").read_text())
        assert found is not None
        counts.append(int(found[1]))
    return counts


def instructions_of_process(*arguments: str, timeout_s: float = 600) -> int:
    """Run Python with arguments; return the instructions of the whole process."""
    options = ("--tool=callgrind", "--callgrind-out-file=/dev/null")
    done = subprocess.run(
        (str(VALGRIND), *options, sys.executable, *arguments),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        timeout=timeout_s,
    )
    found = _COLLECTED.search(done.stderr)
    assert found is not None, done.stderr
    return int(found[1])
