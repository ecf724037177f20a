"""The store's methods for the messages that are to be delivered."""

from collections.abc import Sequence
from typing import Protocol

from creditcurve.domain.outbox import Message


class Outbox(Protocol):
    """The messages of alerts and digests; ``Records.append`` and ``Alerts`` add those of alerts."""

    async def add_digest(self, message: Message, *, day: str) -> bool:
        """Store the digest of a day; return False if that day has had one."""
        ...

    async def open_messages(self) -> list[Message]:
        """Return the messages that are waiting or held, oldest first."""
        ...

    async def save(self, messages: Sequence[Message]) -> None:
        """Store the state of messages, in one transaction."""
        ...
