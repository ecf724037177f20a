"""The shelf of single values: settings, link, cookie and ended sessions.

The values of the last commit are kept in memory: they are read all the time. ``Seals`` keeps the
sealed cookie.
"""

import asyncio
from collections.abc import Container
from typing import NamedTuple

import apsw

from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.link import Link
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.store.errors import StoreUnavailableError
from creditcurve.store.sqlite import purging, recount, stored_values, versions
from creditcurve.store.sqlite.connection import PAGE_SIZE
from creditcurve.store.sqlite.database import Database
from creditcurve.store.sqlite.seals import Seals
from creditcurve.store.values.polling import Poll
from creditcurve.store.values.state import VersionedSettings


class CookieAndLink(NamedTuple):
    """The cookie's status and seal and the link, as one transaction left them."""

    status: CookieStatus
    link: Link
    sealed: bytes | None


class SqliteState:
    """Implements ``contract.State``."""

    def __init__(self, database: Database, connection: apsw.Connection, *, seals: Seals) -> None:
        self._database = database
        self._seals = seals
        self._settings = VersionedSettings(
            settings=stored_values.settings(connection),
            version=versions.of_settings(connection),
        )
        self.poll_committed(_cookie_and_link(connection))
        self._ended_sessions = stored_values.ended_sessions(connection)

    @property
    def settings(self) -> Settings:
        """The user's settings."""
        return self._settings.settings

    @property
    def versioned_settings(self) -> VersionedSettings:
        """The user's settings together with their version."""
        return self._settings

    @property
    def link(self) -> Link:
        """The state of the link to the site."""
        return self._link

    @property
    def cookie_status(self) -> CookieStatus:
        """The status of the stored cookie."""
        return self._cookie_status

    @property
    def ended_sessions(self) -> Container[str]:
        """The digests of sessions that were ended before they expired."""
        return self._ended_sessions.expires_s

    async def save(
        self,
        *,
        settings: Settings | None = None,
        cookie_status: CookieStatus | None = None,
        link: Link | None = None,
        cookie: Secret | None = None,
    ) -> None:
        """Store the given values in one transaction, unless a newer cookie is stored."""

        def work(connection: apsw.Connection) -> tuple[VersionedSettings, CookieAndLink]:
            stored = _cookie_and_link(connection)
            status = stored.status if cookie_status is None else cookie_status
            if status.generation < stored.status.generation:
                return self._settings, stored
            if cookie is not None:
                stored_values.save_sealed_cookie(connection, self._seals.seal(cookie))
            versioned = self._settings
            if settings is not None:
                version = stored_values.save_settings(connection, settings)
                if settings.also_counts != self.settings.also_counts:
                    recount.restart(connection)
                versioned = VersionedSettings(settings=settings, version=version)
            return versioned, _save(connection, status, link or stored.link)

        await self._database.write(work, self._committed)

    async def save_link(self, link: Link) -> None:
        """Set the link in memory, then store it."""

        def committed(_: object = None) -> None:
            self._link = link

        committed()
        try:
            await self._database.write(lambda c: stored_values.save_link(c, link), committed)
        except StoreUnavailableError:
            committed()  # an earlier write may have committed another link meanwhile
            raise

    async def cookie(self) -> Secret | None:
        """Return the unsealed cookie; None if none is stored.

        Raises:
            VaultUnreadableError: the key that sealed it is missing.
        """
        sealed = self._seals.cookie
        if sealed is None:
            return None
        if self._seals.has_key_of(sealed):
            return self._seals.unseal(sealed)
        return await asyncio.to_thread(self._seals.unseal, sealed)  # it looks for other keys

    async def delete_cookie(self, settings: Settings, link: Link) -> None:
        """Delete the cookie from the disk but not its origin; store the settings and the link.

        Kept copies of the database lose it too.
        """

        def work(connection: apsw.Connection) -> tuple[VersionedSettings, CookieAndLink]:
            before = stored_values.cookie_status(connection)
            stored_values.delete_cookie(connection)
            version = stored_values.save_settings(connection, settings)
            after = CookieStatus(origin=before.origin, generation=before.generation + 1)
            status = _save(connection, after, link)
            return VersionedSettings(settings=settings, version=version), status

        size = len(self._seals.cookie or b"") or PAGE_SIZE
        await self._database.write(work, self._committed)
        await self._database.truncate_log()
        await asyncio.to_thread(purging.purge, self._database.path, size)

    async def session_secret(self) -> Secret:
        """Return the random secret that signs sessions; the first call creates it."""
        stored = await self._database.read(stored_values.session_secret)
        if stored is not None:
            return stored
        return await self._database.write(stored_values.create_session_secret)

    async def end_session(self, digest: str, expires_s: int) -> None:
        """End a session in memory, then store that it ended."""
        ended = self._ended_sessions = self._ended_sessions.add(digest, expires_s)
        await self._database.write(lambda c: stored_values.save_ended_sessions(c, ended))

    def store_poll(self, connection: apsw.Connection, poll: Poll) -> CookieAndLink:
        """Store cookie, status and link of a poll in its transaction."""
        stored = _cookie_and_link(connection)
        if poll.cookie_status.generation < stored.status.generation:
            return stored
        if poll.renewed is not None:
            stored_values.save_sealed_cookie(connection, self._seals.seal(poll.renewed))
        link = poll.link if poll.hours is None else stored.link
        return _save(connection, poll.cookie_status, link)

    def poll_committed(self, stored: CookieAndLink) -> None:
        """Take cookie and link of a committed transaction into memory."""
        self._cookie_status, self._link, sealed = stored
        self._seals.cookie_committed(sealed)

    def _committed(self, result: tuple[VersionedSettings, CookieAndLink]) -> None:
        self._settings, stored = result
        self.poll_committed(stored)


def _save(connection: apsw.Connection, status: CookieStatus, link: Link) -> CookieAndLink:
    stored_values.save_cookie_status(connection, status)
    stored_values.save_link(connection, link)
    return CookieAndLink(status, link, stored_values.sealed_cookie(connection))


def _cookie_and_link(connection: apsw.Connection) -> CookieAndLink:
    return CookieAndLink(
        stored_values.cookie_status(connection),
        stored_values.link(connection),
        stored_values.sealed_cookie(connection),
    )
