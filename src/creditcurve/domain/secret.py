"""A secret: bytes whose text form is a mask.

Only ``reveal`` returns the value; printing, formatting and debugging show the mask.
"""

from typing import Final, Self

_MASK: Final = "Secret(…)"


class Secret:
    """Bytes that appear in no text; compared by value, and not encodable by accident."""

    __slots__ = ("_value",)

    def __init__(self, value: bytes) -> None:
        self._value = value

    @classmethod
    def of(cls, text: str) -> Self:
        """Return a secret from text, as UTF-8."""
        return cls(text.encode())

    def reveal(self) -> bytes:
        """Return the value; call this only where it is sent, sealed or compared."""
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
