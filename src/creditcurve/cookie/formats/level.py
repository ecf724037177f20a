"""One open group of a reader of literals, and the entry that it is reading."""

from typing import Final

from creditcurve.cookie.formats.tree import Entry, Group, Text, Value
from creditcurve.cookie.header import session_part
from creditcurve.cookie.quoting import Piece, joined

_JOINED_BY: Final = frozenset("+.\\~")


class Level:
    """A group that is being read, with its pending key and value."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self._key = ""
        self._value: Value | None = None
        self._strings: list[Piece] = []
        self._is_joining = False

    def add_string(self, piece: Piece) -> None:
        """Add a string; one that follows another one continues it, unless that is a name."""
        if self._strings and _is_name(self._strings[-1].text):
            self.make_key()
        if self._value is not None and not self._is_joining:
            self._flush_value()
        self._value = None
        self._strings.append(piece)
        self._is_joining = False

    def add_word(self, piece: Piece) -> None:
        """Add an identifier or a number."""
        if piece.text in (".", "-"):
            return
        self._flush_value()
        self._value = Text(piece, is_word=True)

    def add_group(self, group: Group) -> None:
        """Add a closed group; ``word[text]`` and ``(text)`` are read as that text."""
        self._flush_value()
        only = group.entries[0] if len(group.entries) == 1 else None
        if only and not only.key and isinstance(only.value, Text) and not only.value.is_word:
            self._strings = [only.value.piece]
        else:
            self._value = group

    def add_other(self, character: str) -> None:
        """Note an operator that joins strings."""
        self._is_joining = character in _JOINED_BY

    def take_name(self) -> str:
        """Return the word before an opening bracket, and forget it."""
        if isinstance(self._value, Text):
            name, self._value = self._value.piece.text, None
            return name
        return ""

    def make_key(self) -> None:
        """Make the pending value the key of the next one."""
        if self._strings:
            self._key = joined(self._strings).text
        elif isinstance(self._value, Text):
            self._key = self._value.piece.text
        else:
            return
        self._strings = []
        self._value = None

    def end_line(self) -> None:
        """End an entry at a line end if it is a word; strings may continue on the next line."""
        if isinstance(self._value, Text):
            self.flush()

    def flush(self) -> None:
        """End the pending entry."""
        self._flush_value()
        self._key = ""
        self._is_joining = False

    def _flush_value(self) -> None:
        value = Text(joined(self._strings)) if self._strings else self._value
        if value is not None:
            self.group.entries.append(Entry(self._key, value))
            self._key = ""
        self._strings = []
        self._value = None


def _is_name(text: str) -> bool:
    return text.lower() == "cookie" or session_part(text) is not None
