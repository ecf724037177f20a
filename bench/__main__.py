"""All figures in one run: ``make bench``; ``python -m bench SUBJECT …`` measures some of them.

Each figure is printed beside its goal and a rival that was measured in the same run, and written
to ``bench/results.md``. Nothing here fails a test.
"""

import importlib
import sys
from collections.abc import Sequence
from typing import Final

from bench import figures, machine
from bench.figures import Figure

SUBJECTS: Final = (
    "fanout",
    "starting",
    "statusline",
    "history",
    "disk",
    "known",
    "loading",
    "painting",
    "idle",
)


def main(subjects: Sequence[str]) -> None:
    """Measure subjects; the report is written only if all of them were measured."""
    description = machine.description()
    print(description, flush=True)
    measured: list[Figure] = []
    for subject in subjects or SUBJECTS:
        for figure in importlib.import_module(f"bench.{subject}").main():
            print(figure.line(), flush=True)
            measured.append(figure)
    if not subjects:
        figures.write(description, measured)


if __name__ == "__main__":
    main(sys.argv[1:])
