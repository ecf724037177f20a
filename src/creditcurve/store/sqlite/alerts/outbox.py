"""The shelf of messages that are to be delivered."""

from collections.abc import Sequence

from creditcurve.domain.outbox import Message
from creditcurve.store.sqlite.alerts import messages
from creditcurve.store.sqlite.alerts.setup import CommittedSetup
from creditcurve.store.sqlite.database import Database


class SqliteOutbox:
    """Implements ``contract.Outbox``."""

    def __init__(self, database: Database, setup: CommittedSetup) -> None:
        self._database = database
        self._setup = setup

    async def add_digest(self, message: Message, *, day: str) -> bool:
        """Store the digest of a day; return False if that day has had one."""
        return await self._setup.write(lambda c: messages.add_digest(c, message, day))

    async def open_messages(self) -> list[Message]:
        """Return the messages that are waiting or held, oldest first."""
        if not self._setup.newest.has_messages:  # asked every minute, and mostly there are none
            return []
        return await self._database.read(messages.open_messages)

    async def save(self, found: Sequence[Message]) -> None:
        """Store the state of messages, in one transaction."""
        await self._setup.write(lambda c: messages.put_messages(c, found))
