"""The shelf of quarantined rows."""

from collections.abc import Sequence

import apsw
import msgspec

from creditcurve.domain.record import Record
from creditcurve.domain.reject import Reject
from creditcurve.store.sqlite import quarantine_rows, stored_values
from creditcurve.store.sqlite.database import Database
from creditcurve.store.sqlite.present import Present
from creditcurve.store.sqlite.records import SqliteRecords, import_missing
from creditcurve.store.values.quarantine import Quarantined, QuarantinePage
from creditcurve.store.values.records import Imported


class SqliteQuarantine:
    """Implements ``contract.Quarantine``."""

    def __init__(self, database: Database, *, records: SqliteRecords, present: Present) -> None:
        self._database = database
        self._records = records
        self._present = present

    async def add(self, rejects: Sequence[Reject], at_ms: int) -> None:
        """Quarantine the rows of an answer without a single parsable record."""
        await self._database.write(lambda c: quarantine_rows.add(c, rejects, at_ms))

    async def page(self, *, limit: int, before: str | None) -> QuarantinePage:
        """Return a page of quarantined rows, newest first."""

        def work(connection: apsw.Connection) -> QuarantinePage:
            found = quarantine_rows.page(connection, limit, before)
            versions = self._present.versions(connection)
            return msgspec.structs.replace(found, versions=versions)

        return await self._database.read(work)

    async def uncut(self, *, after: int, limit: int) -> list[Quarantined]:
        """Return quarantined rows whose text is complete, oldest first, after an id."""
        return await self._database.read(lambda c: quarantine_rows.uncut(c, after, limit))

    async def replace(self, ids: Sequence[int], records: Sequence[Record]) -> Imported:
        """Remove quarantined rows and import the records parsed from them, both or neither."""

        def work(connection: apsw.Connection) -> Imported:
            quarantine_rows.remove(connection, ids)
            return import_missing(connection, records)

        return await self._database.write(work, self._records.import_committed)

    async def parser_version(self) -> int | None:
        """Return the version of the parser that last read the quarantine again."""
        return await self._database.read(stored_values.parser_version)

    async def save_parser_version(self, version: int) -> None:
        """Store the version of the parser that has read the quarantine again."""
        await self._database.write(lambda c: stored_values.save_parser_version(c, version))
