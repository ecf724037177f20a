"""Quarantined rows are read again by a newer parser, once."""

from creditcurve.collecting.reread import reread_quarantine
from creditcurve.domain.reject import Reject, RejectCode
from support.world import NOW, SiteWorld

READABLE = (
    '{"id":5,"type":"USAGE","endpoint":"v1/messages","statusCode":200,"creditsUsed":7,'
    '"createdAt":"2025-08-25T13:00:00.000Z","model":"opus"}'
)


async def test_rows_that_a_newer_parser_understands_become_records(world: SiteWorld) -> None:
    """They are published; rows that it does not understand stay in the quarantine."""
    await world.store.quarantine.add(
        [
            Reject(raw=READABLE, code=RejectCode.UNKNOWN, id=5),
            Reject(raw='{"id":6}', code=RejectCode.UNKNOWN, id=6),
        ],
        NOW,
    )
    before = world.feed.marks.revision
    await reread_quarantine(world.store, world.feed)
    summary = await world.store.records.summary()
    assert (summary.total, summary.quarantined) == (1, 1)
    assert world.feed.marks.revision > before


async def test_the_same_parser_reads_the_quarantine_only_once(world: SiteWorld) -> None:
    await reread_quarantine(world.store, world.feed)
    await world.store.quarantine.add([Reject(raw=READABLE, code=RejectCode.UNKNOWN, id=5)], NOW)
    await reread_quarantine(world.store, world.feed)
    assert (await world.store.records.summary()).quarantined == 1


async def test_a_failing_store_at_the_start_does_not_end_the_loop(world: SiteWorld) -> None:
    """The quarantine is read at the next start."""
    await world.store.quarantine.add([Reject(raw=READABLE, code=RejectCode.UNKNOWN, id=5)], NOW)
    with world.broken_storage():
        world.start()
        await world.advance()
    await world.restart()
    await world.advance()
    assert (await world.store.records.summary()).quarantined == 0
