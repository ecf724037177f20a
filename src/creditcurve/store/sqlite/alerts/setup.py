"""Rules and channels as last committed."""

from collections.abc import Callable
from typing import TypeVar

import apsw

from creditcurve.store.sqlite import versions
from creditcurve.store.sqlite.alerts.channels import stored_channels
from creditcurve.store.sqlite.alerts.messages import has_messages
from creditcurve.store.sqlite.alerts.rules import stored_rules
from creditcurve.store.sqlite.database import Database
from creditcurve.store.values.alerts import AlertSetup

T = TypeVar("T")


class CommittedSetup:
    """Keeps rules and channels in memory, and reads them again with each write.

    Attributes:
        newest: rules, channels and version as last committed.
    """

    def __init__(self, database: Database, connection: apsw.Connection) -> None:
        self._database = database
        self.newest = read_setup(connection)

    async def write(self, work: Callable[[apsw.Connection], T]) -> T:
        """Run ``work`` as one transaction."""

        def whole(connection: apsw.Connection) -> tuple[T, AlertSetup]:
            return work(connection), read_setup(connection)

        result = await self._database.write(whole, lambda pair: self.committed(pair[1]))
        return result[0]

    def committed(self, found: AlertSetup) -> None:
        """Take the setup of a committed transaction into memory."""
        self.newest = found


def read_setup(connection: apsw.Connection) -> AlertSetup:
    """Return rules, channels, version, and whether messages wait."""
    return AlertSetup(
        rules=stored_rules(connection),
        channels=stored_channels(connection),
        version=versions.of_alerts(connection),
        has_messages=has_messages(connection),
    )
