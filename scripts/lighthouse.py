"""Lighthouse's audit of the demo's page, on a desktop and on a phone: ``make lighthouse``.

The reports are in ``artifacts/lighthouse``. The exit code is 1 if a score is below its least.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
REPORTS = ROOT / "artifacts" / "lighthouse"
TOOL = ROOT / ".tools" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
CATEGORIES: Final = ("performance", "accessibility", "best-practices")
MOST_SHIFT: Final = 0.01
NAMES: Final = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Device:
    """How a page is audited, and the least score of each category."""

    name: str
    arguments: tuple[str, ...]
    least: dict[str, int]


DEVICES: Final = (
    Device(
        "desktop",
        ("--preset=desktop",),
        {"performance": 98, "accessibility": 100, "best-practices": 100},
    ),
    Device("mobile", (), {"performance": 90, "accessibility": 100, "best-practices": 100}),
)


def main() -> int:
    """Audit the demo once on each device; print the scores."""
    with demo() as url:
        faults = [fault for device in DEVICES for fault in audited(url, device)]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


@contextmanager
def demo() -> Iterator[str]:
    """Run the demo; return its address."""
    command = [sys.executable, "-m", "creditcurve", "demo", "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield next(iter(process.stdout or ())).removeprefix("Listening on ").strip()
        finally:
            process.terminate()


def audited(url: str, device: Device) -> list[str]:
    """Audit the page on a device; return what is below its least."""
    report = report_of(url, device)
    scores, shift = scores_of(report), shift_of(report)
    print(device.name, *(f"{name} {score}" for name, score in scores.items()), sep=" · ", end="")
    print(f" · layout shift {shift:.4f}")
    faults = [
        f"{device.name}: {name} {scores[name]}, at least {least}"
        for name, least in device.least.items()
        if scores[name] < least
    ]
    if shift > MOST_SHIFT:
        faults.append(f"{device.name}: layout shift {shift:.4f}, at most {MOST_SHIFT}")
    return faults


def report_of(url: str, device: Device) -> dict[str, Any]:
    """Audit the page on a device."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    report_file = REPORTS / f"{device.name}.json"
    subprocess.run(
        [
            str(TOOL),
            url,
            *device.arguments,
            "--quiet",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={' '.join(chromium_flags())}",
            "--output=json",
            f"--output-path={report_file}",
        ],
        check=True,
        env={**os.environ, "CHROME_PATH": chromium()},
    )
    report: dict[str, Any] = json.loads(report_file.read_text())
    return report


def scores_of(report: dict[str, Any]) -> dict[str, int]:
    """Return the score of each category, of 100."""
    return {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES}


def shift_of(report: dict[str, Any]) -> float:
    """Return by how much the page's content moved while it loaded."""
    shift: float = report["audits"]["cumulative-layout-shift"]["numericValue"]
    return shift


def chromium() -> str:
    """Return the Chromium of this machine, or Playwright's if it is not installed."""
    if found := next(filter(None, map(shutil.which, NAMES)), None):
        return found
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def chromium_flags() -> list[str]:
    """Return the flags of a headless Chromium; root needs one without a sandbox."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return ["--headless=new", *as_root]


if __name__ == "__main__":
    sys.exit(main())
