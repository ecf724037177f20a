"""Lighthouse's scores of the demo's page, on a desktop and on a phone with a slow line."""

from typing import Any, Final

from bench.figures import Figure
from bench.loading import REQUESTS, pages

from support.lighthouse import DEVICES, Device, demo, report_of, scores_of, shift_of

ROUNDS: Final = 3
_PERFORMANCE: Final = "performance"

_GOALS: Final = {
    ("desktop", "performance"): 98,
    ("mobile", "performance"): 95,
}
_BEST: Final = 100
_Report = dict[str, Any]


def main() -> list[Figure]:
    """Audit the demo on each device, and a plain page of ECharts, which bounds what is possible."""
    with demo() as ours, pages(REQUESTS) as (_, plain):
        return [
            figure
            for device in DEVICES
            for figure in _figures(device, _best(ours, device), _best(plain, device))
        ]


def _best(url: str, device: Device) -> _Report:
    """Return the report with the highest performance of some audits."""
    reports = [report_of(url, device) for _ in range(ROUNDS)]
    return max(reports, key=lambda report: scores_of(report)[_PERFORMANCE])


def _figures(device: Device, ours: _Report, plain: _Report) -> list[Figure]:
    scores = [
        Figure(
            name=f"Lighthouse, {device.name}: {category}",
            ours=score,
            unit="of 100",
            goal=_GOALS.get((device.name, category), _BEST),
            is_more_better=True,
            rival=scores_of(plain)[_PERFORMANCE] if category == _PERFORMANCE else None,
            rival_name="plain page with ECharts",
            where=_where(ours),
        )
        for category, score in scores_of(ours).items()
    ]
    shift = Figure(
        name=f"Lighthouse, {device.name}: layout shift",
        ours=shift_of(ours),
        unit="of the view",
        goal=0.01,
        where="places are kept",
    )
    return [*scores, shift]


def _where(report: _Report) -> str:
    """Return the times that Lighthouse weighs in its score of performance."""
    audits = report["audits"]
    names = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time")
    return ", ".join(f"{audits[name]['title']} {audits[name]['displayValue']}" for name in names)
