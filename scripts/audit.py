"""Looks for known vulnerabilities and licences of everything shipped; see the target ``audit``.

The vulnerability data are at PyPI and npm. A network without them, like one behind a mirror of the
packages alone, is named in one line for each registry; the licences are checked in any case.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).parent.parent
SBOM: Final = ROOT / "src" / "creditcurve" / "legal" / "sbom.cdx.json"
FOUND: Final = 1
UNAVAILABLE: Final = 69
"""EX_UNAVAILABLE: what could be audited has no finding, but not everything could be."""


class Verdict(NamedTuple):
    """The message of an audit, and its exit code: 0, ``FOUND`` or ``UNAVAILABLE``."""

    code: int
    text: str


def main(arguments: list[str]) -> int:
    """Print one verdict for each part; return the worst exit code."""
    (bun,) = arguments
    verdicts = [audit_of_pypi(), audit_of_npm(bun), licences()]
    sys.stdout.writelines(f"{verdict.text}\n" for verdict in verdicts)
    codes = {verdict.code for verdict in verdicts}
    return FOUND if FOUND in codes else max(codes)


def audit_of_pypi() -> Verdict:
    """Audit the Python packages that the program runs with."""
    uv = str(Path(sys.executable).parent / "uv")
    options = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json")
    lock = ("--requirement", "requirements/run.txt")
    done = run(ROOT, uv, "tool", "run", "pip-audit", *options, *lock)
    return verdict_of_pypi(parsed(done.stdout))


def verdict_of_pypi(report: Mapping[str, Any] | None) -> Verdict:
    """Return the verdict of a report of pip-audit; None if it gave none."""
    packages = report["dependencies"] if report else []
    skipped = sum("skip_reason" in package for package in packages)
    found = [
        f"{package['name']} {package['version']}: {vulnerability['id']}"
        for package in packages
        for vulnerability in package.get("vulns", ())
    ]
    return verdict("PyPI", found, len(packages) - skipped, skipped)


def audit_of_npm(bun: str) -> Verdict:
    """Audit the npm packages that build the page."""
    return verdict_of_npm(parsed(run(ROOT / "web", bun, "audit", "--json").stdout))


def verdict_of_npm(report: Mapping[str, Any] | None) -> Verdict:
    """Return the verdict of a report of ``bun audit``: the advisories of each package."""
    found = [
        f"{name}: {advisory['title']}"
        for name, advisories in (report or {}).items()
        for advisory in advisories
    ]
    return verdict("npm", found, 0 if report is None else 1, 0)


def verdict(registry: str, found: list[str], audited: int, skipped: int) -> Verdict:
    """Return findings first; then whether the registry had data for all packages."""
    if found:
        return Verdict(
            FOUND, "\n".join((f"{registry}: known vulnerabilities: {len(found)}", *found))
        )
    if not audited:
        return Verdict(UNAVAILABLE, f"{registry}: not audited, vulnerability data not available")
    if skipped:
        return Verdict(UNAVAILABLE, f"{registry}: no data about {skipped} of {audited + skipped}")
    return Verdict(0, f"{registry}: no known vulnerabilities")


def licences() -> Verdict:
    """Write the SBOM and the licences, and look for packages that declare none."""
    done = run(ROOT, sys.executable, "scripts/legal.py")
    if done.returncode:
        return Verdict(FOUND, f"licences: {done.stderr.strip()}")
    return verdict_of_sbom(json.loads(SBOM.read_text("utf-8")))


def verdict_of_sbom(sbom: Mapping[str, Any]) -> Verdict:
    """Return a finding for each package that declares no licence."""
    packages = sbom["components"]
    without = [
        package["name"]
        for package in packages
        if package["licenses"][0]["license"]["name"] == "unknown"
    ]
    if without:
        return Verdict(FOUND, f"licences: none declared by {', '.join(without)}")
    return Verdict(0, f"licences: each of the {len(packages)} packages declares one")


def parsed(text: str) -> Mapping[str, Any] | None:
    """Return a JSON object; None for any other text."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def run(folder: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run a tool and keep its output."""
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
