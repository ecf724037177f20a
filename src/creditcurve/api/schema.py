"""The types of requests and answers, as they go over the wire (``docs`` of each field included).

Handlers build them from domain values; the OpenAPI document and the page's types are made of them.
Instants are ISO 8601 text in UTC with milliseconds, columns of instants integers (ms since 1970).
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.coverage import GapKind, known_share
from creditcurve.domain.credits import Credits
from creditcurve.domain.curve import Curve, GroupBy
from creditcurve.domain.instant import to_iso
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.pace import catching_up_s
from creditcurve.domain.reconciliation import Reconciliation
from creditcurve.domain.record import Record, StoredRecord
from creditcurve.domain.reject import SENTENCES, RejectCode
from creditcurve.domain.settings import Settings
from creditcurve.store import Imported, Quarantined, RecordsSummary, Removable

Instant = Annotated[str, Meta(description="ISO 8601, UTC, with milliseconds and Z.")]
TimeMs = Annotated[int, Meta(description="Milliseconds since 1970, UTC.")]


class HealthView(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whether the program works; ``failing`` names the parts that do not."""

    status: Literal["ok", "failing"]
    version: str
    failing: tuple[str, ...] = ()


class PaceView(Struct, frozen=True, kw_only=True):
    """Polls come sooner than the settings say: an answer did not reach back to the one before."""

    reason: Literal["catching_up"]
    interval_s: int


class LinkView(Struct, frozen=True, kw_only=True):
    """The connection to the upstream: its state, why, since when, and what comes next.

    ``pace`` is null where polls come at the interval of the settings.
    """

    state: LinkState
    code: str | None
    detail: str | None
    since: Instant | None
    last_attempt_at: Instant | None
    last_success_at: Instant | None
    next_poll_at: Instant | None
    pace: PaceView | None

    @classmethod
    def of(cls, link: Link, *, interval_s: int) -> "LinkView":
        """The view of a link, at the poll interval of the settings."""
        pace_s = catching_up_s(link, interval_s)
        return cls(
            state=link.state,
            code=link.code,
            detail=link.detail,
            since=iso_or_none(link.since_ms),
            last_attempt_at=iso_or_none(link.last_attempt_ms),
            last_success_at=iso_or_none(link.last_success_ms),
            next_poll_at=iso_or_none(link.next_poll_ms),
            pace=None if pace_s is None else PaceView(reason="catching_up", interval_s=pace_s),
        )


class CookieView(Struct, frozen=True, kw_only=True):
    """What is known of the stored cookie: never its value."""

    state: CookieState
    names: tuple[str, ...]
    saved_at: Instant | None
    checked_at: Instant | None
    reason: str | None
    renewed_at: Instant | None
    expires_at: Instant | None

    @classmethod
    def of(cls, status: CookieStatus) -> "CookieView":
        """The view of a cookie's status."""
        return cls(
            state=status.state,
            names=status.names,
            saved_at=iso_or_none(status.saved_at_ms),
            checked_at=iso_or_none(status.checked_at_ms),
            reason=status.reason,
            renewed_at=iso_or_none(status.renewed_at_ms),
            expires_at=iso_or_none(status.expires_at_ms),
        )


class RecordsView(Struct, frozen=True, kw_only=True):
    """The store's totals: of the records it holds, and how many it removed (``removed``)."""

    total: int
    counted: int
    quarantined: int
    first_at: Instant | None
    last_at: Instant | None
    revision: int
    coverage: Annotated[
        int, Meta(description="Another number whenever a gap has arisen, closed or moved.")
    ]
    models: Annotated[
        tuple[str, ...],
        Meta(description="The first 64 models that count, in the order of their first record."),
    ]
    removed: Annotated[
        int, Meta(description="How many were removed by `retention_days`; their sums stay.")
    ]
    sums_before: Annotated[
        str | None,
        Meta(description="Single records before this were removed; null while none was."),
    ]

    @classmethod
    def of(cls, summary: RecordsSummary) -> "RecordsView":
        """The view of a summary."""
        return cls(
            total=summary.total,
            counted=summary.counted,
            quarantined=summary.quarantined,
            first_at=iso_or_none(summary.first_ms),
            last_at=iso_or_none(summary.last_ms),
            revision=summary.versions.revision,
            coverage=summary.versions.coverage,
            models=summary.models,
            removed=summary.removed,
            sums_before=iso_or_none(summary.sums_before_ms),
        )


class ReconciliationView(Struct, frozen=True, kw_only=True):
    """Our sums of the newest full hours against the site's own: how many ``agree`` of ``hours``."""

    at: Annotated[Instant, Meta(description="When the site's sums were last read.")]
    hours: Annotated[int, Meta(description="Full hours compared: those that agree or differ.")]
    agree: int
    in_gap: Annotated[int, Meta(description="Hours that differ because a known gap lies in them.")]
    factor: Annotated[float, Meta(description="The site's number for one credit.")]

    @classmethod
    def of(cls, found: Reconciliation | None) -> "ReconciliationView | None":
        """The view of what came of comparing; null where the site never told its sums."""
        if found is None:
            return None
        fields = msgspec.structs.asdict(found)
        return cls(at=to_iso(fields.pop("at_ms")), **fields)


class StatusView(Struct, frozen=True, kw_only=True):
    """The state of everything.

    ``recovered_from`` is where the damaged database is kept that was found at the start, if any.
    """

    version: str
    demo: bool
    needs_key: Annotated[
        bool, Meta(description="Whether callers need the access key: then a browser can log out.")
    ]
    link: LinkView
    cookie: CookieView
    records: RecordsView
    reconciliation: ReconciliationView | None
    data_dir: str
    size_bytes: int
    recovered_from: str | None


SettingsPatch = msgspec.defstruct(
    "SettingsPatch",
    [(field.name, field.type | UnsetType, UNSET) for field in msgspec.structs.fields(Settings)],
    namespace={"__doc__": "Any subset of the settings."},
    kw_only=True,
    frozen=True,
    forbid_unknown_fields=True,
)
"""Any subset of the settings; names and bounds are those of ``Settings`` itself."""


def patched(settings: Settings, patch: Struct) -> Settings:
    """The settings with what stands in a patch."""
    given = msgspec.structs.asdict(patch)
    present = {name: value for name, value in given.items() if value is not UNSET}
    return msgspec.structs.replace(settings, **present)


class CookieInput(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was pasted; ``verify`` false stores it untried, ``force`` without a session cookie."""

    cookie: str
    verify: bool = True
    force: bool = False


class CookieSaved(Struct, frozen=True, kw_only=True):
    """The cookie that is now stored: names alone."""

    names: tuple[str, ...]
    state: CookieState
    expires_at: Instant | None = None


class RefreshView(Struct, frozen=True, kw_only=True):
    """What a poll brought."""

    new: int
    updated: int
    at: Instant


class SeriesView(Struct, frozen=True, kw_only=True):
    """One line: columns of equal length, and its totals."""

    key: str
    t: list[int]
    v: list[Credits]
    n: list[int]
    total: Credits
    requests: int
    last: Credits


class GapView(Struct, frozen=True, kw_only=True, rename={"from_ms": "from", "to_ms": "to"}):
    """A stretch in which records may be missing."""

    from_ms: TimeMs
    to_ms: TimeMs
    kind: GapKind


class DifferenceView(Struct, frozen=True, kw_only=True):
    """A full hour whose sum the site counts otherwise; both sums are credits of the curve."""

    t: Annotated[TimeMs, Meta(description="Where the hour begins.")]
    ours: Credits
    theirs: Credits
    in_gap: Annotated[bool, Meta(description="A known gap lies in the hour.")]


class UsageView(Struct, frozen=True, kw_only=True, rename={"from_ms": "from", "to_ms": "to"}):
    """The curve."""

    from_ms: TimeMs
    to_ms: TimeMs
    bucket_s: int | None
    by: GroupBy
    revision: int
    series: tuple[SeriesView, ...]
    gaps: tuple[GapView, ...]
    differences: tuple[DifferenceView, ...]
    total: Credits
    requests: int
    complete: Annotated[
        float | None,
        Meta(
            description="Share of the range, up to now, without a gap; null if none of it is past."
        ),
    ]
    sums_before: Annotated[
        int | None,
        Meta(
            description="ms since 1970: before this the range has sums of quarter hours at best, "
            "as single requests were removed; null where it begins later."
        ),
    ]

    @classmethod
    def of(cls, curve: Curve, *, now_ms: int) -> "UsageView":
        """The view of a curve at that moment."""
        return cls(
            from_ms=curve.from_ms,
            to_ms=curve.to_ms,
            bucket_s=curve.bucket_s,
            by=curve.by,
            revision=curve.revision,
            series=tuple(SeriesView(**msgspec.structs.asdict(line)) for line in curve.series),
            gaps=tuple(
                GapView(from_ms=gap.from_ms, to_ms=gap.to_ms, kind=gap.kind) for gap in curve.gaps
            ),
            differences=tuple(
                DifferenceView(t=one.t_ms, ours=one.ours, theirs=one.theirs, in_gap=one.in_gap)
                for one in curve.differences
            ),
            total=curve.total,
            requests=curve.requests,
            complete=known_share(
                curve.gaps, from_ms=curve.from_ms, to_ms=curve.to_ms, now_ms=now_ms
            ),
            sums_before=curve.sums_before_ms,
        )


class RecordFields(Struct, frozen=True, kw_only=True):
    """What every form of a record tells; how its time is written differs."""

    id: int
    type: str
    endpoint: str
    model: str
    credits: Credits
    status: int | None
    api_key: str | None
    counts: bool


class RecordView(RecordFields, frozen=True, kw_only=True):
    """One stored record."""

    t: TimeMs

    @classmethod
    def of(cls, stored: StoredRecord) -> "RecordView":
        """The view of a stored record."""
        return cls(**fields_of(stored.record), t=stored.record.t_ms)


def fields_of(record: Record) -> dict[str, Any]:
    """The values of ``RecordFields``."""
    return {name: getattr(record, name) for name in RecordFields.__struct_fields__}


class RecordsPageView(Struct, frozen=True, kw_only=True):
    """Stored records, newest first; ``next`` is the cursor for ``before``, null at the end."""

    records: tuple[RecordView, ...]
    next: str | None


class QuarantinedView(Struct, frozen=True, kw_only=True):
    """A quarantined row: why it could not be read, and its text, which must not be executed.

    ``reason`` is ``code`` as an English sentence; ``detail`` is null or says more.
    """

    id: int
    at: Instant
    code: RejectCode
    detail: str | None
    reason: str
    raw: str
    is_cut: bool

    @classmethod
    def of(cls, row: Quarantined) -> "QuarantinedView":
        """Return the view of a quarantined row."""
        is_sentence = row.code is RejectCode.UNKNOWN and row.detail != ""
        return cls(
            id=row.id,
            at=to_iso(row.at_ms),
            code=row.code,
            detail=row.detail or None,
            reason=row.detail if is_sentence else SENTENCES[row.code],
            raw=row.raw,
            is_cut=row.is_cut,
        )


class QuarantinePageView(Struct, frozen=True, kw_only=True):
    """What was set aside, newest first; ``next`` is the cursor for ``before``, null at the end."""

    rows: tuple[QuarantinedView, ...]
    next: str | None


class ImportView(Struct, frozen=True, kw_only=True):
    """What became of imported records: known ones stand as they are stored, differing or not.

    ``left_out`` are older than the single records that are kept (``retention_days``).
    """

    new: int
    known: int
    differing: int
    left_out: int

    @classmethod
    def of(cls, taken: Imported) -> "ImportView":
        """The view of what was taken in."""
        return cls(
            new=taken.new,
            known=taken.known,
            differing=taken.differing,
            left_out=taken.left_out,
        )


class RecordsEvent(Struct, frozen=True, kw_only=True):
    """The data of a ``records`` event."""

    revision: int
    records: tuple[RecordView, ...]


class RetentionView(Struct, frozen=True, kw_only=True):
    """What keeping single records for so many days would remove: all ``before`` an hour."""

    before: Instant | None
    records: int

    @classmethod
    def of(cls, removable: Removable) -> "RetentionView":
        """The view of what is removable."""
        return cls(before=iso_or_none(removable.before_ms), records=removable.records)


class KeyInput(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The access key, to open a session of this browser."""

    key: str


class LinkToken(Struct, frozen=True, kw_only=True):
    """A way into the page, good once; ``expires_s`` null where it needs no key."""

    path: str
    expires_s: int | None


def iso_or_none(t_ms: int | None) -> str | None:
    """An instant as text, where there is one."""
    return None if t_ms is None else to_iso(t_ms)
