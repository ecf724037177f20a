"""Writes the parts of the product that others made: an SBOM in CycloneDX form, and their licences.

Both become a part of the package, in ``creditcurve/legal``: the Python packages that the program
needs, and the npm packages in its page, with the versions of this environment, which the lock files
pin. The executable also contains Python and the loader of PyInstaller: their licences are a file of
their own.
"""

import json
import re
import sysconfig
import tomllib
import uuid
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final, NamedTuple

from packaging.requirements import Requirement

from creditcurve import __version__

ROOT: Final = Path(__file__).parent.parent
FOLDER: Final = ROOT / "src" / "creditcurve" / "legal"
_LICENCE_FILE: Final = re.compile(r"(licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)
_NAMESPACE: Final = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")


class Component(NamedTuple):
    """A package that is shipped.

    Attributes:
        kind: ``pypi`` or ``npm``.
        licence: an SPDX expression, or what the package says instead.
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


def main() -> None:
    """Write both files."""
    components = sorted({*python_components(), *page_components()})
    FOLDER.mkdir(exist_ok=True)
    write("sbom.cdx.json", json.dumps(document(components), indent=1) + "\n")
    write("THIRD_PARTY_LICENSES.txt", licences(components))
    write("EXECUTABLE_LICENSES.txt", executable_licences())


def write(name: str, text: str) -> None:
    """Write a file with the same line ends on every system."""
    (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


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


def document(components: list[Component]) -> dict[str, Any]:
    """Return the SBOM; equal components give an equal document."""
    digest = uuid.uuid5(_NAMESPACE, f"{__version__} {[one.purl for one in components]}")
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{digest}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "creditcurve",
                "name": "creditcurve",
                "version": __version__,
                "licenses": [{"expression": "MIT"}],
                "purl": f"pkg:pypi/creditcurve@{__version__}",
            }
        },
        "components": [
            {
                "type": "library",
                "bom-ref": one.purl,
                "name": one.name,
                "version": one.version,
                "licenses": [{"license": {"name": one.licence}}],
                "purl": one.purl,
            }
            for one in components
        ],
        "dependencies": [{"ref": "creditcurve", "dependsOn": [one.purl for one in components]}],
    }


def licences(components: list[Component]) -> str:
    """Return the licence texts of all packages."""
    head = "CreditCurve contains these packages, under their own licences.\n"
    parts = [
        f"{'=' * 80}\n{one.name} {one.version} · {one.licence}\n{'=' * 80}\n\n"
        + ("\n\n".join(one.texts) or "The package contains no licence file.")
        for one in components
    ]
    return "\n\n".join([head, *parts]) + "\n"


def executable_licences() -> str:
    """Return the licences of what the executable contains besides the packages."""
    version = sysconfig.get_python_version()
    address = f"https://docs.python.org/{version}/license.html"
    parts = [
        "The executable of CreditCurve also contains Python and the loader of PyInstaller.",
        f"Python {version} contains libraries such as OpenSSL, zlib and libffi; see {address}.",
        *python_licence(Path(sysconfig.get_path("stdlib"))),
        *loader_licence(),
    ]
    return f"\n\n{'=' * 80}\n\n".join(parts) + "\n"


def python_licence(library: Path) -> Iterator[str]:
    """Yield the licence of the Python with this library; a system's package may have none there."""
    file = library / "LICENSE.txt"
    if file.is_file():
        yield file.read_text("utf-8").strip()


def loader_licence() -> Iterator[str]:
    """Yield the licence of the loader, with its exception for programs that it starts."""
    try:
        yield from texts_of(distribution("pyinstaller"))
    except PackageNotFoundError:  # nothing here builds the executable
        return


if __name__ == "__main__":
    main()
