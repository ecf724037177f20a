"""The groups, entries and texts that literals and documents consist of."""

import msgspec

from creditcurve.cookie.quoting import Piece


class Text(msgspec.Struct, frozen=True):
    """A string, or an identifier or number (``is_word``)."""

    piece: Piece
    is_word: bool = False


class Group(msgspec.Struct):
    """The entries between two brackets, and the word before the opening one."""

    name: str = ""
    entries: list["Entry"] = msgspec.field(default_factory=list)
    is_closed: bool = False


class Entry(msgspec.Struct, frozen=True):
    """A value, with its key if it has one."""

    key: str
    value: Text | Group


Value = Text | Group
