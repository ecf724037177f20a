"""The stored records: pages of them, downloads of all of them, and imports of such downloads."""

import asyncio
import io
from typing import Annotated, Any, Final

from msgspec import Meta, Struct
from starlette.responses import Response, StreamingResponse

from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.endpoint import Answer, Body, refuses
from creditcurve.api.http.instants import QueryInstant, TimeMs, read_bounds
from creditcurve.api.http.integers import Integer
from creditcurve.api.http.problems import invalid
from creditcurve.api.state import AppState
from creditcurve.domain.account import unit_of
from creditcurve.domain.credits import Credits
from creditcurve.domain.instant import to_iso
from creditcurve.domain.record import Record, StoredRecord
from creditcurve.domain.retention import Horizon
from creditcurve.domain.versions import Versions
from creditcurve.recordfiles import (
    MAX_RECORD_BYTES,
    FileFormat,
    media_type,
    read_records,
    write_records,
)
from creditcurve.store import BadCursorError, ExportQuery, Imported, RecordsQuery

SUMS_BEFORE: Final = "creditcurve-sums-before"
"""The header of a download without the records before this instant, which were deleted."""

Lines = Annotated[bytes, Body(media_type=media_type(FileFormat.NDJSON), max_bytes=MAX_RECORD_BYTES)]

File = Annotated[
    Response, *(Answer(200, media_type(form).partition(";")[0]) for form in FileFormat)
]


class RecordView(Struct, frozen=True, kw_only=True):
    """One stored record; ``id`` is a string because browsers round integers above 2^53."""

    id: str
    t: TimeMs
    type: str
    endpoint: str
    model: str
    credits: Credits
    status: int | None
    api_key: str | None
    counts: bool

    @classmethod
    def of(cls, stored: StoredRecord) -> "RecordView":
        """Return the view of a stored record."""
        record = stored.record
        return cls(
            id=str(record.id),
            t=record.t_ms,
            type=record.type,
            endpoint=record.endpoint,
            model=record.model,
            credits=record.credits,
            status=record.status,
            api_key=record.api_key,
            counts=stored.counts,
        )


class RecordsPageView(Struct, frozen=True, kw_only=True):
    """Stored records, newest first; ``next`` is the cursor for ``before``, null at the end."""

    records: tuple[RecordView, ...]
    next: str | None
    versions: Versions


class ImportView(Struct, frozen=True, kw_only=True):
    """How many records were new or known; known ones are kept, even if they differ.

    ``left_out`` are older than the records that are kept (``retention_days``).
    """

    new: int
    known: int
    differing: int
    left_out: int

    @classmethod
    def of(cls, taken: Imported) -> "ImportView":
        """Return the view of an import's result."""
        return cls(
            new=taken.new, known=taken.known, differing=taken.differing, left_out=taken.left_out
        )


class _Filter(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"start": "from", "end": "to"},
):
    """Selects records by time and properties."""

    start: QueryInstant | None = None
    end: QueryInstant | None = None
    model: str | None = None
    endpoint: str | None = None
    api_key: (
        Annotated[str, Meta(description="The label of an API key; empty: records without one.")]
        | None
    ) = None
    counts: bool | None = None
    min_credits: Integer | None = None

    def as_store_filter(self) -> dict[str, Any]:
        """Return the arguments of the store's queries.

        Raises:
            ProblemError: 422 with the parameter that is wrong.
        """
        from_ms, to_ms = read_bounds(self.start, self.end)
        return {
            "from_ms": from_ms,
            "to_ms": to_ms,
            "model": self.model,
            "endpoint": self.endpoint,
            "api_key": self.api_key,
            "counts": self.counts,
            "min_credits": self.min_credits,
        }


class PageQuery(_Filter, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page of at most ``limit`` records, older than the cursor ``before``."""

    limit: Annotated[int, Meta(ge=1, le=1_000)] = 100
    before: Annotated[str, Meta(description="`next` of the page before.")] | None = None


class DownloadQuery(_Filter, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All selected records, in one of three formats."""

    format: FileFormat = FileFormat.CSV


class TypeView(Struct, frozen=True, kw_only=True):
    """All stored records of one type and endpoint; ``counts``: whether they belong to the curve."""

    type: str
    endpoint: str
    counts: bool
    requests: int
    credits: Credits


async def types(app: AppState) -> list[TypeView]:
    """Return the stored types and endpoints with their totals, for the setting `also_counts`."""
    found = await app.store.records.totals_by_type()
    return [
        TypeView(
            type=one.type,
            endpoint=one.endpoint,
            counts=one.counts,
            requests=one.requests,
            credits=one.credits,
        )
        for one in found
    ]


async def page(query: PageQuery, app: AppState) -> RecordsPageView:
    """Return stored records, newest first."""
    wanted = RecordsQuery(**query.as_store_filter(), limit=query.limit, before=query.before)
    try:
        found = await app.store.records.page(wanted)
    except BadCursorError as error:
        raise invalid("before", "before is not a cursor of this list.") from error
    records = tuple(RecordView.of(stored) for stored in found.records)
    return RecordsPageView(records=records, next=found.next, versions=found.versions)


async def download(query: DownloadQuery, app: AppState) -> File:
    """Download the selected records as a file, oldest first."""
    wanted = ExportQuery(**query.as_store_filter())
    stamp = to_iso(app.clock.now_ms())[:19].replace(":", "").replace("-", "")
    name = f"creditcurve-{stamp}Z.{query.format}"
    instant = lacking_before(app.store.retention.horizon, wanted.from_ms)
    records = app.store.records.export(wanted)
    unit = unit_of(app.store.state.settings.unit, app.store.account.account)
    return StreamingResponse(
        app.downloads.limited(write_records(records, query.format, unit)),
        media_type=media_type(query.format),
        headers={
            "content-disposition": f'attachment; filename="{name}"',
            **({} if instant is None else {SUMS_BEFORE: instant}),
        },
    )


@refuses(ProblemCode.MALFORMED_RECORD)
async def import_records(body: Lines, app: AppState) -> ImportView:
    """Import records, one per line as in an NDJSON export, at most 1 MiB.

    Existing records are kept; either all new ones are stored, or none.
    """
    records = await asyncio.to_thread(_read, body, app.clock.now_ms())
    return ImportView.of(await app.commands.records.import_records(records))


def lacking_before(horizon: Horizon, from_ms: int | None) -> str | None:
    """Return the instant before which a download lacks records; None if it lacks none."""
    before_ms = horizon.sums_before_ms
    if before_ms is None or (from_ms is not None and from_ms >= before_ms):
        return None
    return to_iso(before_ms)


def _read(lines: bytes, now_ms: int) -> list[Record]:
    placed = read_records(io.BytesIO(lines), FileFormat.NDJSON, now_ms=now_ms)
    return [record for _, record in placed]
