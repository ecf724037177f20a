"""What can go wrong with the store.

StoreError
├── StoreUnavailable   the disk, a permission, a lock, damage: it may pass
└── NewerSchema        a newer version of this program wrote the database
BadCursor (ValueError) a page cursor that this store never gave
"""


class StoreError(Exception):
    """The store cannot do what was asked; the text is a sentence for the user."""


class StoreUnavailable(StoreError):  # noqa: N818 - a state that may pass, named so by its users
    """Storage fails: disk full, read-only, locked, damaged. What was committed is safe."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NewerSchema(StoreError):  # noqa: N818 - a refusal to open
    """The database was written by a newer version; nothing in it was touched."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"The database has version {found}, this program knows versions up to {known}: "
            "start a newer CreditCurve, or use another data folder."
        )
        self.found = found
        self.known = known


class BadCursor(ValueError):  # noqa: N818 - a refusal of a question
    """A page cursor that this store never gave."""
