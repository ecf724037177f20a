"""Log lines of bad requests are limited and counted."""

import logging

from creditcurve.server.log_limit import MOST_LINES, WINDOW_S, LogLimit
from support.clocks import HandClock


def test_log_lines_of_bad_requests_are_limited_and_counted() -> None:
    clock = HandClock(0)
    limit = LogLimit(clock)

    def line(level: int = logging.WARNING) -> logging.LogRecord:
        return logging.LogRecord("uvicorn.error", level, "", 0, "Invalid request", (), None)

    assert sum(limit.filter(line()) for _ in range(100)) == MOST_LINES
    assert limit.filter(line(logging.ERROR))
    clock.advance(WINDOW_S)
    after = line()
    assert limit.filter(after)
    assert after.getMessage() == f"Invalid request (dropped {100 - MOST_LINES} similar lines)"
