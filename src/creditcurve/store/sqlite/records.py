"""The shelf of records: what polls and imports add, and how it is found again."""

from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Final, NamedTuple

import apsw
import msgspec

from creditcurve.domain.record import Record
from creditcurve.store.sqlite import (
    counting,
    coverage,
    quarantine_rows,
    reconciliation,
    record_queries,
    record_rows,
    retention,
    rollups,
)
from creditcurve.store.sqlite.alerts.judging import after_poll
from creditcurve.store.sqlite.alerts.keys import note_keys
from creditcurve.store.sqlite.alerts.setup import CommittedSetup, read_setup
from creditcurve.store.sqlite.database import Database
from creditcurve.store.sqlite.fresh import MAX_RECORDS, Answers, Fresh
from creditcurve.store.sqlite.last_answer import LastAnswer
from creditcurve.store.sqlite.present import Present
from creditcurve.store.sqlite.state import CookieAndLink, SqliteState
from creditcurve.store.values.alerts import AlertSetup
from creditcurve.store.values.polling import Appended, Poll
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

_REVISION: Final = "SELECT revision FROM tally"
_SUMMARY: Final = """
    SELECT total, counted, quarantined,
           (SELECT min(t_ms) FROM record), (SELECT max(t_ms) FROM record), removed, horizon_ms
      FROM tally
"""
_MODELS: Final = "SELECT model FROM source WHERE counts GROUP BY model ORDER BY min(id) LIMIT 64"
_API_KEYS: Final = """
    SELECT api_key FROM source WHERE counts AND ifnull(api_key, '') <> ''
     GROUP BY api_key ORDER BY min(id) LIMIT 64
"""


class _Result(NamedTuple):
    appended: Appended
    state: CookieAndLink
    setup: AlertSetup
    last_answer: LastAnswer
    answers: Answers


class SqliteRecords:
    """Implements ``contract.Records``."""

    def __init__(
        self,
        database: Database,
        connection: apsw.Connection,
        *,
        state: SqliteState,
        setup: CommittedSetup,
        present: Present,
    ) -> None:
        self._database = database
        self._state = state
        self._setup = setup
        self._present = present
        self._fresh = Fresh(database, present)
        self.revision = _revision(connection)
        self._last_answer = LastAnswer()

    async def append(self, poll: Poll) -> Appended:
        """Store a good poll: rows, sums, coverage, renewed cookie, link and cookie status."""
        answered = record_rows.once_each(poll.answer.records)

        def work(connection: apsw.Connection) -> _Result:
            before = _revision(connection)
            self._present.end_overdue(connection)
            appended = _append(connection, poll, answered, self._last_answer)
            last = _last_answer(connection, answered, appended.revision)
            state = self._state.store_poll(connection, poll)
            are_changed = after_poll(connection, poll)
            appended = msgspec.structs.replace(appended, are_alerts_changed=are_changed)
            answers = _answers(connection, before, appended.revision, self._present)
            return _Result(appended, state, read_setup(connection), last, answers)

        def committed(result: _Result) -> None:
            self.revision = result.appended.revision
            self._last_answer = result.last_answer
            self._state.poll_committed(result.state)
            self._setup.committed(result.setup)
            self._fresh.committed(result.answers)

        return (await self._database.write(work, committed)).appended

    async def import_records(self, records: Sequence[Record]) -> Imported:
        """Store the records that are missing; existing records are kept."""
        return await self._database.write(
            lambda c: import_missing(c, records), self.import_committed
        )

    async def since(self, revision: int, limit: int) -> NewRecords:
        """Return at most ``limit`` records stored after a revision, in the order of revisions."""

        def work(connection: apsw.Connection) -> NewRecords:
            return _since(connection, revision, limit, self._present)

        found = self._fresh.since(revision)
        if found is not None and len(found.records) <= limit:
            return found
        return await self._database.read(work)

    async def page(self, query: RecordsQuery) -> RecordsPage:
        """Return a page of records, newest first."""

        def work(connection: apsw.Connection) -> RecordsPage:
            found = record_queries.page(connection, query)
            versions = self._present.versions(connection)
            return msgspec.structs.replace(found, versions=versions)

        return await self._database.read(work)

    async def export(self, query: ExportQuery) -> AsyncIterator[list[Record]]:
        """Yield all matching records, oldest first, in chunks of bounded size."""
        last: Record | None = None
        while True:
            work = partial(record_queries.chunk, query=query, after=last)
            found = await self._database.read(work)
            if found:
                yield found
            if len(found) < record_queries.EXPORT_CHUNK:
                return
            last = found[-1]

    async def summary(self) -> RecordsSummary:
        """Return the totals of the store."""
        found = self._fresh.summary()
        if found is not None:
            return found
        return await self._database.read(lambda c: _summary(c, self._present))

    async def totals_by_type(self) -> list[TypeTotal]:
        """Return the totals of types and endpoints, the most frequent first."""
        return await self._database.read(counting.types)

    async def totals_by_model(self) -> list[ModelTotal]:
        """Return the totals of counted records per model."""
        return await self._database.read(rollups.totals_by_model)

    def import_committed(self, imported: Imported) -> None:
        """Take the revision of a committed import into memory."""
        self.revision = imported.revision


def import_missing(connection: apsw.Connection, given: Sequence[Record]) -> Imported:
    """Store the records that are missing, within the caller's transaction."""
    horizon_ms = retention.horizon(connection).t_ms
    kept = [one for one in given if one.t_ms >= horizon_ms]
    once = record_rows.once_each(kept)
    known = record_queries.known(connection, once)
    missing = [record for record in once if record.id not in known]
    stored = record_rows.upsert(connection, missing, {})
    note_keys(connection, now_ms=0)
    quarantine_rows.release(connection, (record.id for record in once))
    return Imported(
        revision=stored.revision,
        new=stored.new,
        known=len(kept) - stored.new,
        differing=sum(known.get(record.id, record) != record for record in kept),
        left_out=len(given) - len(kept),
    )


def _append(
    connection: apsw.Connection, poll: Poll, answered: Sequence[Record], last: LastAnswer
) -> Appended:
    horizon_ms = retention.horizon(connection).t_ms
    revision = _revision(connection)
    unchanged = last.unchanged(answered, revision=revision, horizon_ms=horizon_ms)
    others = [record for record in answered if record.id not in unchanged]
    known = record_rows.stored_rows(connection, others)
    is_first = bool(answered) and not coverage.has_polled_records(connection)
    left = coverage.extend(connection, poll, answered, unchanged | known.keys(), horizon_ms)
    kept = [record for record in others if record.t_ms >= horizon_ms]
    stored = record_rows.upsert(connection, kept, known)
    quarantine_rows.add(connection, poll.answer.rejects, poll.at_ms)
    quarantine_rows.release(
        connection, (record.id for record in answered if record.t_ms >= horizon_ms)
    )
    return Appended(
        revision=stored.revision,
        new=stored.new,
        updated=stored.updated,
        left=left,
        is_first=is_first,
    )


def _last_answer(
    connection: apsw.Connection, answered: Sequence[Record], revision: int
) -> LastAnswer:
    horizon_ms = retention.horizon(connection).t_ms
    return LastAnswer({record.id: record for record in answered}, revision, horizon_ms)


def _revision(connection: apsw.Connection) -> int:
    return int(connection.execute(_REVISION).get)


def _answers(connection: apsw.Connection, before: int, revision: int, present: Present) -> Answers:
    """Answer the questions that follow a poll, within its transaction."""
    are_few = revision - before <= MAX_RECORDS
    summary = _summary(connection, present)
    return Answers(
        before=before,
        new=_since(connection, before, MAX_RECORDS, present) if are_few else None,
        summary=summary,
        at_ms=present.now_ms(),
    )


def _since(connection: apsw.Connection, revision: int, limit: int, present: Present) -> NewRecords:
    return NewRecords(
        records=record_queries.since(connection, revision, limit),
        versions=present.versions(connection),
    )


def _summary(connection: apsw.Connection, present: Present) -> RecordsSummary:
    total, counted, quarantined, first_ms, last_ms, removed, horizon_ms = connection.execute(
        _SUMMARY
    ).get
    return RecordsSummary(
        total=total,
        counted=counted,
        quarantined=quarantined,
        first_ms=first_ms,
        last_ms=last_ms,
        models=tuple(model for (model,) in connection.execute(_MODELS)),
        api_keys=tuple(key for (key,) in connection.execute(_API_KEYS)),
        removed=removed,
        sums_before_ms=horizon_ms,
        reconciliation=reconciliation.latest(connection),
        versions=present.versions(connection),
    )
