"""The courier: tries a message on its channels in order."""

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence

from creditcurve.alerting.lanes import Lanes
from creditcurve.alerting.message import rendered, test_message
from creditcurve.alerting.style import Style
from creditcurve.channels import Answer, ChannelError
from creditcurve.clocks import Clock
from creditcurve.domain import outbox
from creditcurve.domain.channel import Channel, in_order
from creditcurve.domain.outbox import Attempt, Message

BUSY = "This channel has had as many messages as allowed. Try again in a minute."

log = logging.getLogger(__name__)


class UnknownChannelError(Exception):
    """There is no channel of that id."""


class Courier:
    """Carries messages to channels; those of different channels may be on the way together."""

    def __init__(self, *, clock: Clock, lanes: Lanes, style: Callable[[], Style]) -> None:
        self._clock = clock
        self._lanes = lanes
        self._style = style

    @property
    def attempts(self) -> Mapping[tuple[str, bool], int]:
        """The attempts to send since the start, by kind of channel and whether it accepted."""
        return self._lanes.attempts

    async def carry(self, message: Message) -> Message | None:
        """Return the message after it was tried; None if no channel may be used at present."""
        candidates = self._candidates(message)
        if not candidates:
            return outbox.undeliverable(message)
        attempts: list[Attempt] = []
        while (channel := self._next(message, attempts)) is not None:
            lane = self._lanes.of(channel)
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
        found = next((one for one in self._lanes.channels if one.id == channel), None)
        if found is None:
            raise UnknownChannelError(channel)
        message = test_message(secrets.token_hex(16), self._clock.now_ms(), self._style())
        lane = self._lanes.of(found)
        async with lane.turn:
            if not lane.is_open():
                raise ChannelError(BUSY)
            return await self._lanes.send(found, message)

    def _candidates(self, message: Message) -> list[Channel]:
        return in_order(self._lanes.channels, message.channels, self._clock.now_ms())

    def _next(self, message: Message, attempts: Sequence[Attempt]) -> Channel | None:
        """Return the first channel that was not tried, has not refused, and may be used."""
        tried = {one.channel for one in attempts}
        return next(
            (
                one
                for one in self._candidates(message)
                if one.id not in tried
                and not outbox.is_refused(message, one)
                and self._lanes.of(one).is_open()
            ),
            None,
        )

    def _is_next(self, channel: Channel, message: Message, attempts: Sequence[Attempt]) -> bool:
        """Return whether it still is: the channel may have failed while another message had it."""
        found = self._next(message, attempts)
        return found is not None and found.id == channel.id

    async def _attempt(self, channel: Channel, message: Message) -> Attempt:
        is_ok, is_final = True, False
        try:
            answer = (await self._lanes.send(channel, rendered(message, self._style()))).answer
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
