"""The store's methods for the medium of all shelves."""

from pathlib import Path
from typing import Protocol


class Storage(Protocol):
    """The medium that contains all shelves: its health, its size, and copies of it."""

    @property
    def failing(self) -> str | None:
        """Why writes fail at present, as a sentence; None while they succeed."""
        ...

    @property
    def recovered_from(self) -> Path | None:
        """The copy of the damaged database that was recovered at start; None if none was."""
        ...

    @property
    def other_journal(self) -> Path | None:
        """The journal of another database that was found at start, as renamed; None if none was.

        It was left beside the database file when a copy was put in its place.
        """
        ...

    async def check(self) -> None:
        """Check the database for damage, if opening it did not complete that.

        A damaged one refuses writes from then on, and is recovered when it is opened again.
        """
        ...

    async def backup(self, target: Path) -> None:
        """Copy the store, without the cookie, into a file; a failed copy leaves the file unchanged.

        Raises:
            StoreUnavailableError: the copy could not be written.
        """
        ...

    async def size_bytes(self) -> int:
        """Return the size of the store on the disk."""
        ...
