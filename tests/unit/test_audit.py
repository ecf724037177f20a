"""The audit names the parts that it could not check, and does not call that success."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "audit.py"
AUDITED = {"name": "attrs", "version": "1.0", "vulns": []}
SKIPPED = {"name": "rich", "skip_reason": "Dependency not found on PyPI"}
VULNERABLE = {"name": "idna", "version": "2.0", "vulns": [{"id": "PYSEC-1"}]}


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("audit", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["audit"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("packages", "code", "text"),
    [
        ([AUDITED], 0, "PyPI: no known vulnerabilities"),
        ([SKIPPED], 69, "PyPI: not audited, vulnerability data not available"),
        ([AUDITED, SKIPPED], 69, "PyPI: no data about 1 of 2"),
        ([VULNERABLE, SKIPPED], 1, "PyPI: known vulnerabilities: 1\nidna 2.0: PYSEC-1"),
    ],
)
def test_packages_without_data_are_a_failure(
    audit: ModuleType, packages: list[Any], code: int, text: str
) -> None:
    """pip-audit itself ends with 0 then."""
    assert audit.verdict_of_pypi({"dependencies": packages}) == (code, text)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ('{"vite": [{"title": "Path traversal"}]}', 1),
        ("{}", 0),
        ("error: POST https://example.org - 405", 69),
        ("", 69),
    ],
)
def test_a_registry_without_advisories_is_a_failure(
    audit: ModuleType, printed: str, code: int
) -> None:
    assert audit.verdict_of_npm(audit.parsed(printed)).code == code


def test_a_package_without_a_licence_is_a_finding(audit: ModuleType) -> None:
    def sbom(licence: str) -> dict[str, Any]:
        return {"components": [{"name": "a", "licenses": [{"license": {"name": licence}}]}]}

    assert audit.verdict_of_sbom(sbom("MIT")).code == 0
    assert audit.verdict_of_sbom(sbom("unknown")) == (1, "licences: none declared by a")
