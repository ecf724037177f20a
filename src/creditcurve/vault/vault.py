"""The vault: seals the cookie for the database, and opens what it sealed.

AES-256-GCM with a fresh nonce for each seal, bound to its purpose and its version. The key comes
from the environment, else from the system's keyring, else from a file outside the data folder. A
new key is made when something is sealed and there is none, and when the user asks for one; what a
lost key sealed is unreadable, and stays as it is.
"""

import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Self

from creditcurve.domain.secret import Secret
from creditcurve.store.errors import StoreError
from creditcurve.vault.keyring import KeyFile, KeyringKey, KeySource, VaultKeyRefusedError

__all__ = ["Vault", "VaultKeyRefusedError", "VaultUnreadableError", "reseal"]

_VERSION: Final = b"CCV\x01"
_PURPOSE: Final = b"creditcurve cookie"
_ID_BYTES: Final = 8
_NONCE_BYTES: Final = 12
_HEAD_BYTES: Final = len(_VERSION) + _ID_BYTES


class VaultUnreadableError(StoreError):
    """What is sealed cannot be opened: its key is gone, or it is damaged."""


class Vault:
    """Seals with one key; opens with it, and with further ones where they fit.

    Attributes:
        source: where the key comes from: ``environment``, ``keyring`` or ``file``.
    """

    def __init__(
        self,
        source: str,
        keys: Sequence[bytes] = (),
        *,
        homes: Sequence[KeySource] = (),
        spares: Sequence[KeySource] = (),
    ) -> None:
        """Use a key, or make one when it is needed.

        Args:
            source: where the key comes from, or will.
            keys: the material of the keys, of any length, newest first; none where there is none.
            homes: where a new key may be kept, the best first.
            spares: where else a key may lie that sealed what is to be opened.
        """
        self.source = source
        self._keys = [_Key(key) for key in keys]
        self._homes = homes
        self._spares = spares

    @classmethod
    def open(cls, *, secret_key: Secret | None, key_file: Path, use_keyring: bool = True) -> Self:
        """Find the key.

        A key file that exists goes before the keyring: it was made when no keyring answered, and
        the cookie may be sealed with it.

        Args:
            secret_key: any text of the user's; line ends behind it are not part of it.
            key_file: where the key lies, or is to lie, when nothing else gives one.
            use_keyring: whether the system's keyring may be asked.

        Raises:
            VaultKeyRefusedError: the key that is given is empty, or open to others, or is none.
        """
        if secret_key is not None:
            return cls("environment", [_given(secret_key)])
        return cls.kept_in(KeyFile(key_file), KeyringKey() if use_keyring else None)

    @classmethod
    def kept_in(cls, file: KeyFile, keyring: KeyringKey | None) -> Self:
        """A vault whose key the program keeps itself.

        Raises:
            VaultKeyRefusedError: the key file cannot be used.
        """
        keys = file.read()
        if not keys and keyring is not None and (found := keyring.look()) is not None:
            return cls(keyring.name, found.keys, homes=[keyring, file])
        return cls(file.name, keys, homes=[file], spares=[keyring] if keyring else [])

    def successor(self, secret_key: Secret | None) -> "Vault":
        """A vault with a new key; one that is made here is kept already, beside those before it.

        Args:
            secret_key: the new key where the user gives it; else one is made.

        Raises:
            VaultKeyRefusedError: the new key is the one in use, or none may be made here.
            StoreUnavailableError: the new key cannot be kept.
        """
        if secret_key is None:
            return self._renewed()
        given = Vault("environment", [_given(secret_key)])
        if self._keys and given._keys[0].name == self._keys[0].name:
            raise VaultKeyRefusedError("The new key is the one in use: choose another.")
        return given

    def seal(self, secret: Secret) -> bytes:
        """Seal a secret.

        Raises:
            StoreUnavailableError: there is no key yet, and none can be kept.
            VaultKeyRefusedError: there is no key yet, and its place is open to others.
        """
        if not self._keys:
            self._keys = self._made()
        return self._keys[0].seal(secret)

    def unseal(self, sealed: bytes) -> Secret:
        """Open what was sealed; no key is ever made for it.

        Raises:
            VaultUnreadableError: its key is gone, or it is damaged.
        """
        if sealed[: len(_VERSION)] != _VERSION:
            raise VaultUnreadableError("The sealed cookie is damaged, or of a newer version.")
        for key in self._all_keys():
            if key.fits(sealed):
                return key.unseal(sealed)
        raise VaultUnreadableError("The key that sealed the cookie is gone.")

    def _all_keys(self) -> "Iterator[_Key]":
        yield from self._keys
        for spare in self._spares:
            yield from map(_Key, spare.read())

    def _renewed(self) -> "Vault":
        if not self._homes:
            raise VaultKeyRefusedError(
                "The key in use was given from outside: give the new one, too."
            )
        for home in self._homes:
            keys = home.renew()
            if keys:
                return Vault(home.name, keys, homes=self._homes, spares=self._spares)
        raise VaultKeyRefusedError("There is no place to keep a new key.")

    def _made(self) -> "list[_Key]":
        for home in self._homes:
            keys = home.create()
            if keys:
                self.source = home.name
                return [_Key(key) for key in keys]
        raise VaultKeyRefusedError("There is no place to keep the key that seals the cookie.")


def reseal(sealed: bytes, *, old: Vault, new: Vault) -> bytes:
    """What one vault sealed, sealed by another: how a key is changed for the next.

    Raises:
        VaultUnreadableError: the old vault cannot open it.
    """
    return new.seal(old.unseal(sealed))


class _Key:
    """A key ready for use, with a short name by which sealed texts know it."""

    def __init__(self, material: bytes) -> None:
        # Late: the two imports take 60 ms, and a start without a cookie needs neither.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - see above
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - see above
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - see above

        derived = HKDF(SHA256(), 32 + _ID_BYTES, salt=None, info=_PURPOSE).derive(material)
        self._cipher = AESGCM(derived[:32])
        self.name = derived[32:]
        self._head = _VERSION + self.name

    def fits(self, sealed: bytes) -> bool:
        return sealed.startswith(self._head)

    def seal(self, secret: Secret) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return self._head + nonce + self._cipher.encrypt(nonce, secret.reveal(), self._bound)

    def unseal(self, sealed: bytes) -> Secret:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as in __init__

        nonce = sealed[_HEAD_BYTES : _HEAD_BYTES + _NONCE_BYTES]
        try:
            text = sealed[_HEAD_BYTES + _NONCE_BYTES :]
            return Secret(self._cipher.decrypt(nonce, text, self._bound))
        except (InvalidTag, ValueError) as error:
            raise VaultUnreadableError("The sealed cookie is damaged.") from error

    @property
    def _bound(self) -> bytes:
        """What is authenticated along with the secret: version, key and purpose."""
        return self._head + _PURPOSE


def _given(secret_key: Secret) -> bytes:
    material = secret_key.reveal().rstrip(b"\r\n")
    if not material.strip():
        raise VaultKeyRefusedError("The secret key is empty: give it a text, or none at all.")
    return material
