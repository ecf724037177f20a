"""The vault that seals the cookie."""

from creditcurve.vault.errors import (
    VaultError,
    VaultKeyNotStoredError,
    VaultKeyRefusedError,
    VaultUnreadableError,
)
from creditcurve.vault.vault import Vault

__all__ = [
    "Vault",
    "VaultError",
    "VaultKeyNotStoredError",
    "VaultKeyRefusedError",
    "VaultUnreadableError",
]
