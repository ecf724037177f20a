"""The unit tests mirror the package: from the path of a module follows where its tests are.

The tests of ``src/creditcurve/a/b.py`` are in ``tests/unit/a/``. A module without a file of its own
name is covered by the other tests of its folder, through the modules that use it. The tests of a
small package can be one file, ``tests/unit/test_a.py``.
"""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
SOURCES: Final = ROOT / "src/creditcurve"
TESTS: Final = ROOT / "tests/unit"
TESTED_ELSEWHERE: Final = {
    "api/events": "tests/api/test_events.py",  # a stream exists only in a running server
    "api/resources/alerts": "tests/flow/test_alerts.py",  # calls of the running program
    "app": "tests/api",  # the composition: every test of the running program
    "store/contract": "tests/unit/store",  # protocols, tested with the SQLite store
    "store/values": "tests/unit/store",  # questions and answers of the shelves
    "store/sqlite/alerts": "tests/unit/store/test_alerts.py",  # one shelf of the contract
    "store/sqlite/migrations": "tests/unit/store/sqlite/test_opening.py",  # run when opening
}
"""Packages that only mean something together with others, and the place of their tests."""
OTHER_FOLDERS: Final = {
    "cookie/snippets": "samples of pasted cookies",
    "costs": "counted work of several packages together",
}


def packages() -> list[str]:
    """Return the packages with modules, as paths below the root package."""
    folders = {file.parent for file in SOURCES.rglob("*.py")} - {SOURCES}
    return sorted(folder.relative_to(SOURCES).as_posix() for folder in folders)


def is_mirrored(package: str) -> bool:
    """Return whether a package has a folder of tests, or a file of its name."""
    folder = TESTS / package
    return any(folder.glob("test_*.py")) or folder.with_name(f"test_{folder.name}.py").exists()


def test_each_package_has_tests_in_its_place() -> None:
    without = {package for package in packages() if not is_mirrored(package)}
    assert without == TESTED_ELSEWHERE.keys(), "add the tests, or the place where they are"


def test_the_tests_elsewhere_exist() -> None:
    for place in TESTED_ELSEWHERE.values():
        assert (ROOT / place).exists(), place


def test_each_folder_of_tests_mirrors_a_package() -> None:
    folders = {file.parent for file in TESTS.rglob("*.*") if "__pycache__" not in file.parts}
    known = {*packages(), *OTHER_FOLDERS, "."}
    assert {folder.relative_to(TESTS).as_posix() for folder in folders} <= known
