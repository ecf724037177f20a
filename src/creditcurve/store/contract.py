"""The store's contract: one protocol per shelf, whatever database is behind it.

A shelf owns its transactions: a write is stored as a whole or not at all, and every answer is read
at one moment of the database. Calls raise ``StoreUnavailableError`` where storage fails; nothing
was written then. Values that are needed all the time (revision, settings, link, cookie status,
horizon) are properties: the values of the last commit, read without waiting.
"""

from collections.abc import AsyncIterator, Container, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from creditcurve.domain.account import Account
from creditcurve.domain.account_change import Comparison
from creditcurve.domain.account_facts import Source, SourceStatus
from creditcurve.domain.alert import Rule
from creditcurve.domain.channel import Address, Channel
from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.costs import RangeCosts
from creditcurve.domain.coverage import Gap
from creditcurve.domain.curve import Curve, GroupBy
from creditcurve.domain.link import Link
from creditcurve.domain.outbox import Message
from creditcurve.domain.reconciliation import ChartHour
from creditcurve.domain.record import Record
from creditcurve.domain.reject import Reject
from creditcurve.domain.reset import DailyReset, ResetEntry
from creditcurve.domain.retention import Horizon
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.domain.versions import Versions
from creditcurve.store.values import (
    AccountReport,
    AlertSetup,
    Appended,
    BalanceHistory,
    CurveQuery,
    EpisodesPage,
    EpisodesQuery,
    ExportQuery,
    Imported,
    ModelTotal,
    NewRecords,
    Observed,
    Poll,
    Quarantined,
    QuarantinePage,
    RecordsPage,
    RecordsQuery,
    RecordsSummary,
    RecountProgress,
    Removable,
    StoredEpisode,
    TypeTotal,
    VersionedSettings,
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


class Curves(Protocol):
    """The curve, its gaps, and the site's own sums it is compared with."""

    async def curve(self, query: CurveQuery) -> Curve:
        """Return the curve of a range with its gaps and the hours that differ from the site's.

        Raises:
            OnlySumsError: single requests were asked for, and some of them were removed.
            TooManyRequestsError: more points were asked for than one answer may contain.
        """
        ...

    async def costs(self, from_ms: int, to_ms: int, by: GroupBy) -> RangeCosts:
        """Return what single requests of each series cost over a range."""
        ...

    async def gaps(self, from_ms: int, to_ms: int) -> tuple[Gap, ...]:
        """Return the gaps of a range; no gap extends past now."""
        ...

    async def save_chart(self, chart: Sequence[ChartHour], *, at_ms: int) -> None:
        """Store the site's own sums of full hours, read at that moment."""
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


class Seals(Protocol):
    """The key that seals the cookie and the addresses of alert channels."""

    async def renew(self, secret_key: Secret | None) -> str:
        """Seal everything with a new key, which is stored before an old seal is replaced.

        Args:
            secret_key: the new key; None creates one in the place of the present one.

        Returns:
            Where the new key is kept, as ``Vault.source`` names it.

        Raises:
            VaultUnreadableError: the key that sealed a secret is missing.
            VaultKeyRefusedError: as ``Vault.successor``.
        """
        ...


class State(Protocol):
    """Settings, link, cookie and sessions: single values that outlive the process."""

    @property
    def settings(self) -> Settings:
        """The user's settings."""
        ...

    @property
    def versioned_settings(self) -> VersionedSettings:
        """The user's settings together with their version."""
        ...

    @property
    def link(self) -> Link:
        """The state of the link to the site."""
        ...

    @property
    def cookie_status(self) -> CookieStatus:
        """The status of the stored cookie."""
        ...

    @property
    def ended_sessions(self) -> Container[str]:
        """The digests of sessions that were ended before they expired."""
        ...

    async def save(
        self,
        *,
        settings: Settings | None = None,
        cookie_status: CookieStatus | None = None,
        link: Link | None = None,
        cookie: Secret | None = None,
    ) -> None:
        """Store the given values in one transaction; nothing if a newer cookie is stored.

        Args:
            settings: the user's settings; their version rises.
            cookie_status: the status of the cookie.
            link: the state of the link.
            cookie: the cookie, to be sealed.
        """
        ...

    async def save_link(self, link: Link) -> None:
        """Set the link in memory, then store it.

        Raises:
            StoreUnavailableError: it is set in memory, but not stored.
        """
        ...

    async def cookie(self) -> Secret | None:
        """Return the unsealed cookie; None if none is stored.

        Raises:
            VaultUnreadableError: the key that sealed it is missing.
        """
        ...

    async def delete_cookie(self, settings: Settings, link: Link) -> None:
        """Delete the cookie from the disk, and store the settings and the link."""
        ...

    async def session_secret(self) -> Secret:
        """Return the random secret that signs sessions; the first call creates it."""
        ...

    async def end_session(self, digest: str, expires_s: int) -> None:
        """End a session in memory, then store that it ended.

        Raises:
            StoreUnavailableError: it has ended, but would be valid again after a restart.
        """
        ...


class Retention(Protocol):
    """The removal of old records, whose sums are kept."""

    @property
    def horizon(self) -> Horizon:
        """The moment before which only sums are known."""
        ...

    async def removable(self, days: int) -> Removable:
        """Return what keeping single records for so many days would remove."""
        ...

    async def prune(self, days: int, *, limit: int = ...) -> bool:
        """Remove the oldest records older than so many days; False if there were none.

        One call removes about ``limit`` records, and always whole hours, so that a poll does not
        wait for the whole removal.
        """
        ...


class Recount(Protocol):
    """The change of all sums after a change of what counts."""

    @property
    def progress(self) -> RecountProgress | None:
        """How far it has come; None while the sums are those of the settings."""
        ...

    async def advance(self, *, limit: int = ...) -> bool:
        """Do one step of about ``limit`` records; False if there is nothing left to do.

        Until the last step all views show the previous sums; after it, all show the new ones.
        """
        ...


class Accounts(Protocol):
    """The account: its newest reading, its balance over time, and the credit resets."""

    @property
    def account(self) -> Account | None:
        """The newest reading; None before the first."""
        ...

    @property
    def sources(self) -> Mapping[Source, SourceStatus]:
        """The state of each source that was asked."""
        ...

    @property
    def report(self) -> AccountReport:
        """The newest reading, the sources and the newest resets, as of one version."""
        ...

    async def save(
        self, account: Account, sources: Mapping[Source, SourceStatus]
    ) -> Comparison | None:
        """Store a reading, compared with the records since the last one.

        Returns:
            The comparison; None without an earlier reading.
        """
        ...

    @property
    def daily_reset(self) -> DailyReset:
        """The time of day of automatic resets and when it was chosen."""
        ...

    async def save_daily_reset(self, daily: DailyReset) -> None:
        """Store the time of day of automatic resets."""
        ...

    async def history(self, from_ms: int, to_ms: int) -> BalanceHistory:
        """Return the balance of a range in the present unit, its changes, and the remainder."""
        ...

    async def add_reset(self, entry: ResetEntry) -> ResetEntry:
        """Store a new reset and return it with its number; no call may be made before that."""
        ...

    async def end_reset(self, entry: ResetEntry) -> None:
        """Store the result of a reset."""
        ...

    async def resets(self, limit: int) -> list[ResetEntry]:
        """Return the newest resets, newest first."""
        ...

    async def last_reset_ms(self) -> int | None:
        """Return when the last reset that may have been used was asked for."""
        ...


class Alerts(Protocol):
    """Rules, channels, episodes, and the messages that are to be delivered."""

    @property
    def setup(self) -> AlertSetup:
        """Rules, channels and the version of all alert data."""
        ...

    async def save_rule(self, rule: Rule, *, at_ms: int) -> None:
        """Store a rule; one that is switched off ends its episode without a message."""
        ...

    async def delete_rule(self, rule: str, *, at_ms: int) -> bool:
        """Delete a rule and end its episode; return whether there was one of that id."""
        ...

    async def save_channel(self, channel: Channel, address: Address | None = None) -> None:
        """Store a channel; without an address the stored one is kept."""
        ...

    async def delete_channel(self, channel: str) -> bool:
        """Delete a channel; return whether there was one of that id."""
        ...

    async def address(self, channel: str) -> Address | None:
        """Return the address of a channel; None if it has none, as in a restored backup.

        Raises:
            VaultUnreadableError: the key that sealed it is missing.
        """
        ...

    async def episodes(self, query: EpisodesQuery) -> EpisodesPage:
        """Return a page of episodes with their messages, newest first."""
        ...

    async def snooze(self, episode: int, until_ms: int | None) -> StoredEpisode | None:
        """Send no message of an episode's rule until an instant; None ends the snooze.

        Messages that were not sent yet are dropped. Returns None if there is no such episode.
        """
        ...

    async def advance(self, observed: Observed) -> bool:
        """Judge the rules that need no poll; return whether an episode changed.

        ``Records.append`` judges all rules in the transaction of the poll.
        """
        ...

    async def add_digest(self, message: Message, *, day: str) -> bool:
        """Store the digest of a day; return False if that day has had one."""
        ...

    async def open_messages(self) -> list[Message]:
        """Return the messages that are waiting or held, oldest first."""
        ...

    async def save_messages(
        self, messages: Sequence[Message], channels: Sequence[Channel] = ()
    ) -> None:
        """Store what became of messages and channels, in one transaction.

        A channel that was deleted in the meantime is not stored again.
        """
        ...


class Store(Protocol):
    """All shelves of one data folder."""

    @property
    def records(self) -> Records:
        """The records."""
        ...

    @property
    def curves(self) -> Curves:
        """The curves."""
        ...

    @property
    def quarantine(self) -> Quarantine:
        """The quarantine."""
        ...

    @property
    def state(self) -> State:
        """Settings, link, cookie and sessions."""
        ...

    @property
    def seals(self) -> Seals:
        """The key of the sealed values."""
        ...

    @property
    def retention(self) -> Retention:
        """The retention."""
        ...

    @property
    def recount(self) -> Recount:
        """The change of the sums after a change of what counts."""
        ...

    @property
    def account(self) -> Accounts:
        """The account."""
        ...

    @property
    def alerts(self) -> Alerts:
        """The alerts."""
        ...

    @property
    def failing(self) -> str | None:
        """Why writes fail at present, as a sentence; None while they succeed."""
        ...

    @property
    def recovered_from(self) -> Path | None:
        """The copy of the damaged database that was recovered at start; None if none was."""
        ...

    @property
    def other_journal(self) -> Path | None:
        """The journal of another database that was found at start, as renamed; None if none was.

        It was left beside the database file when a copy was put in its place.
        """
        ...

    async def check(self) -> None:
        """Check the database for damage, if opening it did not complete that.

        A damaged one refuses writes from then on, and is recovered when it is opened again.
        """
        ...

    async def versions(self) -> Versions:
        """Return the versions of the data as last committed."""
        ...

    async def backup(self, target: Path) -> None:
        """Copy the store, without the cookie, into a file; a failed copy leaves the file unchanged.

        Raises:
            StoreUnavailableError: the copy could not be written.
        """
        ...

    async def size_bytes(self) -> int:
        """Return the size of the store on the disk."""
        ...

    async def close(self) -> None:
        """Finish the write in progress, and close the files."""
        ...
