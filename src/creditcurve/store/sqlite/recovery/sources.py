"""The sources of records: their type, endpoint, model and API key."""

from typing import Final

import apsw

from creditcurve.domain.record import COUNTED_ENDPOINT, COUNTED_TYPE
from creditcurve.store.sqlite.recovery.rows import put, until_damage

_SOURCES: Final = (
    "SELECT id, type, endpoint, model, api_key FROM source",
    "SELECT id, type, endpoint, model, api_key FROM source INDEXED BY source_identity",
)
_NUMBERS = "SELECT id FROM source"
_PUT = """
    INSERT OR IGNORE INTO source (id, type, endpoint, model, api_key, counts)
    VALUES (?, ?, ?, ?, ?, ?)
"""


def copy_sources(old: apsw.Connection, made: apsw.Connection) -> None:
    """Copy the sources from the table and from its index."""
    for statement in _SOURCES:
        for number, kind, endpoint, model, api_key in until_damage(old, statement):
            counts = kind == COUNTED_TYPE and endpoint == COUNTED_ENDPOINT
            put(made, _PUT, (number, kind, endpoint, model, api_key, counts))


class Sources:
    """The sources of the new database; unreadable ones get a name made of their number."""

    def __init__(self, made: apsw.Connection) -> None:
        self._made = made
        self._known = {number for (number,) in made.execute(_NUMBERS)}

    def add_counted(self, number: int) -> None:
        """Add an unreadable source of counted requests, unless it is known."""
        self._add(number, COUNTED_TYPE, COUNTED_ENDPOINT, counts=True)

    def add_uncounted(self, number: int) -> None:
        """Add an unreadable source of requests that may not count, unless it is known."""
        self._add(number, "", "", counts=False)

    def _add(self, number: int, kind: str, endpoint: str, *, counts: bool) -> None:
        if number not in self._known:
            self._known.add(number)
            put(self._made, _PUT, (number, kind, endpoint, f"(lost: {number})", None, counts))
