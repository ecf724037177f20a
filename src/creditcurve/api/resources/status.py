"""The state of everything in the program."""

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from creditcurve.api.http.instants import Instant, iso_or_none
from creditcurve.api.resources.cookie import CookieView
from creditcurve.api.resources.link import LinkView
from creditcurve.api.resources.site import SiteView
from creditcurve.api.state import About, AppState
from creditcurve.domain.account import unit_of
from creditcurve.domain.instant import to_iso
from creditcurve.domain.reconciliation import Reconciliation
from creditcurve.domain.unit import Unit
from creditcurve.domain.versions import Versions
from creditcurve.store import RecordsSummary, RecountProgress, Store


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
        size_bytes=await store.storage.size_bytes(),
        recovered_from=_path_or_none(store.storage.recovered_from),
        other_journal=_path_or_none(store.storage.other_journal),
        versions=summary.versions,
    )


def _path_or_none(path: Path | None) -> str | None:
    return None if path is None else str(path)
