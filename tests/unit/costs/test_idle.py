"""What wakes the threads of the store while one page is open, counted in transactions.

Each transaction wakes a thread, and then the event loop again.
"""

from pathlib import Path

from creditcurve.api.events.frames import Frames
from creditcurve.api.events.source import StoreSource
from creditcurve.api.state import About
from creditcurve.domain.account_facts import Source
from support.world import SiteWorld
from unit.costs.steps import Steps


def frames_of(world: SiteWorld) -> Frames:
    """Return the frames of the world's event streams."""
    about = About(
        id="test",
        version="1",
        is_demo=False,
        is_hosted_demo=False,
        needs_key=False,
        data_dir=world.folder,
        sites=world.sites,
    )
    source = StoreSource(about, world.store, world.alerting.notifications)
    return Frames(world.feed, source)


async def test_a_poll_and_its_events_are_one_transaction(tmp_path: Path) -> None:
    with Steps() as counted:
        async with SiteWorld.created(tmp_path) as world:
            frames = frames_of(world)
            await world.poll()
            before = world.store.records.revision
            world.charge(1)
            counted.transactions = 0
            await world.poll()
            reached, records = await frames.records(before)
            status = await frames.status()
            assert counted.transactions == 1
    assert reached == before + 1
    assert b'"records"' in records
    assert b'"total":2' in status


async def test_a_reading_of_the_account_is_one_transaction(tmp_path: Path) -> None:
    with Steps() as counted:
        async with SiteWorld.created(tmp_path) as world:
            await world.poll()
            counted.transactions = 0
            await world.collecting.account.reader.read(Source)
            await frames_of(world).account()
            assert counted.transactions == 1


async def test_a_look_for_messages_reads_nothing_while_there_is_none(tmp_path: Path) -> None:
    with Steps() as counted:
        async with SiteWorld.created(tmp_path) as world:
            await world.poll()
            counted.transactions = 0
            await world.alerting.delivery.deliver_due()
            assert counted.transactions == 0
