"""The store's questions, answers and writes as values."""

from datetime import tzinfo
from typing import Literal

import msgspec

from creditcurve.domain.account import Account
from creditcurve.domain.account_change import ChangeKind
from creditcurve.domain.account_facts import Source, SourceStatus
from creditcurve.domain.alert import Rule
from creditcurve.domain.channel import Channel
from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.coverage import GapKind
from creditcurve.domain.credits import Credits
from creditcurve.domain.curve import GroupBy
from creditcurve.domain.episode import Episode
from creditcurve.domain.link import Link
from creditcurve.domain.outbox import Message
from creditcurve.domain.reconciliation import Reconciliation
from creditcurve.domain.record import Answer, StoredRecord
from creditcurve.domain.reject import RejectCode
from creditcurve.domain.reset import Initiator, ResetEntry
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.domain.versions import Versions

Bucket = Literal["auto", "none"] | int
"""The bucket of a curve: chosen by the range, single requests, or a number of seconds."""


class Observed(msgspec.Struct, frozen=True, kw_only=True):
    """What rules need and the store does not contain.

    Attributes:
        now_ms: the instant.
        zone: the time zone of away hours.
        watched_since_ms: since when polls have been made without a pause, a suspend or a change of
            the clock.
        run: names this run of the program.
        elapsed_ms: a clock that is never set, comparable within one run.
        usual_per_h: the usual rate of this hour.
        runs_out_ms: the median instant at which the balance is empty.
        disk_free: the free share of the data folder's disk.
    """

    now_ms: int
    zone: tzinfo
    watched_since_ms: int
    run: str
    elapsed_ms: int
    usual_per_h: Credits | None = None
    runs_out_ms: int | None = None
    disk_free: float | None = None


class Poll(msgspec.Struct, frozen=True, kw_only=True):
    """A successful poll, stored as a whole or not at all.

    Attributes:
        at_ms: when the upstream was asked.
        answer: the parsed answer.
        interval_s: the poll interval at that moment.
        link: the link after the poll.
        cookie_status: the cookie's status after the poll. If its generation is older than the
            stored one, cookie, status and link stay unchanged.
        renewed: the cookie as the answer renewed it.
        hours: the hours asked for, if the answer is a back-fill.
        was_scheduled: whether the timetable paused polls before this one.
        observed: what alert rules need beside the stored data; None judges no rule.
    """

    at_ms: int
    answer: Answer
    interval_s: int
    link: Link
    cookie_status: CookieStatus
    renewed: Secret | None = None
    hours: int | None = None
    was_scheduled: bool = False
    observed: Observed | None = None


class Appended(msgspec.Struct, frozen=True, kw_only=True):
    """The changes a poll made.

    Attributes:
        revision: the revision after it.
        new: the number of new records.
        updated: the number of changed records.
        left: the kind of gap it left before itself; None if it overlaps the known records.
        is_first: whether it is the first answer that contains records.
        are_alerts_changed: whether an episode or a message changed.
    """

    revision: int
    new: int
    updated: int
    left: GapKind | None = None
    is_first: bool = False
    are_alerts_changed: bool = False

    @property
    def overlaps(self) -> bool:
        """Whether the answer continued the known records; if not, some may have been missed."""
        return self.left is None


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """The result of an import.

    Attributes:
        revision: the revision after it.
        new: the number of records that were added.
        known: the number of records that existed already, and were kept unchanged.
        differing: how many of the existing records differ from the imported ones.
        left_out: the number of records older than the horizon: they may be part of the sums.
    """

    revision: int
    new: int
    known: int
    differing: int
    left_out: int


class NewRecords(msgspec.Struct, frozen=True, kw_only=True):
    """Records stored after a revision, and the versions they were read with."""

    records: tuple[StoredRecord, ...]
    versions: Versions


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """A selection of records: within ``[from_ms, to_ms)``, and with these properties.

    An empty ``api_key`` selects the records without one.
    """

    from_ms: int | None = None
    to_ms: int | None = None
    model: str | None = None
    endpoint: str | None = None
    api_key: str | None = None
    counts: bool | None = None
    min_credits: Credits | None = None


class RecordsQuery(Filter, frozen=True, kw_only=True):
    """A page of records, newest first; ``before`` is ``next`` of the previous page."""

    limit: int = 100
    before: str | None = None


class RecordsPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of records; ``next`` is None on the last one."""

    records: tuple[StoredRecord, ...]
    next: str | None
    versions: Versions = Versions()


class ExportQuery(Filter, frozen=True, kw_only=True):
    """A selection of records to export."""


class CurveQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A curve over ``[from_ms, to_ms)``; a bucket of a day follows ``zone`` (None: UTC)."""

    from_ms: int
    to_ms: int
    bucket: Bucket = "auto"
    by: GroupBy = GroupBy.MODEL
    zone: tzinfo | None = None


class Quarantined(msgspec.Struct, frozen=True, kw_only=True):
    """A quarantined row.

    Attributes:
        id: the store's own number.
        at_ms: when the upstream was asked.
        code: why it could not be read.
        detail: empty, or more: of an envelope its path, of ``RejectCode.UNKNOWN`` the sentence
            that an earlier version stored.
        raw: the row's own text.
        is_cut: whether the text was cut when it was quarantined.
    """

    id: int
    at_ms: int
    code: RejectCode
    detail: str
    raw: str
    is_cut: bool


class QuarantinePage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of quarantined rows; ``next`` is None on the last one."""

    rows: tuple[Quarantined, ...]
    next: str | None
    versions: Versions = Versions()


class RecordsSummary(msgspec.Struct, frozen=True, kw_only=True):
    """The totals of the store.

    Attributes:
        total: the number of stored records.
        counted: how many of them belong to the curve.
        quarantined: the number of quarantined rows.
        first_ms: the time of the oldest record.
        last_ms: the time of the newest record.
        models: the counted models, at most 64, in the order of their first record.
        api_keys: the labels of the API keys of counted records, at most 64, in the same order.
        removed: the number of records that retention has removed; they remain in the sums.
        sums_before_ms: the moment before which only sums are known.
        reconciliation: the comparison with the site's own sums; None if it never sent any.
        versions: the versions of all of this.
    """

    total: int
    counted: int
    quarantined: int
    first_ms: int | None
    last_ms: int | None
    models: tuple[str, ...]
    api_keys: tuple[str, ...] = ()
    removed: int = 0
    sums_before_ms: int | None = None
    reconciliation: Reconciliation | None = None
    versions: Versions = Versions()


class Removable(msgspec.Struct, frozen=True, kw_only=True):
    """The records a retention would remove: their number, and the hour they are older than."""

    before_ms: int | None
    records: int


class RecountProgress(msgspec.Struct, frozen=True, kw_only=True):
    """A change of what counts that is not in the sums yet: ``done`` of ``total`` records."""

    done: int
    total: int


class ModelTotal(msgspec.Struct, frozen=True, kw_only=True):
    """All counted records of one model."""

    model: str
    requests: int
    credits: Credits


class TypeTotal(msgspec.Struct, frozen=True, kw_only=True):
    """All stored records of one type and endpoint."""

    type: str
    endpoint: str
    counts: bool
    requests: int
    credits: Credits


class VersionedSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The user's settings and their version."""

    settings: Settings
    version: int


class AccountReport(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the account, as of one version.

    Attributes:
        account: the newest reading; None before the first.
        sources: the state of each source that was asked.
        resets: the newest resets, newest first.
        version: the version of all of this.
    """

    account: Account | None
    sources: dict[Source, SourceStatus]
    resets: tuple[ResetEntry, ...]
    version: int


class StoredChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change of the account and who caused it."""

    t_ms: int
    kind: ChangeKind
    amount: Credits
    by: Initiator


class BalanceHistory(msgspec.Struct, frozen=True, kw_only=True):
    """The balance over a range.

    Attributes:
        t: instants, ms since 1970.
        balance: the balance at each of them.
        changes: top-ups, resets, recoveries and changes of the plan.
        unexplained: by the start of the hour, what left the balance and is in no record.
    """

    t: list[int]
    balance: list[Credits]
    changes: tuple[StoredChange, ...]
    unexplained: dict[int, Credits]


class StoredEpisode(msgspec.Struct, frozen=True, kw_only=True):
    """An episode, its number and its messages, and when its rule's newest snooze ends."""

    id: int
    episode: Episode
    messages: tuple[Message, ...] = ()
    snoozed_until_ms: int | None = None


class EpisodesQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the episodes that touch ``[from_ms, to_ms)``, newest first."""

    from_ms: int = 0
    to_ms: int = 2**53
    before: int = 2**53
    limit: int = 100


class EpisodesPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of episodes; ``next`` is ``before`` of the next page, None on the last one."""

    episodes: tuple[StoredEpisode, ...]
    next: int | None
    version: int


class AlertSetup(msgspec.Struct, frozen=True, kw_only=True):
    """Rules and channels as last committed, and the version of all alert data."""

    rules: tuple[Rule, ...]
    channels: tuple[Channel, ...]
    version: int
