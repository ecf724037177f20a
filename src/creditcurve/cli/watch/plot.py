"""The curve as text: one line for each model, with braille points where the terminal has them."""

from collections.abc import Iterator, Sequence
from typing import Final

import plotext
from rich.text import Text

from creditcurve.cli.amounts import amount
from creditcurve.cli.watch.snapshot import Line, Snapshot

COLOURS: Final = ("blue", "green", "magenta", "cyan", "yellow", "red")
"""Names that both plotext and rich know; a seventh model begins again."""
_TICKS: Final = 6


def draw(snapshot: Snapshot, size: tuple[int, int], *, is_cumulative: bool, is_ascii: bool) -> Text:
    """Return the plot of a size in columns and rows; plotext keeps one figure, drawn anew."""
    plotext.clear_figure()
    plotext.limit_size(False, False)  # noqa: FBT003 - otherwise the size of standard output
    plotext.plotsize(*size)
    plotext.theme("clear")
    tops = [0.0]
    for index, line in enumerate(snapshot.lines):
        values = _cumulative(line.values) if is_cumulative else line.values
        for xs, ys in _segments(values):
            plotext.plot(
                xs, ys, marker="x" if is_ascii else "braille", color=COLOURS[index % len(COLOURS)]
            )
            tops.append(max(ys))
    _axes(snapshot, max(tops), _rows(size))
    return Text.from_ansi(plotext.build().rstrip("\n"), no_wrap=True)


def _rows(size: tuple[int, int]) -> int:
    return max(2, min(6, size[1] // 4))


def _axes(snapshot: Snapshot, top: float, rows: int) -> None:
    last = len(snapshot.starts_ms) - 1
    marks = [round(last * tick / (_TICKS - 1)) for tick in range(_TICKS)]
    form = "%H:%M" if snapshot.hours <= 24 else "%m-%d"
    plotext.xlim(0, last)
    plotext.xticks(marks, [f"{snapshot.zone.at(snapshot.starts_ms[at]):{form}}" for at in marks])
    plotext.ylim(0, top or 1)
    levels = [(top or 1) * row / rows for row in range(rows + 1)]
    plotext.yticks(levels, [amount(level, snapshot.unit) for level in levels])


def _cumulative(values: Sequence[float | None]) -> list[float | None]:
    """Return running sums; a gap stays one."""
    total, sums = 0.0, list[float | None]()
    for value in values:
        total += value or 0.0
        sums.append(None if value is None else total)
    return sums


def _segments(values: Sequence[float | None]) -> Iterator[tuple[list[int], list[float]]]:
    """Yield the parts between gaps, as indices and amounts."""
    xs, ys = list[int](), list[float]()
    for index, value in enumerate((*values, None)):
        if value is not None:
            xs.append(index)
            ys.append(value)
        elif xs:
            yield xs, ys
            xs, ys = [], []


def colour_of(lines: Sequence[Line], line: Line) -> str:
    """Return the colour of a line."""
    return COLOURS[lines.index(line) % len(COLOURS)]
