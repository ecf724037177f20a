"""The removal of records and the change of what counts, as progress."""

import msgspec


class Removable(msgspec.Struct, frozen=True, kw_only=True):
    """The records a retention would remove: their number, and the hour they are older than."""

    before_ms: int | None
    records: int


class RecountProgress(msgspec.Struct, frozen=True, kw_only=True):
    """A change of what counts that is not in the sums yet: ``done`` of ``total`` records."""

    done: int
    total: int
