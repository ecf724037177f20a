"""The data of the events, made from the store."""

import msgspec

from creditcurve.api.http.json import encode
from creditcurve.api.resources.account import account_of
from creditcurve.api.resources.alerts import episodes_of
from creditcurve.api.resources.records import RecordView
from creditcurve.api.resources.settings import settings_of
from creditcurve.api.resources.status import status_of
from creditcurve.api.state import About
from creditcurve.domain.versions import Versions
from creditcurve.store import EpisodesQuery, Store

MAX_PER_FRAME = 1_000
EPISODES = 20
"""The episodes of an ``alert`` event: the list of the page's bell."""


class RecordsEvent(msgspec.Struct, frozen=True, kw_only=True):
    """The data of a ``records`` event."""

    revision: int
    records: tuple[RecordView, ...]
    versions: Versions


class StoreSource:
    """Implements ``frames.Source`` for a store."""

    def __init__(self, about: About, store: Store) -> None:
        self._about = about
        self._store = store

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
        """Return the newest episodes, as ``GET /api/alerts/episodes`` does."""
        return encode(await episodes_of(self._store, EpisodesQuery(limit=EPISODES)))

    async def records(self, cursor: int) -> tuple[int, bytes]:
        """Return at most 1,000 records after a revision."""
        newer = await self._store.records.since(cursor, MAX_PER_FRAME)
        found = newer.records
        if not found:
            return cursor, b""
        reached = found[-1].revision
        event = RecordsEvent(
            revision=reached,
            records=tuple(RecordView.of(stored) for stored in found),
            versions=msgspec.structs.replace(newer.versions, revision=reached),
        )
        return reached, encode(event)
