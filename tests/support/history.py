"""A stored past: records, and the proof that polls were made all the time."""

from collections.abc import Sequence

from creditcurve.domain.coverage import Span
from creditcurve.domain.instant import DAY_MS
from creditcurve.domain.record import Record
from creditcurve.store.sqlite import coverage
from support.world import NOW, World


async def store_history(world: World, records: Sequence[Record], days: int) -> None:
    """Store records as the whole truth of the last days."""
    await world.store.records.import_records(records)
    span = Span(NOW - days * DAY_MS, NOW)
    await world.store._database.write(lambda c: coverage.replace_spans(c, (), (span,)))
