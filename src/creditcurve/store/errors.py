"""The store's errors.

StoreError
├── StoreUnavailableError   storage fails: disk, permission, lock, damage; it may pass
│   └── DamagedDatabaseError    the next start recovers the database
├── UnusableCopyError       a file cannot be restored
│   ├── CompressedCopyError     it must be unpacked first
│   └── LockedCopyError         another program uses it
└── NewerSchemaError        a newer version of this program wrote the database
BadCursorError (ValueError) a page cursor that this store never returned
"""


class StoreError(Exception):
    """The store cannot do this; the text is a sentence for the user."""


class StoreUnavailableError(StoreError):
    """Storage fails: disk full, read-only, locked or damaged. Committed data is safe."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class DamagedDatabaseError(StoreUnavailableError):
    """The database is damaged; the next start recovers the readable rows."""

    def __init__(self) -> None:
        super().__init__("The database is damaged; a restart recovers what can be recovered.")


class UnusableCopyError(StoreError):
    """A file cannot be restored; the present database was not changed."""


class CompressedCopyError(UnusableCopyError):
    """A file is compressed."""


class LockedCopyError(UnusableCopyError):
    """Another program has locked the file."""


class NewerSchemaError(StoreError):
    """A newer version wrote the database; it was not changed."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"The database has version {found}, this program knows versions up to {known}: "
            "start a newer CreditCurve, or use another data folder."
        )
        self.found = found
        self.known = known


class BadCursorError(ValueError):
    """A page cursor that this store never returned."""
