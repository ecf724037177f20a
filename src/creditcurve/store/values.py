"""What is put into the store, what is asked of it, and what it answers."""

from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.coverage import GapKind
from creditcurve.domain.credits import Credits
from creditcurve.domain.curve import GroupBy
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer, StoredRecord
from creditcurve.domain.secret import Secret

Bucket = Literal["auto", "none"] | int
"""The bucket of a curve: chosen by the range, single requests, or a number of seconds."""


class Poll(msgspec.Struct, frozen=True, kw_only=True):
    """A good poll, to be stored as a whole or not at all.

    Attributes:
        at_ms: when the upstream was asked.
        answer: what it answered.
        interval_s: the poll interval at that moment.
        link: the link after it.
        cookie_status: the cookie's status after it; an older generation than the stored one leaves
            cookie, status and link as they are.
        renewed: the cookie as the answer renewed it.
        hours: what was asked for, where the answer is a back-fill.
    """

    at_ms: int
    answer: Answer
    interval_s: int
    link: Link
    cookie_status: CookieStatus
    renewed: Secret | None = None
    hours: int | None = None


class Appended(msgspec.Struct, frozen=True, kw_only=True):
    """What a poll changed, and the gap that it left before it; None where it overlaps.

    ``is_first``: it holds rows, and no answer before it did.
    """

    revision: int
    new: int
    updated: int
    left: GapKind | None = None
    is_first: bool = False

    @property
    def overlaps(self) -> bool:
        """Whether the answer continued what was known; if not, rows may have been missed."""
        return self.left is None


class TakenIn(msgspec.Struct, frozen=True, kw_only=True):
    """What became of records that were given: new ones, and known ones, which stand as they were.

    ``differing`` counts those among the known that were given otherwise than they are stored.
    ``left_out`` are older than the single records that are kept: they may be in the sums.
    """

    revision: int
    new: int
    known: int
    differing: int
    left_out: int


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Which records are meant: within ``[from_ms, to_ms)``, and with these properties."""

    from_ms: int | None = None
    to_ms: int | None = None
    model: str | None = None
    endpoint: str | None = None
    counts: bool | None = None
    min_credits: Credits | None = None


class RecordsQuery(Filter, frozen=True, kw_only=True):
    """A page of records, newest first; ``before`` is ``next`` of the page before."""

    limit: int = 100
    before: str | None = None


class RecordsPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of records; ``next`` is None on the last one."""

    records: tuple[StoredRecord, ...]
    next: str | None


class ExportQuery(Filter, frozen=True, kw_only=True):
    """Which records to export."""


class CurveQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A curve over ``[from_ms, to_ms)``; a bucket of a day follows ``zone`` (None: UTC)."""

    from_ms: int
    to_ms: int
    bucket: Bucket = "auto"
    by: GroupBy = GroupBy.MODEL
    zone: ZoneInfo | None = None


class Quarantined(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was set aside: when it came, why, and its own text, whole or cut."""

    id: int
    at_ms: int
    reason: str
    raw: str
    is_cut: bool


class QuarantinePage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of what was set aside; ``next`` is None on the last one."""

    rows: tuple[Quarantined, ...]
    next: str | None


class RecordsSummary(msgspec.Struct, frozen=True, kw_only=True):
    """The store's totals; ``first_ms`` and ``last_ms`` are its oldest and newest record's times.

    ``coverage`` is another number whenever a gap has arisen, closed or moved; ``models`` are those
    that count, at most 64, in the order in which they were first stored. ``removed`` records are
    held no longer and in the sums alone, which are all that is known before ``sums_before_ms``.
    """

    total: int
    counted: int
    quarantined: int
    first_ms: int | None
    last_ms: int | None
    revision: int
    coverage: int
    models: tuple[str, ...]
    removed: int = 0
    sums_before_ms: int | None = None


class Removable(msgspec.Struct, frozen=True, kw_only=True):
    """What a retention would remove: all records before an hour, and how many they are."""

    before_ms: int | None
    records: int


class ModelTotal(msgspec.Struct, frozen=True, kw_only=True):
    """All counted records of one model."""

    model: str
    requests: int
    credits: Credits
