"""The store's methods for records and for rows that could not be read."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from creditcurve.domain.record import Record
from creditcurve.domain.reject import Reject
from creditcurve.store.values.polling import Appended, Poll
from creditcurve.store.values.quarantine import Quarantined, QuarantinePage
from creditcurve.store.values.records import (
    ExportQuery,
    Imported,
    ModelTotal,
    NewRecords,
    RecordsPage,
    RecordsQuery,
    RecordsSummary,
    TypeTotal,
)


class Records(Protocol):
    """The records of usage, and what polls and imports add to them."""

    @property
    def revision(self) -> int:
        """The last committed revision."""
        ...

    async def append(self, poll: Poll) -> Appended:
        """Store a good poll: rows, sums, coverage, renewed cookie, link and cookie status.

        A back-fill leaves the stored link unchanged; a poll made with an older cookie leaves link,
        cookie and cookie status unchanged.
        """
        ...

    async def import_records(self, records: Sequence[Record]) -> Imported:
        """Store the records that are missing; existing records are kept.

        A record from before the horizon counts as existing: it may be part of the sums already.
        An import proves nothing about coverage.
        """
        ...

    async def since(self, revision: int, limit: int) -> NewRecords:
        """Return at most ``limit`` records stored after a revision, in the order of revisions."""
        ...

    async def page(self, query: RecordsQuery) -> RecordsPage:
        """Return a page of records, newest first.

        Raises:
            BadCursorError: ``before`` is no cursor of this store.
        """
        ...

    def export(self, query: ExportQuery) -> AsyncIterator[list[Record]]:
        """Yield all matching records, oldest first, in chunks of bounded size."""
        ...

    async def summary(self) -> RecordsSummary:
        """Return the totals of the store."""
        ...

    async def totals_by_type(self) -> list[TypeTotal]:
        """Return the totals of at most 200 types and endpoints, the most frequent first."""
        ...

    async def totals_by_model(self) -> list[ModelTotal]:
        """Return the totals of counted records per model."""
        ...


class Quarantine(Protocol):
    """Rows and answers of the site that could not be parsed."""

    async def add(self, rejects: Sequence[Reject], at_ms: int) -> None:
        """Quarantine the rows of an answer without a single parsable record."""
        ...

    async def page(self, *, limit: int, before: str | None) -> QuarantinePage:
        """Return a page of quarantined rows, newest first.

        Raises:
            BadCursorError: ``before`` is no cursor of this store.
        """
        ...

    async def uncut(self, *, after: int, limit: int) -> list[Quarantined]:
        """Return quarantined rows whose text is complete, oldest first, after an id."""
        ...

    async def replace(self, ids: Sequence[int], records: Sequence[Record]) -> Imported:
        """Remove quarantined rows and import the records parsed from them, both or neither."""
        ...

    async def parser_version(self) -> int | None:
        """Return the version of the parser that last read the quarantine again."""
        ...

    async def save_parser_version(self, version: int) -> None:
        """Store the version of the parser that has read the quarantine again."""
        ...
