"""Lighthouse's audit of the demo's page, on a desktop and on a phone."""

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

from support.browser import ADDRESS_BAR_PAGES

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "artifacts" / "lighthouse"
TOOL = ROOT / ".tools" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
CATEGORIES: Final = ("performance", "accessibility", "best-practices")
NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_WITHOUT: Final = (
    # The last list of the command line counts: this one also has what Lighthouse leaves out.
    "CalculateNativeWinOcclusion",
    "MediaRouter",
    "OptimizationHints",
    "RenderDocument",
    "Translate",
    *ADDRESS_BAR_PAGES,
)


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


@contextmanager
def demo() -> Iterator[str]:
    """Run the demo; return its address."""
    command = [sys.executable, "-m", "creditcurve", "demo", "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield next(iter(process.stdout or ())).removeprefix("Listening on ").strip()
        finally:
            process.terminate()


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


def shift_of(report: dict[str, Any]) -> float:
    """Return by how much the page's content moved while it loaded."""
    shift: float = report["audits"]["cumulative-layout-shift"]["numericValue"]
    return shift


def scores_of(report: dict[str, Any]) -> dict[str, int]:
    """Return the score of each category, of 100."""
    return {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES}


def chromium() -> str:
    """Return the Chromium of this machine, or Playwright's if it is not installed."""
    if found := next(filter(None, map(shutil.which, NAMES)), None):
        return found
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def chromium_flags() -> list[str]:
    """Return the flags of a headless Chromium; root needs one without a sandbox."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return ["--headless=new", f"--disable-features={','.join(_WITHOUT)}", *as_root]
