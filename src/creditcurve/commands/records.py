"""Commands about records: import an export."""

from collections.abc import Sequence

from creditcurve.domain.record import Record
from creditcurve.feed import Feed
from creditcurve.store import Imported, Store


class RecordCommands:
    """Imports records."""

    def __init__(self, *, store: Store, feed: Feed) -> None:
        self._store = store
        self._feed = feed

    async def import_records(self, records: Sequence[Record]) -> Imported:
        """Store the records that are missing; existing records are kept.

        Raises:
            StoreUnavailableError: nothing was stored.
        """
        imported = await self._store.records.import_records(records)
        self._feed.records_changed(imported.revision)
        return imported
