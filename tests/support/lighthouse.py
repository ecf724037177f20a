"""Lighthouse's audit of the demo's page, on a desktop and on a phone."""

import json
import os
import shutil
import subprocess
import sys
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
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


Report = dict[str, Any]
"""What Lighthouse writes as JSON."""


@dataclass(frozen=True)
class Device:
    """How a page is audited, and the least score of each category."""

    name: str
    arguments: tuple[str, ...]
    least: dict[str, int]


DESKTOP: Final = Device(
    "desktop",
    ("--preset=desktop",),
    {"performance": 98, "accessibility": 100, "best-practices": 100},
)
MOBILE: Final = Device(
    "mobile", (), {"performance": 90, "accessibility": 100, "best-practices": 100}
)
_SLOWDOWNS: Final = ((150, 1), (800, 2), (1_300, 3), (1_533, 4))
"""Computers by Lighthouse's benchmark, and how much slower its phone is than each.

Lighthouse's document on throttling refers to them:
https://github.com/patrickhulce/lighthouse-cpu-throttling-calculator
"""
_DEFAULT_SLOWDOWN: Final = _SLOWDOWNS[-1][1]


def calibrated(device: Device, report: Report) -> Device:
    """Slow this computer down to the speed of Lighthouse's phone.

    Args:
        device: a phone; Lighthouse makes it four times slower than this computer.
        report: of any audit on this computer, which has its speed by Lighthouse's benchmark.

    Returns:
        The same device if this computer is as fast as Lighthouse assumes.
    """
    slowdown = _slowdown(report["environment"]["benchmarkIndex"])
    if slowdown >= _DEFAULT_SLOWDOWN:
        return device
    argument = f"--throttling.cpuSlowdownMultiplier={slowdown:.1f}"
    return replace(
        device, name=f"{device.name}-calibrated", arguments=(*device.arguments, argument)
    )


def _slowdown(index: float) -> float:
    at = bisect_left(_SLOWDOWNS, index, key=lambda known: known[0])
    if at in (0, len(_SLOWDOWNS)):
        return _SLOWDOWNS[max(at - 1, 0)][1]
    (low, less), (high, more) = _SLOWDOWNS[at - 1 : at + 1]
    return less + (more - less) * (index - low) / (high - low)


@contextmanager
def demo() -> Iterator[str]:
    """Run the demo; return its address."""
    command = [sys.executable, "-m", "creditcurve", "demo", "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield next(iter(process.stdout or ())).removeprefix("Listening on ").strip()
        finally:
            process.terminate()


def report_of(url: str, device: Device) -> Report:
    """Audit the page on a device."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    report_file = REPORTS / f"{device.name}.json"
    command = [
        str(TOOL),
        url,
        *device.arguments,
        "--quiet",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={' '.join(chromium_flags())}",
        "--output=json",
        f"--output-path={report_file}",
    ]
    for is_last in (False, False, True):
        done = subprocess.run(
            command,
            check=False,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "CHROME_PATH": chromium()},
        )
        if done.returncode == 0:
            break
        # Lighthouse now and then misses the start of the visit, and asks to be run again.
        if is_last or "NO_NAVSTART" not in done.stderr:
            raise RuntimeError(done.stderr)
    report: Report = json.loads(report_file.read_text())
    return report


def shift_of(report: Report) -> float:
    """Return by how much the page's content moved while it loaded."""
    shift: float = report["audits"]["cumulative-layout-shift"]["numericValue"]
    return shift


def slowdown_of(report: Report) -> float:
    """Return how many times slower than this computer the device was."""
    slowdown: float = report["configSettings"]["throttling"]["cpuSlowdownMultiplier"]
    return slowdown


def scores_of(report: Report) -> dict[str, int]:
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
