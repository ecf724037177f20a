"""The lanes of all channels: sends within the limits of each, and stores its health."""

import logging
from collections import Counter
from collections.abc import Sequence

from creditcurve.alerting.lane import Lane
from creditcurve.alerting.sending import Sender
from creditcurve.channels import Answer, ChannelError
from creditcurve.channels import Message as Outgoing
from creditcurve.clocks import Clock
from creditcurve.domain.channel import Channel, accepted, counted, failed, paused
from creditcurve.feed import Feed
from creditcurve.store import Store, StoreUnavailableError

log = logging.getLogger(__name__)


class Lanes:
    """Sends messages to channels, and counts them.

    Attributes:
        attempts: their number since the start, by the kind of channel and whether it accepted.
    """

    def __init__(self, *, store: Store, feed: Feed, clock: Clock, sender: Sender) -> None:
        self._store = store
        self._feed = feed
        self._clock = clock
        self._sender = sender
        self._lanes: dict[str, Lane] = {}
        self.attempts: Counter[tuple[str, bool]] = Counter()

    @property
    def channels(self) -> Sequence[Channel]:
        """The channels as stored now."""
        return self._store.alerts.setup.channels

    def of(self, channel: Channel) -> Lane:
        """Return the lane of a channel."""
        return self._lanes.setdefault(channel.id, Lane(self._clock, channel))

    async def send(self, channel: Channel, message: Outgoing) -> Answer:
        """Send within the channel's turn.

        The message is counted before it is sent, so that a kill in between allows no more.

        Raises:
            ChannelError: it was not accepted.
        """
        self.of(channel).count()
        channel = counted(self._present(channel), self._clock.now_ms())
        await self._save(channel)
        try:
            answer = await self._sender.send(channel, message)
        except ChannelError as error:
            await self._conclude(self._after_failure(channel, error), is_accepted=False)
            raise
        await self._conclude(accepted(channel, self._clock.now_ms()), is_accepted=True)
        return answer

    def _present(self, channel: Channel) -> Channel:
        """Return a channel with its stored health: other messages may have used it since."""
        return next((one for one in self.channels if one.id == channel.id), channel)

    def _after_failure(self, channel: Channel, error: ChannelError) -> Channel:
        now_ms = self._clock.now_ms()
        after = failed(channel, now_ms, error.answer)
        if error.retry_after_s is None:
            return after
        wait_s = self.of(channel).pause(error.retry_after_s)
        return paused(after, now_ms + round(wait_s * 1000))

    async def _conclude(self, channel: Channel, *, is_accepted: bool) -> None:
        self.attempts[channel.kind, is_accepted] += 1
        await self._save(channel)
        self._feed.alerts_changed()

    async def _save(self, channel: Channel) -> None:
        try:
            await self._store.alerts.save_health(channel)
        except StoreUnavailableError as error:
            log.debug("health of channel=%s not stored: %s", channel.id, error)
