"""The database file as a whole: its health, its size, and copies of it."""

from pathlib import Path

from creditcurve.store.sqlite import files
from creditcurve.store.sqlite.database import Database
from creditcurve.store.sqlite.opening import Opened


class SqliteStorage:
    """Implements ``contract.Storage``."""

    def __init__(self, database: Database, found: Opened) -> None:
        self._database = database
        self._is_checked = found.is_checked
        self.recovered_from = found.recovered_from
        self.other_journal = found.other_journal

    @property
    def failing(self) -> str | None:
        """Why writes fail at present, as a sentence; None while they succeed."""
        return self._database.failing

    async def check(self) -> None:
        """Check the database for damage, if opening it did not complete that."""
        if not self._is_checked:
            await self._database.check()
            self._is_checked = True

    async def backup(self, target: Path) -> None:
        """Copy the store, without the cookie, into a file."""
        await self._database.read(lambda c: files.copy(c, target))

    async def size_bytes(self) -> int:
        """Return the size of the store on the disk."""
        return files.size_bytes(self._database.path)
