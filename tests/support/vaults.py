"""Vaults with a key of a test."""

from pathlib import Path

from creditcurve.domain.secret import Secret
from creditcurve.vault import Vault

COOKIE = Secret(b"__Secure-authjs.session-token=made-up; theme=dark")


def from_text(text: str) -> Vault:
    """Open a vault with a given key."""
    return Vault.open(secret_key=Secret.of(text), key_file=Path("unused"))


def from_file(folder: Path) -> Vault:
    """Open a vault whose key is in a file of a folder."""
    return Vault.open(secret_key=None, key_file=folder / "secret.key", use_keyring=False)
