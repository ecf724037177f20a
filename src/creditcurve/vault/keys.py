"""Keys as text, their numbering, and the places that keep them.

An existing key is never replaced: a new one gets the next number beside it, because another data
folder may still be sealed with the old one.
"""

import re
from typing import Final, Protocol

KEY_BYTES: Final = 32

_WRITTEN: Final = re.compile(rf"([0-9a-f]{{{KEY_BYTES * 2}}})\n?".encode())

Keys = tuple[bytes, ...]
"""The keys of one place, newest first: the first one seals, all of them open."""


class KeySource(Protocol):
    """A place for keys."""

    @property
    def name(self) -> str:
        """The name of the place in states and logs."""
        ...

    def read(self) -> Keys:
        """Return all keys, newest first."""
        ...

    def create(self) -> Keys:
        """Store a new key unless there is one; return none if it cannot be stored."""
        ...

    def renew(self) -> Keys:
        """Store a new key in any case, before the others; return none if it cannot be stored."""
        ...


def parse_key(content: bytes) -> bytes | None:
    """Return the key that a text contains; None if it is no key."""
    match = _WRITTEN.fullmatch(content)
    return bytes.fromhex(match[1].decode()) if match else None


def numbered(name: str, joint: str, number: int) -> str:
    """Return the name of a key; the first one has no number."""
    return name if number == 1 else f"{name}{joint}{number}"
