"""The Date of an answer is that of its request."""

from creditcurve.server.date import DateHeader


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.at_ms = 784_111_777_000

    def now_ms(self) -> int:
        """Return the time that was set."""
        return self.at_ms

    def monotonic_s(self) -> float:
        """Return the same in seconds."""
        return self.at_ms / 1_000


def test_an_answer_has_the_date_of_its_request() -> None:
    clock = Clock()
    date = DateHeader(clock)
    assert date.headers() == [(b"date", b"Sun, 06 Nov 1994 08:49:37 GMT")]
    clock.at_ms += 999
    assert date.headers() == [(b"date", b"Sun, 06 Nov 1994 08:49:37 GMT")]
    clock.at_ms += 1
    assert date.headers() == [(b"date", b"Sun, 06 Nov 1994 08:49:38 GMT")]


def test_headers_are_made_once_in_a_second() -> None:
    date = DateHeader(Clock())
    assert date.headers() is date.headers()
