"""Writes the parts of the product that others made: an SBOM in CycloneDX form, and their licences.

Both become a part of the package, in ``creditcurve/legal``. The executable contains more than the
packages: the licences of that are a file of their own.
"""

import json
import uuid
from pathlib import Path
from typing import Any, Final

import licences
from components import Component, page_components, python_components

from creditcurve import __version__

FOLDER: Final = Path(__file__).parent.parent / "src" / "creditcurve" / "legal"
_NAMESPACE: Final = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")


def main() -> None:
    """Write the files."""
    components = sorted({*python_components(), *page_components()})
    FOLDER.mkdir(exist_ok=True)
    write("sbom.cdx.json", json.dumps(document(components), indent=1) + "\n")
    write("THIRD_PARTY_LICENSES.txt", licences.of_packages(components))
    write("EXECUTABLE_LICENSES.txt", licences.of_executable())


def write(name: str, text: str) -> None:
    """Write a file with the same line ends on every system."""
    (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


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


if __name__ == "__main__":
    main()
