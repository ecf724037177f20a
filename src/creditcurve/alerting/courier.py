"""The courier: tries a message on its channels in order, and keeps the health of each channel."""

import logging
import secrets
from collections import Counter
from collections.abc import Callable, Sequence

from creditcurve.alerting.lane import Lane
from creditcurve.alerting.message import rendered, test_message
from creditcurve.alerting.sending import Sender
from creditcurve.alerting.style import Style
from creditcurve.channels import Answer, ChannelError
from creditcurve.channels import Message as Outgoing
from creditcurve.clocks import Clock
from creditcurve.domain import outbox
from creditcurve.domain.channel import Channel, accepted, failed, in_order
from creditcurve.domain.outbox import Attempt, Message
from creditcurve.feed import Feed
from creditcurve.store import Store, StoreUnavailableError

BUSY = "This channel has had as many messages as allowed. Try again in a minute."

log = logging.getLogger(__name__)


class UnknownChannelError(Exception):
    """There is no channel of that id."""


class Courier:
    """Carries messages to channels; those of different channels may be on the way together.

    Attributes:
        attempts: their number since the start, by the kind of channel and whether it accepted.
    """

    def __init__(
        self, *, store: Store, feed: Feed, clock: Clock, sender: Sender, style: Callable[[], Style]
    ) -> None:
        self._store = store
        self._feed = feed
        self._clock = clock
        self._sender = sender
        self._style = style
        self._lanes: dict[str, Lane] = {}
        self.attempts: Counter[tuple[str, bool]] = Counter()

    async def carry(self, message: Message) -> Message | None:
        """Return the message after it was tried; None if no channel may be used at present."""
        candidates = self._candidates(message)
        if not candidates:
            return outbox.undeliverable(message)
        attempts: list[Attempt] = []
        while (channel := self._next(message, attempts)) is not None:
            lane = self._lane(channel)
            async with lane.turn:
                if self._is_next(channel, message, attempts):
                    attempts.append(await self._attempt(channel, message))
            if attempts and attempts[-1].ok:
                return outbox.delivered(message, tuple(attempts))
        if not attempts and not all(outbox.is_refused(message, one) for one in candidates):
            return None
        return outbox.retried(message, tuple(attempts), self._clock.now_ms())

    async def test(self, channel: str) -> Answer:
        """Send a test message to a channel now.

        Raises:
            UnknownChannelError: there is no such channel.
            ChannelError: it was not accepted.
        """
        found = next((one for one in self._channels if one.id == channel), None)
        if found is None:
            raise UnknownChannelError(channel)
        message = test_message(secrets.token_hex(16), self._clock.now_ms(), self._style())
        lane = self._lane(found)
        async with lane.turn:
            if not lane.is_open():
                raise ChannelError(BUSY)
            return await self._send(found, message)

    @property
    def _channels(self) -> Sequence[Channel]:
        return self._store.alerts.setup.channels

    def _candidates(self, message: Message) -> list[Channel]:
        return in_order(self._channels, message.channels, self._clock.now_ms())

    def _next(self, message: Message, attempts: Sequence[Attempt]) -> Channel | None:
        """Return the first channel that was not tried, has not refused, and may be used."""
        tried = {one.channel for one in attempts}
        return next(
            (
                one
                for one in self._candidates(message)
                if one.id not in tried
                and not outbox.is_refused(message, one)
                and self._lane(one).is_open()
            ),
            None,
        )

    def _is_next(self, channel: Channel, message: Message, attempts: Sequence[Attempt]) -> bool:
        """Return whether it still is: the channel may have failed while another message had it."""
        found = self._next(message, attempts)
        return found is not None and found.id == channel.id

    def _lane(self, channel: Channel) -> Lane:
        return self._lanes.setdefault(channel.id, Lane(self._clock))

    async def _attempt(self, channel: Channel, message: Message) -> Attempt:
        is_ok, is_final = True, False
        try:
            answer = (await self._send(channel, rendered(message, self._style()))).answer
        except ChannelError as error:
            is_ok, is_final, answer = False, error.is_final, error.answer
            if channel.failing_since_ms is None:
                log.warning("channel fails channel=%s kind=%s", channel.id, channel.kind)
        return Attempt(
            at_ms=self._clock.now_ms(),
            channel=channel.id,
            ok=is_ok,
            is_final=is_final,
            answer=answer,
        )

    async def _send(self, channel: Channel, message: Outgoing) -> Answer:
        """Send within the channel's turn, and store the channel's health."""
        lane = self._lane(channel)
        lane.count()
        try:
            answer = await self._sender.send(channel, message)
        except ChannelError as error:
            if error.retry_after_s is not None:
                lane.pause(error.retry_after_s)
            self.attempts[channel.kind, False] += 1
            await self._note(failed(channel, self._clock.now_ms(), error.answer))
            raise
        self.attempts[channel.kind, True] += 1
        await self._note(accepted(channel, self._clock.now_ms()))
        return answer

    async def _note(self, channel: Channel) -> None:
        try:
            await self._store.alerts.save_messages((), (channel,))
        except StoreUnavailableError as error:
            log.debug("health of channel=%s not stored: %s", channel.id, error)
        self._feed.alerts_changed()
