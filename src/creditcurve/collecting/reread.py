"""Read quarantined rows again after an update of the parser."""

import logging
from typing import Final

from creditcurve.domain.record import Record
from creditcurve.feed import Feed
from creditcurve.store import Quarantined, Store
from creditcurve.upstream import READING

CHUNK: Final = 200
"""Rows parsed at once on the event loop: a few milliseconds."""

log = logging.getLogger(__name__)


async def reread_quarantine(store: Store, feed: Feed) -> None:
    """Parse the quarantined rows again, unless this version of the parser has done so already.

    Raises:
        StoreUnavailableError: the rows read until then are stored; the rest is read at the next
            start.
    """
    if await store.quarantine.parser_version() == READING:
        return
    last = 0
    while rows := await store.quarantine.uncut(after=last, limit=CHUNK):
        last = rows[-1].id
        await _replace(store, feed, _parsed(rows, from_ms=store.retention.horizon.t_ms))
    await store.quarantine.save_parser_version(READING)


def _parsed(rows: list[Quarantined], *, from_ms: int) -> dict[int, tuple[Record, ...]]:
    """Return the records by the id of their row.

    A row with a record from before the horizon stays in the quarantine: it could not be stored.
    """
    from creditcurve.upstream.wire import read_again  # noqa: PLC0415 - only after an update

    parsed = {row.id: read_again(row.raw, now_ms=row.at_ms) for row in rows}
    return {
        row_id: records
        for row_id, records in parsed.items()
        if records and all(record.t_ms >= from_ms for record in records)
    }


async def _replace(store: Store, feed: Feed, parsed: dict[int, tuple[Record, ...]]) -> None:
    if not parsed:
        return
    records = [record for found in parsed.values() for record in found]
    imported = await store.quarantine.replace(list(parsed), records)
    log.info("quarantine read again rows=%d new=%d", len(parsed), imported.new)
    feed.records_changed(imported.revision)
