"""Draw mutants at random and list those that no test kills: ``make mutants SAMPLE=200 SEED=1``.

The draw is even over all mutants of mutmut's configuration, and repeatable by its seed. To measure
from the beginning, delete ``mutants`` first: its content is used again.
"""

import argparse
import contextlib
import fnmatch
import io
import json
import os
import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from mutant_trial import PARALLEL, Trial
from mutmut import __main__ as mutmut
from mutmut.configuration import config
from mutmut.mutation.diff_apply import find_mutant, get_diff_for_mutant
from mutmut.mutation.trampoline import set_mutant_under_test


def main() -> int:
    """Make all mutants, run a sample of them, list those that survive."""
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("names", nargs="?", default="*", help="a pattern of mutants' names")
    arguments = parser.parse_args()
    names = fnmatch.filter(make_mutants(), arguments.names)
    size = min(arguments.size, len(names))
    trial = Trial(random.Random(arguments.seed).sample(names, size))  # noqa: S311 - repeatable
    run_pytest(trial)
    survivors = print_survivors(trial.verdicts)
    print(f"{survivors} of {len(trial.verdicts)} survived; drawn from {len(names)} mutants")
    return 0 if len(trial.verdicts) == size else 1


def make_mutants() -> list[str]:
    """Write the mutated program to ``mutants``; return the names of all mutants."""
    set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    with contextlib.redirect_stdout(io.StringIO()):
        mutmut.copy_src_dir()
        mutmut.copy_also_copy_files()
        mutmut.setup_source_paths()
        mutmut.store_lines_covered_by_tests()
        mutmut.create_mutants(PARALLEL)
    set_mutant_under_test("")
    metas = sorted(Path("mutants/src").rglob("*.meta"))
    return [name for meta in metas for name in json.loads(meta.read_text())["exit_code_by_key"]]


def run_pytest(trial: Trial) -> None:
    """Let pytest collect the tests of the mutated tree, and hand them to the trial."""
    above = Path.cwd()
    os.environ["PYTHONPATH"] = str(above / "mutants/src")  # for programs that tests start
    options = ["--rootdir=.", "-q", "-s", *config().pytest_add_cli_args]
    os.chdir("mutants")
    pytest.main([*options, *config().pytest_add_cli_args_test_selection], plugins=[trial])
    os.chdir(above)


def print_survivors(verdicts: Mapping[str, str]) -> int:
    """Print the change of each mutant that survived; return their number."""
    survivors = [name for name in verdicts if verdicts[name].startswith("survived")]
    for name in survivors:
        print(f"# {name}: {verdicts[name]}")
        print(get_diff_for_mutant(name, path=find_mutant(name).path))
    return len(survivors)


if __name__ == "__main__":
    raise SystemExit(main())
