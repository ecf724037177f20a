"""The curve as text."""

from datetime import UTC, datetime

import pytest

from creditcurve.cli.statusline.line import Answers
from creditcurve.cli.watch.plot import _cumulative, _segments, draw
from creditcurve.cli.watch.snapshot import Line, Snapshot
from creditcurve.cli.zone import configured_zone

START_MS = round(datetime(2026, 11, 26, tzinfo=UTC).timestamp() * 1000)


def _snapshot(values: list[float | None], unit: str = "credits") -> Snapshot:
    return Snapshot(
        address="http://127.0.0.1:8080",
        zone=configured_zone("Asia/Shanghai"),
        answers=Answers([None, None, None, None], None),
        unit=unit,
        hours=1,
        starts_ms=[START_MS + at * 60_000 for at in range(len(values))],
        lines=[Line("model", values, 0.0, 0)],
        has_gaps=False,
    )


def test_gaps_break_the_line() -> None:
    assert [*_segments([None, 1, 2, None, 3])] == [([1, 2], [1, 2]), ([4], [3])]
    assert _cumulative([None, 1, 2, None, 3]) == [None, 1, 3, None, 6]


@pytest.mark.parametrize("size", [(40, 8), (80, 20), (200, 50)])
def test_the_plot_has_the_size_of_its_place(size: tuple[int, int]) -> None:
    """Otherwise the lines below it would be cut off."""
    text = draw(_snapshot([0.0, 5.0] * 30), size, is_cumulative=False, is_ascii=False)
    lines = text.plain.split("\n")
    assert (max(map(len, lines)), len(lines)) == size


def test_axes_are_in_the_zone_and_the_unit() -> None:
    found = _snapshot([1_000.0, 2_000.0, 4_000.0], "yuan")
    plain = draw(found, (60, 12), is_cumulative=False, is_ascii=False).plain
    assert "08:00" in plain
    assert "08:02" in plain
    assert "¥4" in plain


def test_an_ascii_terminal_gets_ascii_points() -> None:
    """The frame is replaced when it is printed."""
    plain = draw(_snapshot([1.0, 5.0]), (40, 10), is_cumulative=False, is_ascii=True).plain
    assert "x" in plain
    assert not [character for character in plain if 0x2800 <= ord(character) < 0x2900]


@pytest.mark.parametrize("values", [[], [None, None], [0.0, 0.0]])
def test_nothing_to_draw_is_an_empty_frame(values: list[float | None]) -> None:
    assert draw(_snapshot(values or [None]), (40, 10), is_cumulative=True, is_ascii=False)
