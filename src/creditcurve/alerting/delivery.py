"""The outbox: delivers stored messages at least once, under the same id at each try.

A message goes to the first channel that accepts it. If none does, it is tried again for an hour. A
message that is not urgent is held during quiet hours; held messages are then joined into one.
"""

import asyncio
import contextlib
import logging
import secrets
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Final

import msgspec

from creditcurve.alerting.message import Style, rendered, test_message
from creditcurve.alerting.sending import Sender
from creditcurve.channels import Answer, ChannelError
from creditcurve.channels import Message as Outgoing
from creditcurve.clocks import Clock
from creditcurve.domain import outbox
from creditcurve.domain.channel import Channel, accepted, failed, in_order
from creditcurve.domain.outbox import MAX_PER_MINUTE, Attempt, Message, State
from creditcurve.domain.settings import QuietHours
from creditcurve.domain.timetable import daily_window
from creditcurve.feed import Feed
from creditcurve.store import Store, StoreUnavailableError

MAX_WAIT_S: Final = 5.0
"""Due times are compared with the wall clock at least this often."""
MINUTE_S: Final = 60.0

log = logging.getLogger(__name__)


class UnknownChannelError(Exception):
    """There is no channel of that id."""


class Delivery:
    """Sends messages to channels."""

    def __init__(
        self,
        *,
        store: Store,
        feed: Feed,
        clock: Clock,
        sender: Sender,
        style: Callable[[], Style],
    ) -> None:
        self._store = store
        self._feed = feed
        self._clock = clock
        self._sender = sender
        self._style = style
        self._sent_s: dict[str, deque[float]] = defaultdict(deque)

    async def run(self) -> None:
        """Deliver what is due until cancelled."""
        while True:
            changed = self._feed.next_change()
            try:
                await self.deliver_due()
            except StoreUnavailableError as error:
                log.debug("messages wait: %s", error)
            except Exception:
                log.exception("unexpected failure of the delivery")
            await self._wait(changed)

    async def deliver_due(self) -> None:
        """Deliver the messages that are due now."""
        now_ms = self._clock.now_ms()
        for message in await self._after_quiet_hours(now_ms):
            if outbox.is_due(message, now_ms):
                await self._deliver(message)

    async def test(self, channel: str) -> Answer:
        """Send a test message to a channel now.

        Raises:
            UnknownChannelError: there is no such channel.
            ChannelError: it was not accepted.
        """
        found = next((one for one in self._store.alerts.setup.channels if one.id == channel), None)
        if found is None:
            raise UnknownChannelError(channel)
        message = test_message(secrets.token_hex(16), self._clock.now_ms(), self._style())
        try:
            answer = await self._send(found, message)
        except ChannelError as error:
            await self._save([], failed(found, self._clock.now_ms(), error.answer))
            raise
        await self._save([], accepted(found, self._clock.now_ms()))
        return answer

    async def _wait(self, changed: asyncio.Future[None]) -> None:
        seen = self._feed.marks.alerts
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(MAX_WAIT_S):
                while self._feed.marks.alerts == seen and not self._feed.is_closed:
                    await asyncio.shield(changed)
                    changed = self._feed.next_change()
                if self._feed.is_closed:
                    await asyncio.Event().wait()

    async def _after_quiet_hours(self, now_ms: int) -> list[Message]:
        """Hold messages in quiet hours, and join them afterwards; return those that wait."""
        messages = await self._store.alerts.open_messages()
        changed = quieted(messages, is_quiet=self._quiet_hours(now_ms), now_ms=now_ms)
        if changed:
            await self._save(changed)
        by_id = {one.id: one for one in (*messages, *changed)}
        return [one for one in by_id.values() if one.state is State.WAITING]

    def _quiet_hours(self, now_ms: int) -> bool:
        hours: QuietHours | None = self._store.state.settings.quiet_hours
        if hours is None:
            return False
        zone = self._style().zone
        return daily_window(hours.start, hours.end, now_ms, zone) is not None

    async def _deliver(self, message: Message) -> None:
        now_ms = self._clock.now_ms()
        found = in_order(self._store.alerts.setup.channels, message.channels, now_ms)
        usable = [one for one in found if self._may_send(one)]
        if found and not usable:
            return  # every channel has had its messages of this minute
        if not found:
            await self._save([msgspec.structs.replace(message, state=State.FAILED)])
            return
        attempts: list[Attempt] = []
        tried: list[Channel] = []
        outgoing = rendered(message, self._style())
        for channel in usable:
            attempt = await self._attempt(channel, outgoing)
            attempts.append(attempt)
            if attempt.ok:
                tried.append(accepted(channel, attempt.at_ms))
                await self._save([outbox.delivered(message, tuple(attempts))], *tried)
                return
            tried.append(failed(channel, attempt.at_ms, attempt.answer))
        after = outbox.retried(message, tuple(attempts), self._clock.now_ms())
        await self._save([after], *tried)

    async def _attempt(self, channel: Channel, outgoing: Outgoing) -> Attempt:
        try:
            answer = await self._send(channel, outgoing)
        except ChannelError as error:
            log.warning("message not delivered channel=%s kind=%s", channel.id, channel.kind)
            return self._attempted(channel, error.answer, is_ok=False)
        return self._attempted(channel, answer.answer, is_ok=True)

    def _attempted(self, channel: Channel, answer: str, *, is_ok: bool) -> Attempt:
        return Attempt(at_ms=self._clock.now_ms(), channel=channel.id, ok=is_ok, answer=answer)

    async def _send(self, channel: Channel, outgoing: Outgoing) -> Answer:
        self._sent_s[channel.id].append(self._clock.monotonic_s())
        return await self._sender.send(channel, outgoing)

    def _may_send(self, channel: Channel) -> bool:
        """Return whether a channel had fewer messages than allowed within the last minute."""
        sent_s, now_s = self._sent_s[channel.id], self._clock.monotonic_s()
        while sent_s and now_s - sent_s[0] >= MINUTE_S:
            sent_s.popleft()
        return len(sent_s) < MAX_PER_MINUTE

    async def _save(self, messages: list[Message], *seen: Channel) -> None:
        await self._store.alerts.save_messages(messages, seen)
        self._feed.alerts_changed()


def quieted(messages: list[Message], *, is_quiet: bool, now_ms: int) -> list[Message]:
    """Return the messages that change because of quiet hours.

    Within them, messages that are not urgent are held. After them, held ones are joined.
    """
    if is_quiet:
        waiting = [one for one in messages if one.state is State.WAITING and not one.attempts]
        return [_in_state(one, State.HELD) for one in waiting if not one.is_urgent]
    held = [one for one in messages if one.state is State.HELD]
    if len(held) < 2:
        return [_in_state(one, State.WAITING) for one in held]
    joined = Message(
        id=secrets.token_hex(16),
        due_ms=now_ms,
        contents=tuple(part for one in held for part in one.contents),
    )
    return [*(_in_state(one, State.MERGED) for one in held), joined]


def _in_state(message: Message, state: State) -> Message:
    return msgspec.structs.replace(message, state=state)
