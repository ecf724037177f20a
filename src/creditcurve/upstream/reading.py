"""The version of the reader of answers (``wire``), without the reader itself."""

from typing import Final

READING: Final = 1
"""Raise it when more can be read than before: the quarantined rows are then read again."""
