"""The Date of answers, read when a request comes: a timer would wake an idle processor."""

from email.utils import formatdate

from creditcurve.clocks import Clock


class DateHeader:
    """The headers of every answer, made once in a second."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._second: int | None = None
        self._headers: list[tuple[bytes, bytes]] = []

    def headers(self) -> list[tuple[bytes, bytes]]:
        """Return the headers of an answer that begins now."""
        second = self._clock.now_ms() // 1_000
        if second != self._second:
            self._second = second
            self._headers = [(b"date", formatdate(second, usegmt=True).encode())]
        return self._headers
