"""A response body that is written after its request has ended; the server does the framing.

A request that waits would cost a task, its coroutines and a parser: 16 kB for each stream.
"""

from collections.abc import Callable
from typing import Protocol


class Body(Protocol):
    """The rest of a response of unknown length."""

    @property
    def is_writable(self) -> bool:
        """Whether the client reads; a chunk that is written nevertheless waits in memory."""
        ...

    def write(self, chunk: bytes) -> None:
        """Send a chunk; nothing happens after the connection is lost."""
        ...

    def end(self) -> None:
        """End the response, and close the connection when everything has been sent."""
        ...


class Writer(Protocol):
    """Writes a body."""

    def resume(self) -> None:
        """Continue: the client reads again."""
        ...

    def lose(self) -> None:
        """Stop: the connection is lost."""
        ...


TakeOver = Callable[[Writer], Body]
"""Takes the connection of a request over from the server, once the head has been sent."""
STATE = "take_over"
"""The name of the server's ``TakeOver`` in the state of a request."""
