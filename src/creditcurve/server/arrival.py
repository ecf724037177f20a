"""The arrival of the requests of one connection, with limits that apply before any access check.

A head must arrive within ten seconds and a body within thirty; the bytes that are not body are
limited (``overhead``).
"""

from collections.abc import Callable
from typing import Final

from creditcurve.server.deadline import Deadline, Timer
from creditcurve.server.overhead import Overhead

HEAD_TIMEOUT_S: Final = 10.0
BODY_TIMEOUT_S: Final = 30.0


class Arrival:
    """Follows the present request, from its first byte to its last.

    Args:
        call_later: the event loop's.
        on_late: called if the next part of a request does not arrive in time.

    Attributes:
        has_begun: whether a request has come on the connection.
        is_complete: whether the present request has arrived.
    """

    def __init__(self, call_later: Callable[..., Timer], on_late: Callable[[], None]) -> None:
        self._deadline = Deadline(call_later, on_late)
        self._overhead = Overhead()
        self.has_begun = False
        self.is_complete = False

    @property
    def is_too_large(self) -> bool:
        """Whether the present request has more bytes that are not body than it may have."""
        return self._overhead.is_too_large

    def expect(self) -> None:
        """Start the deadline of the first head."""
        self._deadline.set(HEAD_TIMEOUT_S)

    def begin(self) -> None:
        """Start the deadline of a head, whose first bytes have come."""
        self.has_begun = True
        self.is_complete = False
        self._deadline.set(HEAD_TIMEOUT_S)

    def end_head(self) -> None:
        """Start the deadline of the body."""
        self._deadline.set(BODY_TIMEOUT_S)

    def end(self) -> None:
        """End the deadline, and start counting for the next request."""
        self.is_complete = True
        self._deadline.clear()
        self._overhead.restart()

    def received(self, size: int) -> None:
        """Count received bytes, before they are parsed."""
        self._overhead.received(size)

    def was_body(self, size: int) -> None:
        """Subtract bytes that the parser found to be body."""
        self._overhead.was_body(size)

    def stop(self) -> None:
        """End the deadline: no more is expected."""
        self._deadline.clear()
