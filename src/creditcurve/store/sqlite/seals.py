"""The sealed values of the database: the cookie and the addresses of alert channels."""

import asyncio
import contextlib
from collections.abc import Iterator

import apsw

from creditcurve.domain.secret import Secret
from creditcurve.store.errors import StoreUnavailableError
from creditcurve.store.sqlite import stored_values
from creditcurve.store.sqlite.alerts import channels
from creditcurve.store.sqlite.database import Database
from creditcurve.vault import Vault, VaultKeyNotStoredError
from creditcurve.vault.vault import reseal


class Seals:
    """Seals and opens secrets of the database with one key; implements ``contract.Seals``.

    Attributes:
        cookie: the sealed cookie as last committed; None if none is stored.
    """

    def __init__(self, database: Database, writer: apsw.Connection, *, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self.cookie = stored_values.sealed_cookie(writer)

    def seal(self, secret: Secret) -> bytes:
        """Seal a secret for the database."""
        with _translated():
            return self._vault.seal(secret)

    def unseal(self, sealed: bytes) -> Secret:
        """Open a sealed secret.

        Raises:
            VaultUnreadableError: the key that sealed it is missing.
        """
        return self._vault.unseal(sealed)

    def has_key_of(self, sealed: bytes) -> bool:
        """Return whether ``unseal`` needs no look into other places for the key."""
        return self._vault.has_key_of(sealed)

    def cookie_committed(self, sealed: bytes | None) -> None:
        """Take the sealed cookie of a committed transaction into memory."""
        self.cookie = sealed

    async def renew(self, secret_key: Secret | None) -> str:
        """Seal everything with a new key, which is stored before an old seal is replaced.

        Returns the place of the new key.
        """
        old = self._vault
        with _translated():
            new = await asyncio.to_thread(old.successor, secret_key)

        def work(connection: apsw.Connection) -> bytes | None:
            sealed = stored_values.sealed_cookie(connection)
            if sealed is not None:
                sealed = reseal(sealed, old=old, new=new)
                stored_values.save_sealed_cookie(connection, sealed)
            for channel, address in channels.sealed_addresses(connection):
                resealed = reseal(address, old=old, new=new)
                channels.reseal_address(connection, channel, resealed)
            return sealed

        def committed(sealed: bytes | None) -> None:
            self._vault = new
            self.cookie_committed(sealed)

        await self._database.write(work, committed)
        await self._database.truncate_log()
        return new.source


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except VaultKeyNotStoredError as error:
        raise StoreUnavailableError(str(error)) from error
