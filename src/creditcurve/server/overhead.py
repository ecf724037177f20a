"""The bytes of a request that are not body: head, chunk sizes and extensions, trailers.

The parser keeps them in memory, and the application, which limits bodies, does not see them.
"""

from typing import Final

MAX_BYTES: Final = 65_536


class Overhead:
    """Counts the bytes of one request that are not body."""

    def __init__(self) -> None:
        self._received = self._body = 0

    @property
    def is_too_large(self) -> bool:
        """Whether a request has more of them than it may have."""
        return self._received - self._body > MAX_BYTES + self._body

    def received(self, size: int) -> None:
        """Count received bytes, before they are parsed."""
        self._received += size

    def was_body(self, size: int) -> None:
        """Subtract bytes that the parser found to be body."""
        self._body += size

    def restart(self) -> None:
        """Start counting for the next request."""
        self._received = self._body = 0
