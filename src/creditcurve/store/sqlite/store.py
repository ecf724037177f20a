"""The store in one SQLite file: opens it and puts the shelves together."""

from pathlib import Path
from typing import Self

import apsw

from creditcurve.clocks import Clock
from creditcurve.domain.versions import Versions
from creditcurve.store.sqlite import connection as connections
from creditcurve.store.sqlite import opening
from creditcurve.store.sqlite.account import SqliteAccount
from creditcurve.store.sqlite.alerts.outbox import SqliteOutbox
from creditcurve.store.sqlite.alerts.setup import CommittedSetup
from creditcurve.store.sqlite.alerts.shelf import SqliteAlerts
from creditcurve.store.sqlite.connection import translated
from creditcurve.store.sqlite.curves.shelf import SqliteCurves
from creditcurve.store.sqlite.database import Database
from creditcurve.store.sqlite.opening import Opened
from creditcurve.store.sqlite.present import Present
from creditcurve.store.sqlite.quarantine import SqliteQuarantine
from creditcurve.store.sqlite.records import SqliteRecords
from creditcurve.store.sqlite.recount import SqliteRecount
from creditcurve.store.sqlite.retention import SqliteRetention
from creditcurve.store.sqlite.seals import Seals
from creditcurve.store.sqlite.state import SqliteState
from creditcurve.store.sqlite.storage import SqliteStorage
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
        self.storage = SqliteStorage(database, found)
        self.seals = Seals(database, writer, vault=vault)
        self.state = SqliteState(database, writer, seals=self.seals)
        self.retention = SqliteRetention(database, writer, clock=clock)
        setup = CommittedSetup(database, writer)
        self.alerts = SqliteAlerts(database, setup, seals=self.seals)
        self.outbox = SqliteOutbox(database, setup)
        self.records = SqliteRecords(
            database, writer, state=self.state, setup=setup, present=present
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

    async def versions(self) -> Versions:
        """Return the versions of the data as last committed."""
        return await self._database.read(self._present.versions)

    async def close(self) -> None:
        """Finish the write in progress, and close the files."""
        await self._database.close()
