"""Lighthouse's audit of the demo's page, on a desktop and on a phone: ``make lighthouse``.

The reports are in ``artifacts/lighthouse``. The exit code is 1 if a score is below its least.
"""

import sys
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.lighthouse import (
    DESKTOP,
    MOBILE,
    Device,
    Report,
    calibrated,
    demo,
    report_of,
    scores_of,
    shift_of,
    slowdown_of,
)

MOST_SHIFT: Final = 0.01


def main() -> int:
    """Audit the demo on each device; print the scores."""
    with demo() as url:
        _, faults = audited(url, DESKTOP)
        report, others = audited(url, MOBILE)
        if (phone := calibrated(MOBILE, report)) is not MOBILE:
            audited(url, phone)  # tells a slow page from a slow computer; fails nothing
    for fault in (*faults, *others):
        print(fault, file=sys.stderr)
    return 1 if faults or others else 0


def audited(url: str, device: Device) -> tuple[Report, list[str]]:
    """Audit the page on a device; return the report, and the scores below the least ones."""
    report = report_of(url, device)
    scores, shift = scores_of(report), shift_of(report)
    print(
        device.name,
        f"slowdown {slowdown_of(report):.3g}",
        *(f"{name} {score}" for name, score in scores.items()),
        f"layout shift {shift:.4f}",
        sep=" · ",
    )
    faults = [
        f"{device.name}: {name} {scores[name]}, at least {least}"
        for name, least in device.least.items()
        if scores[name] < least
    ]
    if shift > MOST_SHIFT:
        faults.append(f"{device.name}: layout shift {shift:.4f}, at most {MOST_SHIFT}")
    return report, faults


if __name__ == "__main__":
    sys.exit(main())
