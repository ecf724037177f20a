"""The vault that seals the cookie."""

from creditcurve.vault.errors import (
    VaultError,
    VaultKeyNotStoredError,
    VaultKeyRefusedError,
    VaultUnreadableError,
)
from creditcurve.vault.vault import SEAL_MARK, Vault

__all__ = [
    "SEAL_MARK",
    "Vault",
    "VaultError",
    "VaultKeyNotStoredError",
    "VaultKeyRefusedError",
    "VaultUnreadableError",
]
