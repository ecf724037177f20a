"""Health and status: whether the program works, and the state of everything in it."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct
from starlette.responses import Response

from creditcurve.api.http.endpoint import JSON, Answer
from creditcurve.api.http.instants import Instant, iso_or_none
from creditcurve.api.http.json import encode
from creditcurve.api.resources.cookie import CookieView
from creditcurve.api.state import About, AppState
from creditcurve.domain.account import unit_of
from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.instant import MINUTE_MS, to_iso
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.pace import catching_up_s
from creditcurve.domain.reconciliation import Reconciliation
from creditcurve.domain.unit import Unit
from creditcurve.domain.versions import Versions
from creditcurve.store import RecordsSummary, RecountProgress, Store
from creditcurve.upstream import Sites


class HealthView(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whether the program works; ``failing`` names the parts that do not."""

    status: Literal["ok", "failing"]
    version: str
    failing: tuple[str, ...] = ()


class PaceView(Struct, frozen=True, kw_only=True):
    """Polls run more often than set: an answer did not reach back to the previous one."""

    reason: Literal["catching_up"]
    interval_s: int


class LinkView(Struct, frozen=True, kw_only=True):
    """The connection to the site: its state, the reason, since when, and the next poll.

    ``pace`` is null while polls run at the configured interval.
    """

    state: LinkState
    code: str | None
    detail: str | None
    since: Instant | None
    last_attempt_at: Instant | None
    last_success_at: Instant | None
    next_poll_at: Instant | None
    next_change_at: Annotated[
        Instant | None,
        Meta(description="With code `scheduled`: when the timetable starts polls again."),
    ]
    pace: PaceView | None

    @classmethod
    def of(cls, link: Link, *, interval_s: int) -> "LinkView":
        """Return the view of a link, at the poll interval of the settings."""
        pace_s = catching_up_s(link, interval_s)
        return cls(
            state=link.state,
            code=link.code,
            detail=link.detail,
            since=iso_or_none(link.since_ms),
            last_attempt_at=iso_or_none(link.last_attempt_ms),
            last_success_at=iso_or_none(link.last_success_ms),
            next_poll_at=iso_or_none(link.next_poll_ms),
            next_change_at=iso_or_none(link.next_change_ms),
            pace=None if pace_s is None else PaceView(reason="catching_up", interval_s=pace_s),
        )


class RecordsView(Struct, frozen=True, kw_only=True):
    """The totals of the stored records; ``removed`` counts deleted ones."""

    total: int
    counted: int
    quarantined: int
    first_at: Instant | None
    last_at: Instant | None
    revision: int
    coverage: Annotated[
        int, Meta(description="A different number after any gap has opened, closed or moved.")
    ]
    models: Annotated[
        tuple[str, ...],
        Meta(description="The first 64 models that count, in the order of their first record."),
    ]
    api_keys: Annotated[
        tuple[str, ...],
        Meta(description="The first 64 labels of API keys, in the order of their first record."),
    ]
    removed: Annotated[
        int, Meta(description="Records deleted by `retention_days`; their sums are kept.")
    ]
    sums_before: Annotated[
        str | None,
        Meta(description="Records before this were deleted; null if none was."),
    ]

    @classmethod
    def of(cls, summary: RecordsSummary) -> "RecordsView":
        """Return the view of a summary."""
        return cls(
            total=summary.total,
            counted=summary.counted,
            quarantined=summary.quarantined,
            first_at=iso_or_none(summary.first_ms),
            last_at=iso_or_none(summary.last_ms),
            revision=summary.versions.revision,
            coverage=summary.versions.coverage,
            models=summary.models,
            api_keys=summary.api_keys,
            removed=summary.removed,
            sums_before=iso_or_none(summary.sums_before_ms),
        )


class RecountView(Struct, frozen=True, kw_only=True):
    """A change of `also_counts` that is not in the sums yet: how many records were read."""

    done: int
    total: int

    @classmethod
    def of(cls, progress: RecountProgress | None) -> "RecountView | None":
        """Return the view of a progress; null while the sums are those of the settings."""
        return None if progress is None else cls(done=progress.done, total=progress.total)


class ReconciliationView(Struct, frozen=True, kw_only=True):
    """Our sums of the newest full hours compared with the site's own."""

    at: Annotated[Instant, Meta(description="When the site's sums were last read.")]
    hours: Annotated[int, Meta(description="Full hours compared: those that agree or differ.")]
    agree: int
    in_gap: Annotated[int, Meta(description="Hours that differ because of a known gap.")]
    factor: Annotated[float, Meta(description="The site's number for one credit.")]

    @classmethod
    def of(cls, found: Reconciliation | None) -> "ReconciliationView | None":
        """Return the view of a comparison; null if the site has never sent its sums."""
        if found is None:
            return None
        fields = msgspec.structs.asdict(found)
        return cls(at=to_iso(fields.pop("at_ms")), **fields)


class SiteView(Struct, frozen=True, kw_only=True):
    """The site that is called.

    ``origin`` belongs to the stored cookie, which is sent nowhere else; a new cookie may come with
    one of ``choices`` or any other origin, unless ``is_fixed``.
    """

    origin: str
    choices: tuple[str, ...]
    is_fixed: bool
    clock_ahead_s: Annotated[
        int | None,
        Meta(
            description="How far this machine's clock is ahead of the site's, in whole minutes "
            "given as seconds: 0 within a minute, negative if it is behind, null while unknown."
        ),
    ] = None

    @classmethod
    def of(cls, sites: Sites, cookie: CookieStatus) -> "SiteView":
        """Return the view of the sites and the cookie's own."""
        own = None if sites.is_fixed else cookie.origin
        return cls(
            origin=own or sites.default,
            choices=sites.choices,
            is_fixed=sites.is_fixed,
            clock_ahead_s=_whole_minutes_s(sites.clock_ahead_ms(own)),
        )


def _whole_minutes_s(ahead_ms: int | None) -> int | None:
    """Return a difference in seconds that changes only when it matters."""
    if ahead_ms is None:
        return None
    return 0 if abs(ahead_ms) <= MINUTE_MS else round(ahead_ms / MINUTE_MS) * 60


class StatusView(Struct, frozen=True, kw_only=True):
    """The state of everything.

    ``recovered_from`` is the path of the damaged database found at start-up, if any;
    ``other_journal`` that of another database's journal found beside a copied database file.
    """

    version: str
    demo: bool
    hosted_demo: Annotated[
        bool,
        Meta(description="Whether the demo runs below the page of an instance, in `demo/`."),
    ] = False
    needs_key: Annotated[
        bool, Meta(description="Whether callers need the access key; then a browser can log out.")
    ]
    unit: Annotated[
        Unit, Meta(description="Of all amounts; `yuan`: they are in thousandths of a yuan.")
    ]
    link: LinkView
    cookie: CookieView
    site: SiteView
    records: RecordsView
    reconciliation: ReconciliationView | None
    recount: Annotated[
        RecountView | None,
        Meta(description="Until it is null again, all sums are those before the change."),
    ] = None
    data_dir: str
    size_bytes: int
    recovered_from: str | None
    other_journal: str | None = None
    versions: Versions


async def health(
    app: AppState,
) -> Annotated[Response, Answer(200, HealthView), Answer(503, HealthView)]:
    """Report whether the program works."""
    is_failing = app.store.failing is not None
    view = HealthView(
        status="failing" if is_failing else "ok",
        version=app.about.version,
        failing=("store",) if is_failing else (),
    )
    return Response(encode(view), status_code=503 if is_failing else 200, media_type=JSON)


async def read(app: AppState) -> StatusView:
    """Return the state of everything."""
    return await status_of(app.about, app.store)


async def status_of(about: About, store: Store) -> StatusView:
    """Return the status for the call and for the event."""
    summary = await store.records.summary()
    return StatusView(
        version=about.version,
        demo=about.is_demo,
        hosted_demo=about.is_hosted_demo,
        needs_key=about.needs_key,
        unit=unit_of(store.state.settings.unit, store.account.account),
        link=LinkView.of(store.state.link, interval_s=store.state.settings.poll_interval_s),
        cookie=CookieView.of(store.state.cookie_status),
        site=SiteView.of(about.sites, store.state.cookie_status),
        records=RecordsView.of(summary),
        reconciliation=ReconciliationView.of(summary.reconciliation),
        recount=RecountView.of(store.recount.progress),
        data_dir=str(about.data_dir),
        size_bytes=await store.size_bytes(),
        recovered_from=None if store.recovered_from is None else str(store.recovered_from),
        other_journal=None if store.other_journal is None else str(store.other_journal),
        versions=summary.versions,
    )
