"""Writes the morning digest into the outbox, once a day."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

import msgspec

from creditcurve.alerting.usual import LOOK_BACK_MS
from creditcurve.clocks import Clock, until_tick_s
from creditcurve.domain.curve import DAY_S, GroupBy, midnights
from creditcurve.domain.day import Day, days
from creditcurve.domain.digest import Digest, digest_of
from creditcurve.domain.outbox import Message
from creditcurve.feed import Feed
from creditcurve.store import CurveQuery, Store, StoreUnavailableError

TICK_S: Final = 30.0
MAX_DELAY: Final = timedelta(hours=4)
"""A digest is written this long after its time; later in the day it would be of no use."""

log = logging.getLogger(__name__)


class Digests:
    """Writes a message about the day before, at the time of the settings."""

    def __init__(
        self,
        *,
        store: Store,
        feed: Feed,
        clock: Clock,
        zone: Callable[[], tzinfo],
        expected_empty: Callable[[tzinfo], Awaitable[int | None]],
    ) -> None:
        self._store = store
        self._feed = feed
        self._clock = clock
        self._zone = zone
        self._expected_empty = expected_empty
        self._written = ""

    async def run(self) -> None:
        """Write digests until cancelled."""
        while True:
            try:
                await self.tick()
            except StoreUnavailableError as error:
                log.debug("digest waits: %s", error)
            except Exception:
                log.exception("unexpected failure of the digest")
            await asyncio.sleep(until_tick_s(TICK_S))

    async def tick(self) -> None:
        """Write today's digest if it is due and was not written."""
        settings, zone = self._store.state.settings.digest, self._zone()
        if settings is None:
            return
        now = datetime.fromtimestamp(self._clock.now_ms() / 1000, zone)
        today = now.date().isoformat()
        due = datetime.combine(now.date(), time.fromisoformat(settings.at), tzinfo=zone)
        if today == self._written or not due <= now < due + MAX_DELAY:
            return
        message = Message(
            id=secrets.token_hex(16),
            due_ms=self._clock.now_ms(),
            digest=await self._digest(zone),
            receivers=settings.channels,
        )
        if await self._store.outbox.add_digest(message, day=today):
            self._feed.alerts_changed()
        self._written = today

    async def _digest(self, zone: tzinfo) -> Digest:
        by_model = await self._days(GroupBy.MODEL, zone)
        by_key = await self._days(GroupBy.API_KEY, zone)
        account = self._store.account.account
        return msgspec.structs.replace(
            digest_of(by_model, by_key),
            balance=None if account is None else account.balance,
            empty_ms=await self._expected_empty(zone),
        )

    async def _days(self, by: GroupBy, zone: tzinfo) -> tuple[Day, ...]:
        """Return the last twelve weeks up to the last midnight."""
        now_ms = self._clock.now_ms()
        today_ms, _ = midnights(now_ms, now_ms + 1, zone)
        first_ms = next(midnights(today_ms - LOOK_BACK_MS, today_ms, zone))
        curve = await self._store.curves.curve(
            CurveQuery(from_ms=first_ms, to_ms=today_ms, bucket=DAY_S, by=by, zone=zone)
        )
        return days(curve, zone=zone, now_ms=now_ms)
