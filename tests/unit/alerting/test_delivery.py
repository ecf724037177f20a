"""Delivery: one id for all tries, the next channel takes over, quiet hours join messages."""

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from creditcurve.alerting.delivery import Delivery, quieted
from creditcurve.alerting.message import Style
from creditcurve.alerting.notifications import Notifications
from creditcurve.alerting.sending import Sender
from creditcurve.channels.protocol import ChannelError, Reply
from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.channel import Address, Channel
from creditcurve.domain.episode import Episode, Notice
from creditcurve.domain.episode import State as EpisodeState
from creditcurve.domain.outbox import Content, Message, State
from creditcurve.domain.secret import Secret
from creditcurve.feed import Feed
from creditcurve.store import SqliteStore
from creditcurve.vault import Vault
from unit.store.conftest import HandClock


class Receiver:
    """Accepts or refuses every request, and keeps the ids that it was sent."""

    def __init__(self) -> None:
        self.received: list[tuple[str, str]] = []
        self.refuses: set[str] = set()

    async def resolve(self, host: str, port: int, *, is_encrypted: bool) -> str:  # noqa: ARG002 - protocol
        """Return the host."""
        return host

    async def post(
        self,
        url: str,
        body: bytes,  # noqa: ARG002 - the id is in the headers
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Answer 200, or fail if the address is refused."""
        self.received.append((url, (headers or {}).get("webhook-id", "")))
        if url in self.refuses:
            raise ChannelError("refused")
        return Reply(200, b"")


def message(identity: str, *, urgent: bool = False) -> Message:
    """Return a message about a low balance."""
    rule = Rule(id="balance", kind=Kind.BALANCE, urgent=urgent)
    episode = Episode(
        rule=rule.id, state=EpisodeState.FIRING, since_ms=0, changed_ms=0, value=5, peak=5
    )
    content = Content(at_ms=0, notice=Notice.FIRED, rule=rule, episode=episode)
    return Message(id=identity, due_ms=0, contents=(content,))


@pytest.mark.parametrize("is_first_refused", [False, True])
async def test_the_next_channel_takes_over_under_the_same_id(
    tmp_path: Path, is_first_refused: bool
) -> None:
    clock, receiver = HandClock(), Receiver()
    vault = Vault.open(secret_key=Secret(b"k"), key_file=None, use_keyring=False)
    store = SqliteStore.open(tmp_path, vault=vault, clock=clock)
    delivery = Delivery(
        store=store,
        feed=Feed(),
        clock=clock,
        sender=Sender(
            store=store, clock=clock, http=receiver, notifications=Notifications(lambda: True)
        ),
        style=lambda: Style(is_chinese=False, zone=ZoneInfo("UTC")),
    )
    urls = ["https://one.test/", "https://two.test/"]
    receiver.refuses = {urls[0]} if is_first_refused else set()
    try:
        for number, url in enumerate(urls):
            channel = Channel(id=str(number), kind="webhook", name=url)
            await store.alerts.save_channel(channel, Address(Secret.of(url)))
        await store.alerts.save_messages([message("m")])
        await delivery.deliver_due()
        await delivery.deliver_due()
        expected = urls if is_first_refused else urls[:1]
        assert receiver.received == [(url, "m") for url in expected]
        assert await store.alerts.open_messages() == []
        failing = [one.error for one in store.alerts.setup.channels]
        assert failing == ["refused" if is_first_refused else None, None]
    finally:
        await store.close()


def test_quiet_hours_hold_all_but_urgent_messages_and_join_them() -> None:
    waiting = [message("a"), message("b"), message("c", urgent=True)]
    held = quieted(waiting, is_quiet=True, now_ms=0)
    assert [(one.id, one.state) for one in held] == [("a", State.HELD), ("b", State.HELD)]
    *merged, joined = quieted(held, is_quiet=False, now_ms=9)
    assert [one.state for one in merged] == [State.MERGED, State.MERGED]
    assert (joined.state, len(joined.contents)) == (State.WAITING, 2)
    assert msgspec.json.decode(msgspec.json.encode(joined), type=Message) == joined
