"""All figures in one run: ``make bench``; ``python -m bench SUBJECT …`` measures some of them.

Each figure is printed beside its goal and a rival that was measured in the same run, and written
to ``bench/results.md``. Nothing here fails a test.
"""

import compileall
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench import figures, machine
from bench.figures import Figure, Measured

import creditcurve

SUBJECTS: Final = (
    "fanout",
    "starting",
    "statusline",
    "history",
    "disk",
    "known",
    "alerts",
    "loading",
    "painting",
    "lighthouse",
    "idle",
)


def main(subjects: Sequence[str]) -> None:
    """Measure subjects and write the report after each."""
    _compile()
    for subject in subjects or SUBJECTS:
        description, load = machine.description(), machine.load()
        print(f"{subject}: {description} Load {load:.1f}.", flush=True)
        before_ms = machine.interpreter_ms()
        found: list[Figure] = importlib.import_module(f"bench.{subject}").main()
        interpreter_ms = min(before_ms, machine.interpreter_ms())
        measured = Measured(description, load, interpreter_ms, found)
        print(*measured.lines(), sep="\n", flush=True)
        figures.store(subject, measured, SUBJECTS)


def _compile() -> None:
    """Compile the program as its installation does; a start would compile every module again."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(Path(creditcurve.__file__).parent, quiet=1)


if __name__ == "__main__":
    main(sys.argv[1:])
