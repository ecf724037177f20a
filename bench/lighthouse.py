"""Lighthouse's scores of the demo's page, on a desktop and on a phone with a slow line."""

from typing import Any, Final

from bench.figures import Figure

from support.lighthouse import DEVICES, demo, report_of, scores_of, shift_of

_GOALS: Final = {
    ("desktop", "performance"): 98,
    ("mobile", "performance"): 95,
}
_BEST: Final = 100


def main() -> list[Figure]:
    """Audit the demo once on each device."""
    with demo() as url:
        reports = [(device, report_of(url, device)) for device in DEVICES]
    scores = [
        Figure(
            name=f"Lighthouse, {device.name}: {category}",
            ours=score,
            unit="of 100",
            goal=_GOALS.get((device.name, category), _BEST),
            is_more_better=True,
            where=_where(report),
        )
        for device, report in reports
        for category, score in scores_of(report).items()
    ]
    shifts = [
        Figure(
            name=f"Lighthouse, {device.name}: layout shift",
            ours=shift_of(report),
            unit="of the view",
            goal=0.01,
            where="places are kept",
        )
        for device, report in reports
    ]
    return [*scores, *shifts]


def _where(report: dict[str, Any]) -> str:
    """Return the times that Lighthouse weighs in its score of performance."""
    audits = report["audits"]
    names = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time")
    return ", ".join(f"{audits[name]['title']} {audits[name]['displayValue']}" for name in names)
