"""The stored records: a page of them, all of them as a download, and such a download taken in."""

import asyncio
import io
from collections.abc import AsyncIterator
from typing import Annotated, Final

import msgspec
from msgspec import Meta
from starlette.responses import Response, StreamingResponse

from creditcurve.api.http.endpoint import Call, Content, Nothing
from creditcurve.api.http.instants import optional_instant
from creditcurve.api.http.problems import invalid
from creditcurve.api.schema import ImportView, RecordsPageView, RecordView
from creditcurve.domain.instant import to_iso
from creditcurve.domain.record import Record
from creditcurve.domain.retention import Horizon
from creditcurve.recordfiles import FileFormat, media_type, read_records, write_records
from creditcurve.store import BadCursorError, ExportQuery, RecordsQuery

SUMS_BEFORE: Final = "creditcurve-sums-before"
"""The header of a download that lacks records before this moment, because they were removed."""

MaybeInstant = Annotated[str, Meta(description="ISO 8601 with a zone, or ms since 1970.")] | None


class _Filter(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"start": "from", "end": "to"},
):
    """Which records are meant."""

    start: MaybeInstant = None
    end: MaybeInstant = None
    model: str | None = None
    endpoint: str | None = None
    counts: bool | None = None
    min_credits: int | None = None


class PageQuery(_Filter, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page of records: at most ``limit``, older than the cursor ``before``."""

    limit: Annotated[int, Meta(ge=1, le=1_000)] = 100
    before: Annotated[str, Meta(description="`next` of the page before.")] | None = None


class DownloadQuery(_Filter, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All records that are meant, in one of three forms."""

    format: FileFormat = FileFormat.CSV


async def page(call: Call[PageQuery, Nothing]) -> RecordsPageView:
    """Stored records, newest first."""
    query = call.query
    from_ms, to_ms = _range(query)
    try:
        found = await call.context.store.records.page(
            RecordsQuery(
                limit=query.limit,
                before=query.before,
                from_ms=from_ms,
                to_ms=to_ms,
                model=query.model,
                endpoint=query.endpoint,
                counts=query.counts,
                min_credits=query.min_credits,
            )
        )
    except BadCursorError as error:
        raise invalid("before", "before is not a cursor of this list.") from error
    return RecordsPageView(
        records=tuple(RecordView.of(stored) for stored in found.records), next=found.next
    )


async def download(call: Call[DownloadQuery, Nothing]) -> Response:
    """All records that are meant, oldest first, streamed."""
    query = call.query
    from_ms, to_ms = _range(query)
    records = call.context.store.records.export(
        ExportQuery(
            from_ms=from_ms,
            to_ms=to_ms,
            model=query.model,
            endpoint=query.endpoint,
            counts=query.counts,
            min_credits=query.min_credits,
        )
    )
    stamp = to_iso(call.context.clock.now_ms())[:19].replace(":", "").replace("-", "")
    name = f"creditcurve-{stamp}Z.{query.format}"
    moment = lacking_before(call.context.store.retention.horizon, from_ms)
    chunks: AsyncIterator[bytes] = write_records(records, query.format)
    return StreamingResponse(
        chunks,
        media_type=media_type(query.format),
        headers={
            "content-disposition": f'attachment; filename="{name}"',
            **({} if moment is None else {SUMS_BEFORE: moment}),
        },
    )


async def take_in(call: Call[Nothing, Content]) -> ImportView:
    """Store the records of some lines that are not known, all of them or none."""
    now_ms = call.context.clock.now_ms()
    records = await asyncio.to_thread(_read, call.body.body, now_ms)
    taken = await call.context.commands.take_in(records)
    return ImportView.of(taken)


def _read(lines: bytes, now_ms: int) -> list[Record]:
    placed = read_records(io.BytesIO(lines), FileFormat.NDJSON, now_ms=now_ms)
    return [record for _, record in placed]


def lacking_before(horizon: Horizon, from_ms: int | None) -> str | None:
    """Where a file begins that was meant to begin earlier; None where it lacks nothing."""
    moment_ms = horizon.sums_before_ms
    if moment_ms is None or (from_ms is not None and from_ms >= moment_ms):
        return None
    return to_iso(moment_ms)


def _range(query: _Filter) -> tuple[int | None, int | None]:
    from_ms = optional_instant("from", query.start)
    to_ms = optional_instant("to", query.end)
    if from_ms is not None and to_ms is not None and from_ms >= to_ms:
        raise invalid("from", "from must lie before to.")
    return from_ms, to_ms
