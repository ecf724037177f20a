"""The records of the last stored answer: those that come again unchanged are not looked up.

Any new or changed record raises the store's revision, and a removal moves the horizon. While both
are the same, the records are in the database exactly as they were in the answer.
"""

from collections.abc import Iterable, Mapping

import msgspec

from creditcurve.domain.record import Record


class LastAnswer(msgspec.Struct, frozen=True):
    """The records of an answer by id, and the revision and horizon (ms) after it was stored."""

    records: Mapping[int, Record] = {}
    revision: int = -1
    horizon_ms: int = 0

    def unchanged(
        self, records: Iterable[Record], *, revision: int, horizon_ms: int
    ) -> frozenset[int]:
        """Return the ids of the records that are stored exactly like this."""
        if (revision, horizon_ms) != (self.revision, self.horizon_ms):
            return frozenset()
        return frozenset(one.id for one in records if self._contains(one))

    def _contains(self, record: Record) -> bool:
        known = self.records.get(record.id)
        return known is record or known == record
