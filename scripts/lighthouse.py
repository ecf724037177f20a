"""Lighthouse's audit of the demo's page, on a desktop and on a phone: ``make lighthouse``.

The reports are in ``artifacts/lighthouse``. The exit code is 1 if a score is below its least.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

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
    REPORTS.mkdir(parents=True, exist_ok=True)
    demo = subprocess.Popen(
        [sys.executable, "-m", "creditcurve", "demo", "--port", "0", "--no-open"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        url = next(iter(demo.stdout or ())).removeprefix("Listening on ").strip()
        faults = [fault for device in DEVICES for fault in audited(url, device)]
    finally:
        demo.terminate()
        demo.wait()
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def audited(url: str, device: Device) -> list[str]:
    """Audit the page on a device; return what is below its least."""
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
    report = json.loads(report_file.read_text())
    scores = {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES}
    shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
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
