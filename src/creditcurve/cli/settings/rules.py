"""The values that a setting may have, in words: from the type that bounds it."""

from collections.abc import Iterator
from typing import Final

from msgspec import inspect

from creditcurve.cli.messages.text import Text
from creditcurve.domain.settings import Settings

_ZONE: Final = Text(
    "use auto or a name like Asia/Shanghai", "请使用 auto 或 Asia/Shanghai 这样的时区名"
)


def rule_of(name: str) -> Text | None:
    """Return the rule of a setting; None if its values are not numbers or words."""
    if name == "time_zone":
        return _ZONE
    texts = [_text(kind) for kind in _kinds_of(name)]
    known = [text for text in texts if text is not None]
    if len(known) < len(texts):
        return None
    english, chinese = zip(*known, strict=True)
    return Text(f"use {' or '.join(english)}", f"请使用{'或'.join(chinese)}")


def is_switch(name: str) -> bool:
    """Return whether a setting exists and is either on or off."""
    return any(isinstance(kind, inspect.BoolType) for kind in _kinds_of(name))


def _kinds_of(name: str) -> Iterator[inspect.Type]:
    """Return the types that a setting allows; none if the setting does not exist."""
    found = inspect.type_info(Settings)
    assert isinstance(found, inspect.StructType)  # noqa: S101 - for the type checker
    for field in found.fields:
        if field.name == name:
            yield from _kinds(field.type)


def _kinds(found: inspect.Type) -> Iterator[inspect.Type]:
    """Return the types that a type allows."""
    if isinstance(found, inspect.Metadata):
        yield from _kinds(found.type)
    elif isinstance(found, inspect.UnionType):
        for kind in found.types:
            yield from _kinds(kind)
    else:
        yield found


def _text(kind: inspect.Type) -> Text | None:
    if isinstance(kind, inspect.IntType):
        first, last = kind.ge, kind.le
        return Text(f"a whole number from {first} to {last}", f" {first} 到 {last} 的整数")
    if isinstance(kind, inspect.LiteralType):
        words = [str(value) for value in kind.values]
        return Text(f"one of {', '.join(words)}", f" {'、'.join(words)} 之一")
    if isinstance(kind, inspect.BoolType):
        return Text("on, off, true or false", " on、off、true 或 false")
    if isinstance(kind, inspect.NoneType):
        return Text("null", " null")
    return None
