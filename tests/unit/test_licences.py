"""Everything that is shipped has a licence text."""

from typing import Any

import pytest

from support.scripts import script

licences = script("licences")


@pytest.fixture(scope="module")
def shipped() -> list[Any]:
    """The packages of this environment."""
    components = script("components")
    return [*components.python_components(), *components.page_components()]


def test_each_package_has_one(shipped: list[Any]) -> None:
    assert len(shipped) > 50
    for component in shipped:
        assert len("".join(licences.texts(component))) > 300, component.name


def test_a_package_without_one_ends_the_build() -> None:
    bare = licences.Component("npm", "a-new-package", "1.0.0", "MIT", ())
    with pytest.raises(SystemExit, match=r"a-new-package\.txt"):
        licences.of_packages([bare])


def test_a_text_is_kept_only_for_libraries_and_packages_without_one(
    shipped: list[Any],
) -> None:
    kept = {file.stem for file in licences.TEXTS.iterdir()}
    assert kept - {*licences.LIBRARIES} <= {one.name for one in shipped if not one.texts}
    assert {*licences.LIBRARIES} <= kept


@pytest.mark.parametrize(
    "words",
    [
        "Bootloader Exception",
        "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
        "The OpenSSL Project Authors",
        "Jean-loup Gailly and Mark Adler",
        "GCC RUNTIME LIBRARY EXCEPTION",
        "Stefan Krah",
    ],
)
def test_the_executable_has_those_of_its_loader_and_its_libraries(words: str) -> None:
    assert words in licences.of_executable()
