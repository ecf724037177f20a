"""The outbox: delivers stored messages at least once, under the same id at each try.

A slow channel delays no message of another one. A result that could not be stored is kept and
stored later, so that a full disk repeats no message.
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Callable
from datetime import tzinfo
from typing import Final

from creditcurve.alerting.courier import Courier
from creditcurve.alerting.quiet import quieted
from creditcurve.clocks import Clock, until_tick_s
from creditcurve.domain import outbox
from creditcurve.domain.outbox import Message, State
from creditcurve.domain.timetable import daily_window
from creditcurve.feed import Feed
from creditcurve.store import Store, StoreUnavailableError

MAX_WAIT_S: Final = 5.0
"""While messages wait, their due times are compared with the wall clock this often."""
IDLE_WAIT_S: Final = 60.0

log = logging.getLogger(__name__)


class Delivery:
    """Starts each message when it is due, and stores what became of it."""

    def __init__(
        self,
        *,
        store: Store,
        feed: Feed,
        clock: Clock,
        courier: Courier,
        zone: Callable[[], tzinfo],
    ) -> None:
        self._store = store
        self._feed = feed
        self._clock = clock
        self._courier = courier
        self._zone = zone
        self._busy: set[str] = set()
        self._results: list[Message] = []
        self._wait_s = IDLE_WAIT_S

    async def run(self) -> None:
        """Deliver due messages until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                changed, seen = self._feed.next_change(), self._feed.marks.alerts
                try:
                    await self._start_due(group)
                except StoreUnavailableError as error:
                    log.debug("messages wait: %s", error)
                except Exception:
                    log.exception("unexpected failure of the delivery")
                await self._wait(changed, seen)

    async def deliver_due(self) -> None:
        """Deliver the messages that are due now."""
        async with asyncio.TaskGroup() as group:
            await self._start_due(group)

    async def _start_due(self, group: asyncio.TaskGroup) -> None:
        await self._save_results()
        now_ms = self._clock.now_ms()
        waiting = await self._after_quiet_hours(now_ms)
        self._wait_s = MAX_WAIT_S if waiting or self._busy else IDLE_WAIT_S
        for message in waiting:
            if outbox.is_due(message, now_ms):
                self._busy.add(message.id)
                group.create_task(self._deliver(message), name="alert message")

    async def _deliver(self, message: Message) -> None:
        """Deliver a message; it remains busy until its result is stored."""
        try:
            after = await self._courier.carry(message)
        except Exception:
            log.exception("unexpected failure of a message")
            after = outbox.retried(message, (), self._clock.now_ms())
        if after is None:
            self._busy.discard(message.id)
            return
        self._results.append(after)
        with contextlib.suppress(StoreUnavailableError):
            await self._save_results()

    async def _save_results(self) -> None:
        results, self._results = self._results, []
        if not results:
            return
        try:
            await self._save(results)
        except StoreUnavailableError:
            self._results = results + self._results
            raise
        self._busy -= {one.id for one in results}

    async def _after_quiet_hours(self, now_ms: int) -> list[Message]:
        """Hold messages in quiet hours, and join them afterwards; return those that wait."""
        busy = frozenset(self._busy)  # a result may be stored while the messages are read
        found = await self._store.outbox.open_messages()
        messages = [one for one in found if one.id not in busy | self._busy]
        changed = quieted(
            messages,
            is_quiet=self._is_quiet(now_ms),
            now_ms=now_ms,
            new_id=secrets.token_hex(16),
        )
        if changed:
            await self._save(changed)
        by_id = {one.id: one for one in (*messages, *changed)}
        return [one for one in by_id.values() if one.state is State.WAITING]

    def _is_quiet(self, now_ms: int) -> bool:
        hours = self._store.state.settings.quiet_hours
        if hours is None:
            return False
        return daily_window(hours.start, hours.end, now_ms, self._zone()) is not None

    async def _save(self, messages: list[Message]) -> None:
        await self._store.outbox.save(messages)
        self._feed.alerts_changed()

    async def _wait(self, changed: asyncio.Future[None], seen: int) -> None:
        """Wait until alerts change after the mark ``seen``, but not for longer than needed."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(until_tick_s(self._wait_s)):
                while self._feed.marks.alerts == seen and not self._feed.is_closed:
                    await changed
                    changed = self._feed.next_change()
                if self._feed.is_closed:
                    await asyncio.Event().wait()
