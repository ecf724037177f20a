"""A secret: bytes that hide themselves.

Whoever needs the value says so with ``reveal``; every text form, debugging included, is a mask.
"""

from typing import Final, Self

_MASK: Final = "Secret(…)"


class Secret:
    """Bytes that appear in no text, comparison by value, not encodable by accident."""

    __slots__ = ("_value",)

    def __init__(self, value: bytes) -> None:
        self._value = value

    @classmethod
    def of(cls, text: str) -> Self:
        """A secret from text, as UTF-8."""
        return cls(text.encode())

    def reveal(self) -> bytes:
        """The value itself: call this only where it leaves for where it belongs."""
        return self._value

    def __repr__(self) -> str:
        return _MASK

    __str__ = __repr__

    def __format__(self, _spec: str) -> str:
        return _MASK

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __reduce__(self) -> str:
        raise TypeError("a secret is not pickled")
