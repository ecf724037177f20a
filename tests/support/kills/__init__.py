"""Kinds of work that are killed at random moments, each with its checks."""

from typing import Final

from support.kills.imports import Imports
from support.kills.kind import Kind
from support.kills.migrations import Migrations
from support.kills.polls import PollsAndCommands
from support.kills.reseals import Reseals
from support.kills.resets import Resets
from support.kills.retention import Retention

KINDS: Final[tuple[type[Kind], ...]] = (
    PollsAndCommands,
    Imports,
    Retention,
    Migrations,
    Reseals,
    Resets,
)

__all__ = ["KINDS", "Kind"]
