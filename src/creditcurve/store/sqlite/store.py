"""The store: everything that must outlive the process, behind one value.

Writes are one transaction each; what is asked often (revision, settings, link, cookie status) is
held in memory as it was last committed. The parts are ``records``, ``rollups``, ``coverage``,
``curve``, ``retention``, ``quarantine``, ``settings`` and ``state``; ``database`` runs them off the
event loop.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Container, Sequence
from functools import partial
from pathlib import Path
from typing import Self

import apsw
import msgspec

from creditcurve.clocks import Clock
from creditcurve.domain import coverage as rules
from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.coverage import Gap
from creditcurve.domain.curve import Curve
from creditcurve.domain.link import Link
from creditcurve.domain.reconciliation import ChartHour, Reconciliation
from creditcurve.domain.record import Record, Reject, StoredRecord
from creditcurve.domain.retention import Horizon
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.store.errors import StoreUnavailable
from creditcurve.store.sqlite import connection as connections
from creditcurve.store.sqlite import (
    coverage,
    curve,
    files,
    opening,
    quarantine,
    reconciliation,
    records,
    retention,
    rollups,
    settings,
    state,
)
from creditcurve.store.sqlite.connection import translated
from creditcurve.store.sqlite.database import Database
from creditcurve.store.values import (
    Appended,
    CurveQuery,
    ExportQuery,
    ModelTotal,
    Poll,
    Quarantined,
    QuarantinePage,
    RecordsPage,
    RecordsQuery,
    RecordsSummary,
    Removable,
    TakenIn,
)
from creditcurve.vault.vault import Vault, reseal

log = logging.getLogger(__name__)


class Store:
    """All that is stored.

    Attributes:
        revision: the last committed revision.
        horizon: where the single requests begin; before it only sums are known.
        settings: the user's settings.
        link: the link; ``save_link`` changes it even while the disk fails.
        cookie_status: what is known of the cookie.
        recovered_from: where the damaged database is kept that was found at the start, if one was.
    """

    def __init__(
        self,
        database: Database,
        writer: apsw.Connection,
        *,
        vault: Vault,
        clock: Clock,
        recovered_from: Path | None,
    ) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self.recovered_from = recovered_from
        self.revision = records.summary(writer).revision
        self.horizon = retention.horizon(writer)
        self.settings = settings.settings(writer)
        self.link = state.link(writer)
        self.cookie_status = state.cookie_status(writer)
        self._ended_sessions = state.ended_sessions(writer)

    @classmethod
    def open(cls, folder: Path, *, vault: Vault, clock: Clock) -> Self:
        """Open the store in a data folder, making it where there is none. Blocking.

        Raises:
            NewerSchema: a newer version wrote it.
            StoreUnavailable: the disk, a permission or a lock is in the way.
        """
        path, recovered_from = opening.open_folder(folder, clock=clock)
        with translated():
            writer = connections.writer(path)
            try:
                database = Database(path, writer, clock=clock)
                return cls(
                    database, writer, vault=vault, clock=clock, recovered_from=recovered_from
                )
            except BaseException:
                writer.close()
                raise

    async def close(self) -> None:
        """Finish the write that is under way, and close the files."""
        await self._database.close()

    @property
    def failing(self) -> str | None:
        """Why writes fail now, as a sentence; None while they succeed."""
        return self._database.failing

    async def append(self, poll: Poll) -> Appended:
        """Take in a good poll: rows, sums, coverage, renewed cookie, link and status, or nothing.

        A back-fill leaves the link as it is stored; what an older cookie brought, the status too.

        Raises:
            StoreUnavailable: nothing was stored.
        """

        def work(connection: apsw.Connection) -> tuple[Appended, Link, CookieStatus]:
            appended = _append_rows(connection, poll)
            stored = state.cookie_status(connection)
            if poll.cookie_status.generation < stored.generation:
                return appended, state.link(connection), stored
            if poll.renewed is not None:
                state.save_sealed_cookie(connection, self._vault.seal(poll.renewed))
            state.save_cookie_status(connection, poll.cookie_status)
            if poll.hours is not None:
                return appended, state.link(connection), poll.cookie_status
            state.save_link(connection, poll.link)
            return appended, poll.link, poll.cookie_status

        def committed(result: tuple[Appended, Link, CookieStatus]) -> None:
            appended, self.link, self.cookie_status = result
            self.revision = appended.revision

        return (await self._database.write(work, committed))[0]

    async def take_in(self, given: Sequence[Record]) -> TakenIn:
        """Store those records that are not known, all of them or none; known ones stand.

        One from before the horizon counts as known: it may be in the sums already.
        They say nothing about coverage: that a file holds some records proves nothing of others.

        Raises:
            StoreUnavailable: nothing was stored.
        """

        def committed(taken: TakenIn) -> None:
            self.revision = taken.revision

        return await self._database.write(lambda c: _take_in(c, given), committed)

    async def set_aside(self, rejects: Sequence[Reject], at_ms: int) -> None:
        """Keep what could not be read of an answer of which nothing could."""
        await self._database.write(lambda c: quarantine.set_aside(c, rejects, at_ms))

    async def quarantine_page(self, *, limit: int, before: str | None) -> QuarantinePage:
        """A page of what was set aside, newest first.

        Raises:
            BadCursor: ``before`` is no cursor of this store.
        """
        return await self._database.read(lambda c: quarantine.page(c, limit, before))

    async def readable(self, *, after: int, limit: int) -> list[Quarantined]:
        """What was set aside with its whole text, oldest first, after that number."""
        return await self._database.read(lambda c: quarantine.readable(c, after, limit))

    async def take_out(self, numbers: Sequence[int], found: Sequence[Record]) -> TakenIn:
        """Let go what was read after all, and take in the records it held: both or neither."""

        def work(connection: apsw.Connection) -> TakenIn:
            quarantine.remove(connection, numbers)
            return _take_in(connection, found)

        def committed(taken: TakenIn) -> None:
            self.revision = taken.revision

        return await self._database.write(work, committed)

    async def reading(self) -> int | None:
        """The version of the reader that looked at the quarantine last."""
        return await self._database.read(state.reading)

    async def save_reading(self, version: int) -> None:
        """Store that version."""
        await self._database.write(lambda c: state.save_reading(c, version))

    async def records_since(self, revision: int, limit: int) -> list[StoredRecord]:
        """Records taken in after a revision, in the order of their revisions."""
        return await self._database.read(lambda c: records.since(c, revision, limit))

    async def records_page(self, query: RecordsQuery) -> RecordsPage:
        """A page of records, newest first.

        Raises:
            BadCursor: ``before`` is no cursor of this store.
        """
        return await self._database.read(lambda c: records.page(c, query))

    async def curve(self, query: CurveQuery) -> Curve:
        """The curve over a range, with the gaps and the differences in it.

        Raises:
            OnlySums: single requests were asked for, and some of them were removed.
            TooManyRequests: more points were asked for than are given.
        """

        def work(connection: apsw.Connection) -> Curve:
            found = curve.curve(connection, query)
            return msgspec.structs.replace(
                found,
                gaps=self._gaps(connection, query.from_ms, query.to_ms),
                differences=reconciliation.differences(connection, query.from_ms, query.to_ms),
            )

        return await self._database.read(work)

    async def gaps(self, from_ms: int, to_ms: int) -> tuple[Gap, ...]:
        """The stretches of a range in which records may be missing, none later than now."""
        return await self._database.read(lambda c: self._gaps(c, from_ms, to_ms))

    async def save_chart(self, chart: Sequence[ChartHour], *, at_ms: int) -> None:
        """Keep the site's own sums of full hours, read at that moment."""
        await self._database.write(lambda c: reconciliation.save(c, chart, at_ms=at_ms))

    async def reconciliation(self) -> Reconciliation | None:
        """Our sums of the newest hours against the site's; None where it never told any."""
        return await self._database.read(reconciliation.latest)

    async def export(self, query: ExportQuery) -> AsyncIterator[list[Record]]:
        """All records that are meant, oldest first, in pieces; memory does not grow with them."""
        last: Record | None = None
        while True:
            found = await self._database.read(partial(records.chunk, query=query, after=last))
            if found:
                yield found
            if len(found) < records.EXPORT_CHUNK:
                return
            last = found[-1]

    async def summary(self) -> RecordsSummary:
        """The totals."""
        return await self._database.read(records.summary)

    async def totals_by_model(self) -> list[ModelTotal]:
        """All counted records, by model."""
        return await self._database.read(rollups.totals_by_model)

    async def removable(self, days: int) -> Removable:
        """What would go if single requests were kept for so many days."""
        now_ms = self._clock.now_ms()
        return await self._database.read(lambda c: retention.removable(c, days, now_ms))

    async def prune(self, days: int, *, most: int = retention.SLICE) -> bool:
        """Remove some records older than that, the oldest first; False where there are none.

        Their sums stay. It is one short write, so that a poll need not wait for the whole: some
        ``most`` records, and always whole hours.

        Raises:
            StoreUnavailable: nothing was removed.
        """
        before, now_ms = self.horizon, self._clock.now_ms()

        def committed(moved: Horizon) -> None:
            self.horizon = moved

        await self._database.write(lambda c: retention.prune(c, days, now_ms, most=most), committed)
        return self.horizon != before

    async def rebuild_rollups(self) -> None:
        """Make all sums anew from the rows they have; nothing changes unless one was wrong."""
        await self._database.write(rollups.rebuild)

    async def save_settings(self, value: Settings) -> None:
        """Store the settings."""

        def committed(_: None) -> None:
            self.settings = value

        await self._database.write(lambda c: settings.save_settings(c, value), committed)

    async def save_link(self, value: Link) -> None:
        """Hold the link, then store it.

        Raises:
            StoreUnavailable: it is held, but not stored.
        """

        def hold(_: object = None) -> None:
            self.link = value

        hold()
        try:
            await self._database.write(lambda c: state.save_link(c, value), hold)
        except StoreUnavailable:
            hold()
            raise

    async def cookie(self) -> Secret | None:
        """The cookie, unsealed; None where there is none.

        Raises:
            VaultUnreadable: the key that sealed it is gone.
        """

        def work(connection: apsw.Connection) -> Secret | None:
            sealed = state.sealed_cookie(connection)
            return None if sealed is None else self._vault.unseal(sealed)

        return await self._database.read(work)

    async def save_cookie(self, cookie: Secret, status: CookieStatus, link: Link) -> None:
        """Store a cookie with its status and the link, unless a newer one has been stored."""

        def work(connection: apsw.Connection) -> tuple[CookieStatus, Link]:
            stored = state.cookie_status(connection)
            if status.generation < stored.generation:
                return stored, state.link(connection)
            state.save_sealed_cookie(connection, self._vault.seal(cookie))
            return _save_state(connection, status, link)

        await self._database.write(work, self._hold)

    async def reseal_cookie(self, secret_key: Secret | None) -> str | None:
        """Seal the cookie with a new key, which is kept before the old seal goes.

        Args:
            secret_key: the new key; None makes one where the one in use is kept.

        Returns:
            Where the new key is kept, as ``Vault.source`` names it; None without a cookie.

        Raises:
            VaultUnreadable: the key that sealed it is gone.
            VaultKeyRefused: as ``Vault.successor``.
            StoreUnavailable: the old seal stands.
        """
        if await self.cookie() is None:
            return None
        old = self._vault
        new = await asyncio.to_thread(old.successor, secret_key)

        def work(connection: apsw.Connection) -> None:
            sealed = state.sealed_cookie(connection)
            if sealed is not None:
                state.save_sealed_cookie(connection, reseal(sealed, old=old, new=new))

        def committed(_: None) -> None:
            self._vault = new

        await self._database.write(work, committed)
        await self._database.empty_log()
        return new.source

    async def save_cookie_status(self, status: CookieStatus, link: Link) -> None:
        """Store the cookie's status and the link, unless a newer cookie has been stored."""

        def work(connection: apsw.Connection) -> tuple[CookieStatus, Link]:
            stored = state.cookie_status(connection)
            if status.generation < stored.generation:
                return stored, state.link(connection)
            return _save_state(connection, status, link)

        await self._database.write(work, self._hold)

    async def delete_cookie(self, value: Settings, link: Link) -> None:
        """Delete the cookie without a trace, and store the settings and the link."""

        def work(connection: apsw.Connection) -> tuple[CookieStatus, Link]:
            generation = state.cookie_status(connection).generation + 1
            state.delete_cookie(connection)
            settings.save_settings(connection, value)
            return _save_state(connection, CookieStatus(generation=generation), link)

        def committed(result: tuple[CookieStatus, Link]) -> None:
            self.settings = value
            self._hold(result)

        await self._database.write(work, committed)
        await self._database.empty_log()

    @property
    def ended_sessions(self) -> Container[str]:
        """The digests of sessions that were ended before their time."""
        return self._ended_sessions.expires_s

    async def end_session(self, digest: str, expires_s: int) -> None:
        """Hold that a session is over, then store it.

        Raises:
            StoreUnavailable: it is held, but a restart would not know of it.
        """
        ended = self._ended_sessions = self._ended_sessions.with_one(digest, expires_s)
        await self._database.write(lambda c: state.save_ended_sessions(c, ended))

    async def backup(self, target: Path) -> None:
        """Copy one moment of the store into a file, without the cookie.

        Raises:
            StoreUnavailable: the copy could not be written; what stood there before still does.
        """
        await self._database.read(lambda c: files.copy(c, target))

    async def size_bytes(self) -> int:
        """What the store takes on the disk."""
        return files.size_bytes(self._database.path)

    def _hold(self, result: tuple[CookieStatus, Link]) -> None:
        self.cookie_status, self.link = result

    def _gaps(self, connection: apsw.Connection, from_ms: int, to_ms: int) -> tuple[Gap, ...]:
        return rules.gaps(
            coverage.spans_of(connection),
            from_ms=from_ms,
            to_ms=to_ms,
            now_ms=self._clock.now_ms(),
            interval_s=self.settings.poll_interval_s,
        )


def _append_rows(connection: apsw.Connection, poll: Poll) -> Appended:
    horizon_ms = retention.horizon(connection).t_ms
    answered = records.once_each(poll.answer.records)
    stored = records.stored_rows(connection, answered)
    kept = [record for record in answered if record.t_ms >= horizon_ms]
    is_first = bool(answered) and not coverage.has_told(connection)
    left = coverage.observe(connection, poll, answered, stored.keys(), horizon_ms)
    taken = records.take_in(connection, kept, stored)
    quarantine.set_aside(connection, poll.answer.rejects, poll.at_ms)
    quarantine.release(connection, (record.id for record in kept))
    return Appended(
        revision=taken.revision,
        new=taken.new,
        updated=taken.updated,
        left=left,
        is_first=is_first,
    )


def _take_in(connection: apsw.Connection, given: Sequence[Record]) -> TakenIn:
    horizon_ms = retention.horizon(connection).t_ms
    kept = [one for one in given if one.t_ms >= horizon_ms]
    once = records.once_each(kept)
    known = records.known(connection, once)
    missing = [record for record in once if record.id not in known]
    taken = records.take_in(connection, missing, {})
    quarantine.release(connection, (record.id for record in once))
    return TakenIn(
        revision=taken.revision,
        new=taken.new,
        known=len(kept) - taken.new,
        differing=sum(known.get(record.id, record) != record for record in kept),
        left_out=len(given) - len(kept),
    )


def _save_state(
    connection: apsw.Connection, status: CookieStatus, link: Link
) -> tuple[CookieStatus, Link]:
    state.save_cookie_status(connection, status)
    state.save_link(connection, link)
    return status, link
