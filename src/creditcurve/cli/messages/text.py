"""One text in both languages."""

from typing import NamedTuple


class Text(NamedTuple):
    """One text in both languages."""

    en: str
    zh: str
