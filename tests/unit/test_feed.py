"""The feed: a waiter is woken by every change after its look, and by the end."""

import asyncio

from creditcurve.feed import Feed


async def test_a_change_wakes_every_waiter() -> None:
    feed = Feed(revision=7)
    waiters = [feed.next_change() for _ in range(3)]
    feed.records_changed(8)
    await asyncio.gather(*waiters)
    assert feed.marks.revision == 8


async def test_a_cancelled_waiter_leaves_the_others_waiting() -> None:
    feed = Feed()
    gone, waiting = feed.next_change(), feed.next_change()
    gone.cancel()
    assert not waiting.done()
    feed.beat()
    await asyncio.wait_for(waiting, 1)


async def test_a_change_between_the_look_and_the_wait_is_not_missed() -> None:
    """The future is taken first: a change in between completes it."""
    feed = Feed()
    changed = feed.next_change()
    before = feed.marks
    feed.settings_changed()
    await asyncio.wait_for(changed, 1)
    assert feed.marks.settings == before.settings + 1


async def test_an_older_revision_does_not_lower_the_mark() -> None:
    """The status is published all the same, because its totals may have changed."""
    feed = Feed(revision=5)
    status = feed.marks.status
    feed.records_changed(4)
    assert (feed.marks.revision, feed.marks.status) == (5, status + 1)


async def test_a_beat_wakes_every_waiter_without_a_change() -> None:
    feed = Feed()
    before, changed = feed.marks, feed.next_change()
    feed.beat()
    await asyncio.wait_for(changed, 1)
    assert feed.marks.beats == before.beats + 1
    assert feed.marks.status == before.status


async def test_the_end_wakes_all_waiters_and_later_ones_too() -> None:
    feed = Feed()
    waiting = feed.next_change()
    feed.close()
    await asyncio.wait_for(waiting, 1)
    await asyncio.wait_for(feed.next_change(), 1)
    assert feed.is_closed
