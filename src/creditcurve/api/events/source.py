"""The data of the events, made from the store."""

import asyncio

import msgspec

from creditcurve.alerting.notifications import Notifications
from creditcurve.api.http.instants import Instant
from creditcurve.api.http.json import encode
from creditcurve.api.resources.account import account_of
from creditcurve.api.resources.alerts.episodes import EpisodesView, episodes_of
from creditcurve.api.resources.records import RecordView
from creditcurve.api.resources.settings import settings_of
from creditcurve.api.resources.status import status_of
from creditcurve.api.state import About
from creditcurve.channels import Message, Priority
from creditcurve.domain.instant import to_iso
from creditcurve.domain.versions import Versions
from creditcurve.store import EpisodesQuery, NewRecords, Store

MAX_PER_FRAME = 1_000
FEW = 50
"""So many records are encoded faster than a thread is woken."""
EPISODES = 20
"""The episodes of an ``alert`` event: the list of the page's bell."""


class RecordsEvent(msgspec.Struct, frozen=True, kw_only=True):
    """The data of a ``records`` event."""

    revision: int
    records: tuple[RecordView, ...]
    versions: Versions


class NotificationView(msgspec.Struct, frozen=True, kw_only=True):
    """A message of a ``browser`` channel; a page shows each id once."""

    id: str
    at: Instant
    title: str
    text: str
    link: str | None
    urgent: bool

    @classmethod
    def of(cls, message: Message) -> "NotificationView":
        """Return the view of a message."""
        return cls(
            id=message.id,
            at=to_iso(message.at_ms),
            title=message.title,
            text=message.text,
            link=message.link,
            urgent=message.priority is Priority.URGENT,
        )


class AlertEvent(EpisodesView, frozen=True, kw_only=True):
    """The data of an ``alert`` event: the newest episodes, and the newest notifications."""

    notifications: tuple[NotificationView, ...]


class StoreSource:
    """Implements ``frames.Source`` for a store."""

    def __init__(self, about: About, store: Store, notifications: Notifications) -> None:
        self._about = about
        self._store = store
        self._notifications = notifications

    async def status(self) -> bytes:
        """Return the same JSON as ``GET /api/status``."""
        return encode(await status_of(self._about, self._store))

    async def settings(self) -> bytes:
        """Return the same JSON as ``GET /api/settings``."""
        return encode(settings_of(self._store))

    async def account(self) -> bytes:
        """Return the same JSON as ``GET /api/account``."""
        return encode(await account_of(self._store))

    async def alerts(self) -> bytes:
        """Return the newest episodes, and the notifications that pages show."""
        found = await episodes_of(self._store, EpisodesQuery(limit=EPISODES))
        recent = self._notifications.recent
        return encode(
            AlertEvent(
                episodes=found.episodes,
                next=found.next,
                versions=found.versions,
                notifications=tuple(map(NotificationView.of, recent)),
            )
        )

    async def records(self, cursor: int) -> tuple[int, bytes]:
        """Return at most 1,000 records after a revision."""
        newer = await self._store.records.since(cursor, MAX_PER_FRAME)
        found = newer.records
        if not found:
            return cursor, b""
        if len(found) <= FEW:
            return found[-1].revision, _encoded(newer)
        # A thousand records take longer to encode than the event loop may be blocked.
        return found[-1].revision, await asyncio.to_thread(_encoded, newer)


def _encoded(newer: NewRecords) -> bytes:
    reached = newer.records[-1].revision
    event = RecordsEvent(
        revision=reached,
        records=tuple(RecordView.of(stored) for stored in newer.records),
        versions=msgspec.structs.replace(newer.versions, revision=reached),
    )
    return encode(event)
