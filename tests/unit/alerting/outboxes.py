"""An outbox on a real store, with channels whose answers a test decides."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from creditcurve.alerting.courier import Courier
from creditcurve.alerting.delivery import Delivery
from creditcurve.alerting.lanes import Lanes
from creditcurve.alerting.notifications import Notifications
from creditcurve.alerting.sending import Sender
from creditcurve.alerting.style import Style
from creditcurve.channels.protocol import ChannelError, Reply
from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.channel import Address, Channel
from creditcurve.domain.episode import Episode, Notice
from creditcurve.domain.episode import State as EpisodeState
from creditcurve.domain.outbox import Content, Message
from creditcurve.domain.secret import Secret
from creditcurve.feed import Feed
from support.clocks import HandClock
from support.world import NOW, open_store

UTC = ZoneInfo("UTC")


class Accepted(NamedTuple):
    """A part of a message that a receiver accepted."""

    id: str
    part: int
    rule: str
    notice: str

    @classmethod
    def of(cls, body: bytes) -> "list[Accepted]":
        """Return the parts of the message in a webhook's body."""
        fields = msgspec.json.decode(body)
        return [
            cls(fields["id"], part, alert["rule"], alert["notice"])
            for part, alert in enumerate(fields["data"]["alerts"])
        ]


class Receivers:
    """Answers requests by address: accepts, refuses, or waits until a gate opens."""

    allows_private = False

    def __init__(self) -> None:
        self.received: list[tuple[str, str]] = []
        self.accepted: list[Accepted] = []
        self.errors: dict[str, ChannelError] = {}
        self.gates: dict[str, asyncio.Event] = {}

    async def resolve(self, host: str, port: int, *, is_encrypted: bool) -> str:  # noqa: ARG002 - protocol
        """Return the host."""
        return host

    async def post(
        self,
        url: str,
        body: bytes,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Keep the id of the message, and answer."""
        self.received.append((url, (headers or {})["webhook-id"]))
        if url in self.gates:
            await self.gates[url].wait()
        if url in self.errors:
            raise self.errors[url]
        self.accepted += Accepted.of(body)
        return Reply(200, b"")

    def ids(self, url: str) -> list[str]:
        """Return the ids that an address received."""
        return [identity for at, identity in self.received if at == url]


class Outbox:
    """A store, its delivery and the receivers of its channels."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = HandClock(NOW)
        self.receivers = Receivers()
        self.is_page_open = False
        self.notifications = Notifications(lambda: self.is_page_open)
        self.open()

    def open(self) -> None:
        """Create all parts, as a start of the program does."""
        self.store = open_store(self.folder, self.clock)
        self.feed = Feed()
        sender = Sender(
            store=self.store,
            clock=self.clock,
            http=self.receivers,
            notifications=self.notifications,
        )
        self.courier = Courier(
            clock=self.clock,
            lanes=Lanes(store=self.store, feed=self.feed, clock=self.clock, sender=sender),
            style=lambda: Style(is_chinese=False, zone=UTC),
        )
        self.delivery = Delivery(
            store=self.store,
            feed=self.feed,
            clock=self.clock,
            courier=self.courier,
            zone=lambda: UTC,
        )

    async def restart(self) -> None:
        """End the program and start it again."""
        await self.store.close()
        self.open()

    async def add_channels(self, *names: str, kind: str = "webhook") -> None:
        """Add channels that are named and addressed alike."""
        for name in names:
            channel = Channel(id=name, kind=kind, name=name)
            await self.store.alerts.save_channel(channel, Address(Secret.of(address(name))))

    async def add(self, *messages: Message) -> None:
        """Add messages."""
        await self.store.outbox.save(messages)

    async def deliver(self, after_s: float = 0) -> None:
        """Deliver the messages that are due after some seconds."""
        self.clock.advance(after_s)
        await self.delivery.deliver_due()

    def channel(self, name: str) -> Channel:
        """Return a stored channel."""
        return next(one for one in self.store.alerts.setup.channels if one.id == name)

    async def open_ids(self) -> list[str]:
        """Return the ids of the messages that are not concluded."""
        return [one.id for one in await self.store.outbox.open_messages()]


def address(name: str) -> str:
    """Return the address of a channel."""
    return f"https://{name}.test/"


def message(identity: str, *, channels: tuple[str, ...] = (), urgent: bool = False) -> Message:
    """Return a message about a low balance."""
    rule = Rule(id="balance", kind=Kind.BALANCE, urgent=urgent, channels=channels)
    episode = Episode(
        rule=rule.id, state=EpisodeState.FIRING, since_ms=0, changed_ms=0, value=5, peak=5
    )
    content = Content(at_ms=0, notice=Notice.FIRED, rule=rule, episode=episode)
    return Message(id=identity, due_ms=0, contents=(content,))
