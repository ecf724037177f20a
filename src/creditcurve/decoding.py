"""JSON and parameters as values of types, on any thread.

msgspec prepares a type at its first use. If another thread uses the type meanwhile, the process
ends with a segmentation fault. Here one thread prepares, and the others wait.
"""

import threading
from typing import Any, TypeVar

import msgspec

_Value = TypeVar("_Value")

_preparing = threading.Lock()
_decoders: dict[object, msgspec.json.Decoder[Any]] = {}


def decode(text: bytes | str, kind: type[_Value]) -> _Value:
    """Return JSON as a value of a type; of ``object``, any value.

    Raises:
        msgspec.DecodeError: it is not JSON.
        msgspec.ValidationError: it is no value of the type.
        RecursionError: it is nested too deeply.
        UnicodeDecodeError: it is not UTF-8.
    """
    return _decoder(kind).decode(text)


def convert(given: object, kind: type[_Value], *, strict: bool = True) -> _Value:
    """Return plain Python objects as a value of a type.

    Args:
        given: dictionaries, lists, texts and numbers.
        kind: the type.
        strict: whether a text that reads like a number is none.

    Raises:
        msgspec.ValidationError: it is no value of the type.
    """
    _decoder(kind)
    return msgspec.convert(given, kind, strict=strict)


def _decoder(kind: type[_Value]) -> msgspec.json.Decoder[_Value]:
    known: msgspec.json.Decoder[_Value] | None = _decoders.get(kind)
    if known is not None:
        return known
    with _preparing:
        return _decoders.setdefault(kind, msgspec.json.Decoder(kind))
