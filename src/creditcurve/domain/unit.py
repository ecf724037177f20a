"""The unit of the site's amounts."""

from enum import StrEnum


class Unit(StrEnum):
    """The unit of an amount; ``YUAN`` amounts are in thousandths of a yuan."""

    CREDITS = "credits"
    YUAN = "yuan"
