"""Bad requests cannot fill the disk with log lines."""

import logging

from creditcurve.server.log_limit import MOST_LINES, WINDOW_S, LogLimit
from support.clocks import HandClock


def line(level: int = logging.WARNING) -> logging.LogRecord:
    return logging.LogRecord("uvicorn.error", level, __file__, 1, "bad request", None, None)


def test_ten_warnings_a_minute_are_logged_and_the_others_counted() -> None:
    clock = HandClock(1_764_000_000_000)
    limit = LogLimit(clock)
    assert [limit.filter(line()) for _ in range(MOST_LINES + 5)] == [True] * 10 + [False] * 5
    clock.advance(WINDOW_S)
    next_one = line()
    assert limit.filter(next_one)
    assert next_one.getMessage() == "bad request (dropped 5 similar lines)"


def test_errors_are_always_logged() -> None:
    limit = LogLimit(HandClock(1_764_000_000_000))
    assert all(limit.filter(line(logging.ERROR)) for _ in range(MOST_LINES * 2))
