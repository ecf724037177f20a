"""The store in one SQLite file: opens it and puts the shelves together."""

from pathlib import Path
from typing import Self

import apsw

from creditcurve.clocks import Clock
from creditcurve.domain.versions import Versions
from creditcurve.store.sqlite import connection as connections
from creditcurve.store.sqlite import files, opening
from creditcurve.store.sqlite.account import SqliteAccount
from creditcurve.store.sqlite.alerts.shelf import SqliteAlerts
from creditcurve.store.sqlite.connection import translated
from creditcurve.store.sqlite.curves import SqliteCurves
from creditcurve.store.sqlite.database import Database
from creditcurve.store.sqlite.opening import Opened
from creditcurve.store.sqlite.present import Present
from creditcurve.store.sqlite.quarantine import SqliteQuarantine
from creditcurve.store.sqlite.records import SqliteRecords
from creditcurve.store.sqlite.recount import SqliteRecount
from creditcurve.store.sqlite.retention import SqliteRetention
from creditcurve.store.sqlite.seals import Seals
from creditcurve.store.sqlite.state import SqliteState
from creditcurve.vault import Vault


class SqliteStore:
    """Implements ``contract.Store``."""

    def __init__(
        self,
        database: Database,
        writer: apsw.Connection,
        *,
        vault: Vault,
        clock: Clock,
        found: Opened,
    ) -> None:
        self._database = database
        self._present = present = Present(clock)
        self.recovered_from = found.recovered_from
        self.other_journal = found.other_journal
        self._is_checked = found.is_checked
        self.seals = Seals(database, vault)
        self.state = SqliteState(database, writer, seals=self.seals)
        self.retention = SqliteRetention(database, writer, clock=clock)
        self.alerts = SqliteAlerts(database, writer, seals=self.seals)
        self.records = SqliteRecords(
            database, writer, state=self.state, alerts=self.alerts, present=present
        )
        self.curves = SqliteCurves(database, present=present)
        self.quarantine = SqliteQuarantine(database, records=self.records, present=present)
        self.recount = SqliteRecount(database, writer)
        self.account = SqliteAccount(database, writer)

    @classmethod
    def open(
        cls, folder: Path, *, vault: Vault, clock: Clock, check_s: float = opening.CHECK_S
    ) -> Self:
        """Open the store in a data folder; create it if it is missing. Blocking.

        Args:
            folder: the data folder.
            vault: seals the cookie.
            clock: the present time.
            check_s: how long the database is checked for damage; ``check`` does the rest.

        Raises:
            NewerSchemaError: a newer version wrote it.
            StoreUnavailableError: the disk, a permission or a lock prevents it.
        """
        found = opening.open_folder(folder, clock=clock, check_s=check_s)
        with translated():
            writer = connections.writer(found.path)
            try:
                database = Database(found.path, writer, clock=clock)
                return cls(database, writer, vault=vault, clock=clock, found=found)
            except BaseException:
                writer.close()
                raise

    @property
    def failing(self) -> str | None:
        """Why writes fail at present, as a sentence; None while they succeed."""
        return self._database.failing

    async def check(self) -> None:
        """Check the database for damage, if opening it did not complete that."""
        if not self._is_checked:
            await self._database.check()
            self._is_checked = True

    async def versions(self) -> Versions:
        """Return the versions of the data as last committed."""
        return await self._database.read(self._present.versions)

    async def backup(self, target: Path) -> None:
        """Copy the store, without the cookie, into a file."""
        await self._database.read(lambda c: files.copy(c, target))

    async def size_bytes(self) -> int:
        """Return the size of the store on the disk."""
        return files.size_bytes(self._database.path)

    async def close(self) -> None:
        """Finish the write in progress, and close the files."""
        await self._database.close()
