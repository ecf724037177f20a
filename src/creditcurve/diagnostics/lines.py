"""The newest log lines, kept in memory."""

import contextlib
import logging
from collections import deque
from collections.abc import Iterator
from typing import Final

import msgspec

CAPACITY: Final = 200
MAX_CHARACTERS: Final = 4_000
"""Of one line: a traceback of usual depth."""


class LogLine(msgspec.Struct, frozen=True):
    """A log line; ``message`` ends with the traceback, if there is one."""

    at_ms: int
    level: str
    logger: str
    message: str

    def with_message(self, message: str) -> "LogLine":
        """Return the line with another message."""
        return msgspec.structs.replace(self, message=message)


class RecentLines(logging.Handler):
    """Keeps the newest lines from ``info`` on."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._lines: deque[LogLine] = deque(maxlen=CAPACITY)
        self._formatter = logging.Formatter()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        message = record.getMessage()
        if record.exc_info:
            message = f"{message}\n{self._formatter.formatException(record.exc_info)}"
        line = LogLine(
            at_ms=int(record.created * 1000),
            level=record.levelname.lower(),
            logger=record.name,
            message=message[-MAX_CHARACTERS:],
        )
        self._lines.append(line)

    def newest(self) -> tuple[LogLine, ...]:
        """Return the kept lines, oldest first."""
        return tuple(self._lines)

    @contextlib.contextmanager
    def attached(self) -> Iterator[None]:
        """Receive the lines of all loggers."""
        root = logging.getLogger()
        root.addHandler(self)
        try:
            yield
        finally:
            root.removeHandler(self)
