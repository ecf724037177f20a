"""Lighthouse's audit of the demo's page, on a desktop and on a phone: ``make lighthouse``.

The reports are in ``artifacts/lighthouse``. The exit code is 1 if a score is below its least.
"""

import sys
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.lighthouse import (
    DEVICES,
    Device,
    demo,
    report_of,
    scores_of,
    shift_of,
)

MOST_SHIFT: Final = 0.01


def main() -> int:
    """Audit the demo once on each device; print the scores."""
    with demo() as url:
        faults = [fault for device in DEVICES for fault in audited(url, device)]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def audited(url: str, device: Device) -> list[str]:
    """Audit the page on a device; return the scores below the least ones."""
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


if __name__ == "__main__":
    sys.exit(main())
