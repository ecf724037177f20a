"""The vault: seals the cookie for the database, and opens it again.

AES-256-GCM with a new nonce for each seal; version, key and purpose are authenticated along with
the secret. The key comes from the environment, else from the system's keyring, else from a file
outside the data folder. A key is created when the first secret is sealed, and when the
user asks for a new one.
"""

import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Self

from creditcurve.domain.secret import Secret
from creditcurve.vault.errors import VaultKeyRefusedError, VaultUnreadableError
from creditcurve.vault.keyfile import KeyFile
from creditcurve.vault.keyring import KeyringKey
from creditcurve.vault.keys import KeySource

SEAL_MARK: Final = b"CCV\x01"
"""The start of every sealed secret; its last byte is a version."""
_PURPOSE: Final = b"creditcurve cookie"
_ID_BYTES: Final = 8
_NONCE_BYTES: Final = 12
_HEAD_BYTES: Final = len(SEAL_MARK) + _ID_BYTES


class Vault:
    """Seals with one key; opens with it and with older ones.

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
        """Use keys, or create one when it is needed.

        Args:
            source: where the key comes from, or where a new one will be kept.
            keys: the material of the keys, of any length, newest first.
            homes: where a new key may be kept, in order of preference.
            spares: where else to look for the key that sealed a secret.
        """
        self.source = source
        self._keys = [_Key(key) for key in keys]
        self._homes = homes
        self._spares = spares

    @classmethod
    def open(
        cls, *, secret_key: Secret | None, key_file: Path | None, use_keyring: bool = True
    ) -> Self:
        """Find the key.

        An existing key file is preferred to the keyring: it was created when no keyring answered,
        and the cookie may be sealed with it.

        Args:
            secret_key: any text of the user's; line ends after it are ignored.
            key_file: the key file used without a secret key and a keyring; None where the account
                has no home folder.
            use_keyring: whether the system's keyring may be used.

        Raises:
            VaultKeyRefusedError: the key is empty, not a key, or can be read by others.
        """
        if secret_key is not None:
            return cls("environment", [_given(secret_key)])
        keyring = KeyringKey() if use_keyring else None
        if key_file is None:
            keys = keyring.read() if keyring is not None else ()
            return cls("keyring", keys, homes=[keyring] if keyring is not None else [])
        return cls.kept_in(KeyFile(key_file), keyring)

    @classmethod
    def kept_in(cls, file: KeyFile, keyring: KeyringKey | None) -> Self:
        """Return a vault whose key the program keeps itself.

        Raises:
            VaultKeyRefusedError: the key file cannot be used.
        """
        keys = file.read()
        if not keys and keyring is not None and (found := keyring.content()) is not None:
            return cls(keyring.name, found.keys, homes=[keyring, file])
        return cls(file.name, keys, homes=[file], spares=[keyring] if keyring else [])

    def successor(self, secret_key: Secret | None) -> "Vault":
        """Return a vault with a new key; a key created here is stored beside the earlier ones.

        Args:
            secret_key: the new key; None creates one.

        Raises:
            VaultKeyRefusedError: the new key is the one in use, or none can be created here.
            VaultKeyNotStoredError: the new key cannot be stored.
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
            VaultKeyNotStoredError: there is no key yet, and a new one cannot be stored.
            VaultKeyRefusedError: there is no key yet, and its place is open to others.
        """
        if not self._keys:
            self._keys = self._made()
        return self._keys[0].seal(secret)

    def unseal(self, sealed: bytes) -> Secret:
        """Open a sealed secret; no key is created for it.

        Raises:
            VaultUnreadableError: its key is missing, or it is damaged.
        """
        if not sealed.startswith(SEAL_MARK):
            raise VaultUnreadableError("The sealed cookie is damaged, or of a newer version.")
        for key in self._all_keys():
            if key.fits(sealed):
                return key.unseal(sealed)
        raise VaultUnreadableError("The key that sealed the cookie is missing.")

    def has_key_of(self, sealed: bytes) -> bool:
        """Return whether a secret was sealed with a key that is in memory."""
        return any(key.fits(sealed) for key in self._keys)

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
    """Open a secret with one vault and seal it with another.

    Raises:
        VaultUnreadableError: the old vault cannot open it.
    """
    return new.seal(old.unseal(sealed))


class _Key:
    """A derived key, with a short name that is part of each seal."""

    def __init__(self, material: bytes) -> None:
        # Imported late: it takes 60 ms, and is not needed without a cookie.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - see above
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - see above
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - see above

        derived = HKDF(SHA256(), 32 + _ID_BYTES, salt=None, info=_PURPOSE).derive(material)
        self._cipher = AESGCM(derived[:32])
        self.name = derived[32:]
        self._head = SEAL_MARK + self.name

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
        """The data authenticated along with the secret: version, key and purpose."""
        return self._head + _PURPOSE


def _given(secret_key: Secret) -> bytes:
    material = secret_key.reveal().rstrip(b"\r\n")
    if not material.strip():
        raise VaultKeyRefusedError("The secret key is empty: give it a text, or remove it.")
    return material
