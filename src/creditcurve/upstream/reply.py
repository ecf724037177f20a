"""An answer of the site."""

from collections.abc import Sequence
from typing import Final

import msgspec

MAX_SET_COOKIES: Final = 50
MAX_SET_COOKIE_BYTES: Final = 4_096
Headers = Sequence[tuple[bytes, bytes]]


class Reply(msgspec.Struct, frozen=True):
    """An answer: the body is complete for 200, else the start of it."""

    status: int
    headers: Headers
    body: bytes

    @property
    def set_cookies(self) -> tuple[bytes, ...]:
        """The values of ``Set-Cookie``: at most 50, of at most 4,096 bytes each."""
        lines = (value for name, value in self.headers if name.lower() == b"set-cookie")
        short = [line for line in lines if len(line) <= MAX_SET_COOKIE_BYTES]
        return tuple(short[:MAX_SET_COOKIES])

    def __repr__(self) -> str:
        return f"Reply(status={self.status}, {len(self.body)} bytes)"
