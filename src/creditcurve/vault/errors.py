"""The vault's errors.

VaultError
├── VaultKeyRefusedError    a key cannot be used; the text says what to do
├── VaultKeyNotStoredError  a new key cannot be written; it may pass
└── VaultUnreadableError    a sealed secret cannot be opened
"""


class VaultError(Exception):
    """The vault cannot do this; the text is a sentence for the user."""


class VaultKeyRefusedError(VaultError):
    """A key cannot be used in its present form; the text says what to do."""


class VaultKeyNotStoredError(VaultError):
    """A new key cannot be written: the disk or a permission prevents it."""


class VaultUnreadableError(VaultError):
    """A sealed secret cannot be opened: its key is missing, or it is damaged."""
