"""The store's methods for single values and for the key that seals some of them."""

from collections.abc import Container
from typing import Protocol

from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.link import Link
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.store.values.state import VersionedSettings


class Seals(Protocol):
    """The key that seals the cookie and the addresses of alert channels."""

    async def renew(self, secret_key: Secret | None) -> str:
        """Seal everything with a new key, which is stored before an old seal is replaced.

        Args:
            secret_key: the new key; None creates one in the place of the present one.

        Returns:
            Where the new key is kept, as ``Vault.source`` names it.

        Raises:
            VaultUnreadableError: the key that sealed a secret is missing.
            VaultKeyRefusedError: as ``Vault.successor``.
        """
        ...


class State(Protocol):
    """Settings, link, cookie and sessions: single values that outlive the process."""

    @property
    def settings(self) -> Settings:
        """The user's settings."""
        ...

    @property
    def versioned_settings(self) -> VersionedSettings:
        """The user's settings together with their version."""
        ...

    @property
    def link(self) -> Link:
        """The state of the link to the site."""
        ...

    @property
    def cookie_status(self) -> CookieStatus:
        """The status of the stored cookie."""
        ...

    @property
    def ended_sessions(self) -> Container[str]:
        """The digests of sessions that were ended before they expired."""
        ...

    async def save(
        self,
        *,
        settings: Settings | None = None,
        cookie_status: CookieStatus | None = None,
        link: Link | None = None,
        cookie: Secret | None = None,
    ) -> None:
        """Store the given values in one transaction; nothing if a newer cookie is stored.

        Args:
            settings: the user's settings; their version rises.
            cookie_status: the status of the cookie.
            link: the state of the link.
            cookie: the cookie, to be sealed.
        """
        ...

    async def save_link(self, link: Link) -> None:
        """Set the link in memory, then store it.

        Raises:
            StoreUnavailableError: it is set in memory, but not stored.
        """
        ...

    async def cookie(self) -> Secret | None:
        """Return the unsealed cookie; None if none is stored.

        Raises:
            VaultUnreadableError: the key that sealed it is missing.
        """
        ...

    async def delete_cookie(self, settings: Settings, link: Link) -> None:
        """Delete the cookie from the disk, and store the settings and the link."""
        ...

    async def session_secret(self) -> Secret:
        """Return the random secret that signs sessions; the first call creates it."""
        ...

    async def end_session(self, digest: str, expires_s: int) -> None:
        """End a session in memory, then store that it ended.

        Raises:
            StoreUnavailableError: it has ended, but would be valid again after a restart.
        """
        ...
