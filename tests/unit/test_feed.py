"""The feed: whoever waits is woken by what comes after the look, and never misses the end."""

import asyncio

from creditcurve.feed import Feed


async def test_a_change_wakes_every_waiter() -> None:
    """Waiters share one future; after it they find the new mark."""
    feed = Feed(revision=7)
    waiters = [feed.next_change() for _ in range(3)]
    feed.records(8)
    await asyncio.gather(*waiters)
    assert feed.marks.revision == 8


async def test_what_happens_between_the_look_and_the_wait_is_not_missed() -> None:
    """The future is taken first: a change in between completes it."""
    feed = Feed()
    changed = feed.next_change()
    before = feed.marks
    feed.settings()
    await asyncio.wait_for(changed, 1)
    assert feed.marks.settings == before.settings + 1


async def test_an_older_revision_is_no_step_back() -> None:
    """Only a later revision moves the mark; the totals are told anew all the same."""
    feed = Feed(revision=5)
    status = feed.marks.status
    feed.records(4)
    assert (feed.marks.revision, feed.marks.status) == (5, status + 1)


async def test_the_end_wakes_those_who_wait_and_those_who_come_later() -> None:
    """After the end nobody waits any more."""
    feed = Feed()
    waiting = feed.next_change()
    feed.close()
    await asyncio.wait_for(waiting, 1)
    await asyncio.wait_for(feed.next_change(), 1)
    assert feed.is_closed
