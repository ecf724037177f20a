"""Delivery: at least once under one id, in order of the channels, within their limits."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from creditcurve.channels.protocol import ChannelError
from creditcurve.domain.channel import COOL_DOWN_MS, Address
from creditcurve.domain.outbox import MAX_PER_MINUTE, PAUSES_S
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import QuietHours, Settings
from creditcurve.store import StoreUnavailableError
from support.storage import broken_storage
from unit.alerting.outboxes import Outbox, address, message

ONE, TWO = address("one"), address("two")
TIMEOUT_S = 10


@pytest.fixture
async def outbox(tmp_path: Path) -> AsyncIterator[Outbox]:
    """An outbox without channels."""
    created = Outbox(tmp_path / "data")
    try:
        yield created
    finally:
        await created.store.close()


@pytest.mark.parametrize("is_first_refused", [False, True])
async def test_the_next_channel_sends_the_message_under_the_same_id(
    outbox: Outbox, is_first_refused: bool
) -> None:
    await outbox.add_channels("one", "two")
    if is_first_refused:
        outbox.receivers.errors[ONE] = ChannelError("refused")
    await outbox.add(message("m"))
    await outbox.deliver()
    await outbox.deliver()
    expected = [ONE, TWO] if is_first_refused else [ONE]
    assert outbox.receivers.received == [(url, "m") for url in expected]
    assert await outbox.open_ids() == []
    assert outbox.channel("one").error == ("refused" if is_first_refused else None)


async def test_a_message_is_tried_for_an_hour_with_growing_pauses(outbox: Outbox) -> None:
    await outbox.add_channels("one")
    outbox.receivers.errors[ONE] = ChannelError("down")
    await outbox.add(message("m"))
    await outbox.deliver()
    for number, pause_s in enumerate(PAUSES_S, start=1):
        await outbox.deliver(after_s=pause_s - 1)
        assert len(outbox.receivers.received) == number
        await outbox.deliver(after_s=1)
        assert len(outbox.receivers.received) == number + 1
    assert sum(PAUSES_S) == 3_600
    assert await outbox.open_ids() == []
    assert set(outbox.receivers.ids(ONE)) == {"m"}


async def test_a_clock_set_forward_drops_no_message(outbox: Outbox) -> None:
    await outbox.add_channels("one")
    outbox.receivers.errors[ONE] = ChannelError("down")
    await outbox.add(message("m"))
    await outbox.deliver()
    outbox.clock.set_wall_clock(outbox.clock.now_ms() + 86_400_000)
    await outbox.deliver()
    assert await outbox.open_ids() == ["m"]


async def test_a_slow_channel_delays_no_message_of_another(outbox: Outbox) -> None:
    await outbox.add_channels("one", "two")
    gate = outbox.receivers.gates[ONE] = asyncio.Event()
    await outbox.add(message("slow", channels=("one",)), message("fast", channels=("two",)))
    delivery = asyncio.create_task(outbox.deliver())
    async with asyncio.timeout(TIMEOUT_S):
        while outbox.receivers.ids(TWO) != ["fast"]:  # noqa: ASYNC110 - the receiver is passive
            await asyncio.sleep(0)
    assert not delivery.done()
    gate.set()
    await delivery
    assert outbox.receivers.ids(ONE) == ["slow"]


async def test_a_message_on_its_way_is_not_sent_again(outbox: Outbox) -> None:
    await outbox.add_channels("one")
    gate = outbox.receivers.gates[ONE] = asyncio.Event()
    await outbox.add(message("m"))
    delivery = asyncio.create_task(outbox.deliver())
    async with asyncio.timeout(TIMEOUT_S):
        while not outbox.receivers.received:  # noqa: ASYNC110 - the receiver is passive
            await asyncio.sleep(0)
    await outbox.deliver()
    gate.set()
    await delivery
    assert outbox.receivers.ids(ONE) == ["m"]


async def test_a_channel_gets_twenty_messages_a_minute(outbox: Outbox) -> None:
    await outbox.add_channels("one")
    await outbox.add(*(message(str(number)) for number in range(MAX_PER_MINUTE + 5)))
    await outbox.deliver()
    assert len(outbox.receivers.received) == MAX_PER_MINUTE == 20
    with pytest.raises(ChannelError, match="Try again in a minute"):
        await outbox.courier.test("one")
    await outbox.deliver(after_s=59)
    assert len(outbox.receivers.received) == MAX_PER_MINUTE
    await outbox.deliver(after_s=1)
    assert len(set(outbox.receivers.ids(ONE))) == MAX_PER_MINUTE + 5


async def test_a_restart_allows_no_more_messages(outbox: Outbox) -> None:
    await outbox.add_channels("one")
    await outbox.add(*(message(str(number)) for number in range(MAX_PER_MINUTE + 5)))
    await outbox.deliver()
    await outbox.restart()
    await outbox.deliver(after_s=59)
    assert len(outbox.receivers.received) == MAX_PER_MINUTE
    await outbox.restart()
    await outbox.deliver(after_s=1)
    assert len(set(outbox.receivers.ids(ONE))) == MAX_PER_MINUTE + 5


@pytest.mark.parametrize("is_restarted", [False, True])
async def test_a_channel_pauses_as_long_as_it_asks(outbox: Outbox, is_restarted: bool) -> None:
    await outbox.add_channels("one")
    outbox.receivers.errors[ONE] = ChannelError("busy", status=429, retry_after_s=90)
    await outbox.add(message("m"))
    await outbox.deliver()
    outbox.receivers.errors.clear()
    if is_restarted:
        await outbox.restart()
    await outbox.deliver(after_s=89)
    assert len(outbox.receivers.received) == 1
    await outbox.deliver(after_s=1)
    assert await outbox.open_ids() == []


async def test_a_refusal_is_final_until_the_channel_is_changed(outbox: Outbox) -> None:
    await outbox.add_channels("one")
    outbox.receivers.errors[ONE] = ChannelError("bad token", status=401, is_final=True)
    await outbox.add(message("m"))
    for pause_s in (0, *PAUSES_S[:3]):
        await outbox.deliver(after_s=pause_s)
    assert outbox.receivers.ids(ONE) == ["m"]
    outbox.receivers.errors.clear()
    repaired = msgspec.structs.replace(outbox.channel("one"), failing_since_ms=None, error=None)
    await outbox.store.alerts.save_channel(repaired, Address(Secret.of(ONE)))
    await outbox.deliver(after_s=PAUSES_S[3])
    assert outbox.receivers.ids(ONE) == ["m", "m"]
    assert await outbox.open_ids() == []


async def test_a_failing_channel_is_tried_last_until_it_recovers(outbox: Outbox) -> None:
    await outbox.add_channels("one", "two")
    outbox.receivers.errors[ONE] = ChannelError("down")
    await outbox.add(message("a"))
    await outbox.deliver()
    outbox.receivers.errors.clear()
    await outbox.add(message("b"))
    await outbox.deliver()
    assert outbox.receivers.ids(TWO) == ["a", "b"]
    await outbox.add(message("c"))
    await outbox.deliver(after_s=COOL_DOWN_MS / 1000)
    assert outbox.receivers.ids(ONE) == ["a", "c"]
    assert outbox.channel("one").failing_since_ms is None


async def test_a_result_that_cannot_be_stored_repeats_no_message(
    outbox: Outbox, tmp_path: Path
) -> None:
    await outbox.add_channels("one")
    gate = outbox.receivers.gates[ONE] = asyncio.Event()
    await outbox.add(message("m"))
    delivery = asyncio.create_task(outbox.deliver())
    async with asyncio.timeout(TIMEOUT_S):
        while not outbox.receivers.received:  # noqa: ASYNC110 - the receiver is passive
            await asyncio.sleep(0)
    with broken_storage(outbox.store, tmp_path / "data"):
        gate.set()
        await delivery
        with pytest.RaisesGroup(StoreUnavailableError):
            await outbox.deliver(after_s=5)
    await outbox.deliver(after_s=5)
    assert outbox.receivers.ids(ONE) == ["m"]
    assert await outbox.open_ids() == []


async def test_a_notification_needs_an_open_page(outbox: Outbox) -> None:
    await outbox.add_channels("page", kind="browser")
    await outbox.add(message("m"))
    await outbox.deliver()
    assert outbox.channel("page").error == "No page is open."
    outbox.is_page_open = True
    await outbox.deliver(after_s=PAUSES_S[0])
    assert [one.id for one in outbox.notifications.recent] == ["m"]
    assert await outbox.open_ids() == []


async def test_quiet_hours_hold_messages_and_join_them_afterwards(outbox: Outbox) -> None:
    """It is 12:30."""
    await outbox.add_channels("one")
    quiet = Settings(quiet_hours=QuietHours(start="12:00", end="13:00"))
    await outbox.store.state.save(settings=quiet)
    await outbox.add(message("a"), message("b"), message("now", urgent=True))
    await outbox.deliver()
    assert outbox.receivers.ids(ONE) == ["now"]
    await outbox.deliver(after_s=31 * 60)
    assert len(outbox.receivers.ids(ONE)) == 2
    assert await outbox.open_ids() == []
