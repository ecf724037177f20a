"""The newest log lines are kept, with their tracebacks, and no more than fit."""

import logging

from creditcurve.diagnostics import RecentLines
from creditcurve.diagnostics.lines import CAPACITY, MAX_CHARACTERS

log = logging.getLogger("creditcurve.test")


def test_a_line_has_level_name_and_traceback() -> None:
    lines = RecentLines()
    with lines.attached():
        try:
            raise ValueError("42")  # noqa: TRY301
        except ValueError:
            log.exception("failed job=%s", "poll")
    [line] = lines.newest()
    assert (line.level, line.logger) == ("error", "creditcurve.test")
    assert line.message.startswith("failed job=poll\nTraceback")
    assert line.message.endswith("ValueError: 42")


def test_only_the_newest_lines_are_kept() -> None:
    lines = RecentLines()
    with lines.attached():
        for number in range(CAPACITY + 5):
            log.warning("%d", number)
        log.warning("x" * MAX_CHARACTERS * 2)
    kept = lines.newest()
    assert len(kept) == CAPACITY
    assert kept[0].message == "6"
    assert len(kept[-1].message) == MAX_CHARACTERS


def test_nothing_is_kept_after_the_end() -> None:
    lines = RecentLines()
    with lines.attached():
        pass
    log.warning("late")
    assert lines.newest() == ()
