"""Finds the packages of others that are shipped, with their licences.

These are the Python packages that the program needs, and the npm packages in its page, with the
versions of this environment, which the lock files pin.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any, Final, NamedTuple

from packaging.requirements import Requirement

ROOT: Final = Path(__file__).parent.parent
_LICENCE_FILE: Final = re.compile(r"(licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)


class Component(NamedTuple):
    """A package that is shipped.

    Attributes:
        kind: ``pypi`` or ``npm``.
        licence: an SPDX expression, or the package's own words.
        texts: its licence files.
    """

    kind: str
    name: str
    version: str
    licence: str
    texts: tuple[str, ...]

    @property
    def purl(self) -> str:
        """The package URL."""
        return f"pkg:{self.kind}/{self.name.replace('@', '%40')}@{self.version}"


def python_components() -> Iterator[Component]:
    """Yield the packages that the program needs, with what these need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found: set[str] = set()
    waiting = [*needed(project["dependencies"])]
    while waiting:
        package = distribution(waiting.pop().name)
        name = re.sub(r"[-_.]+", "-", package.name).lower()
        if name not in found:
            found.add(name)
            waiting += needed(package.requires or ())
            yield Component("pypi", name, package.version, licence_of(package), texts_of(package))


def needed(lines: Iterable[str]) -> Iterator[Requirement]:
    """Yield the requirements that apply here; of the extras, those for proxies."""
    for line in lines:
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", "socks")):
            yield requirement


def licence_of(package: Distribution) -> str:
    """Return the licence that a package declares."""
    declared: Any = package.metadata
    if text := declared.get("License-Expression") or declared.get("License"):
        return str(text).splitlines()[0][:100]
    names = [
        line.rpartition(" :: ")[2]
        for line in declared.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    return ", ".join(names) or "unknown"


def texts_of(package: Distribution) -> tuple[str, ...]:
    """Return the licence files of a package."""
    files = sorted(str(file) for file in package.files or () if is_licence(str(file)))
    paths = (Path(str(package.locate_file(file))) for file in files)
    return tuple(path.read_text("utf-8", "replace").strip() for path in paths if path.is_file())


def is_licence(file: str) -> bool:
    """Return whether a file of a package's metadata is a licence."""
    return ".dist-info/" in file and _LICENCE_FILE.search(file) is not None


def page_components() -> Iterator[Component]:
    """Yield the npm packages of the page, with what these need."""
    found: set[Path] = set()
    waiting = [(ROOT / "web", name) for name in manifest(ROOT / "web")["dependencies"]]
    while waiting:
        folder = folder_of(*waiting.pop())
        if folder is None or folder in found or not (folder / "package.json").is_file():
            continue
        found.add(folder)
        package = manifest(folder)
        waiting += [(folder, name) for name in package.get("dependencies", {})]
        texts = tuple(
            file.read_text("utf-8", "replace").strip()
            for file in sorted(folder.iterdir())
            if file.is_file() and _LICENCE_FILE.match(file.name)
        )
        licence = str(package.get("license", "unknown"))
        yield Component("npm", package["name"], package["version"], licence, texts)


def folder_of(start: Path, name: str) -> Path | None:
    """Return the folder of a package, as Node finds it from another package."""
    for place in (start, *start.parents):
        if (place / "node_modules" / name / "package.json").is_file():
            return place / "node_modules" / name
        if place == ROOT:
            return None
    return None


def manifest(folder: Path) -> dict[str, Any]:
    """Return the package.json of a folder."""
    found: dict[str, Any] = json.loads((folder / "package.json").read_text("utf-8"))
    return found
