"""The open connections: how many there may be, and which one is closed for a new one.

A connection is idle while its request is incomplete or it waits for the next request. An idle
connection is closed for a new one, the oldest first, so that incomplete requests cannot keep the
page away. Connections with a request in progress, like event streams, are kept.
"""

import sys
from collections import Counter
from typing import Final, Protocol

MAX_CONNECTIONS: Final = 4_096
RESERVED_FILES: Final = 96
"""Files that the database, the upstream's connections and the listening sockets need."""
_WANTED_FILES: Final = MAX_CONNECTIONS + RESERVED_FILES
_SHARE_OF_ONE_ADDRESS: Final = 0.75


class Connection(Protocol):
    """The part of a connection that is managed here."""

    @property
    def address(self) -> str:
        """The address of the peer, without its port."""
        ...

    @property
    def is_idle(self) -> bool:
        """Whether no complete request is in progress."""
        ...

    def drop(self) -> None:
        """Close the connection at once."""
        ...


class Connections:
    """Admits connections up to a total, and up to three quarters of it from one address."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._most_of_one = max(1, int(most * _SHARE_OF_ONE_ADDRESS))
        self._open: dict[Connection, None] = {}
        self._by_address: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._open)

    def admit(self, connection: Connection) -> bool:
        """Admit a connection, after dropping an idle one if there are too many."""
        address = connection.address
        if self._by_address[address] >= self._most_of_one and not self._drop_idle(address):
            return False
        if len(self._open) >= self._most and not self._drop_idle(None):
            return False
        self._open[connection] = None
        self._by_address[address] += 1
        return True

    def discard(self, connection: Connection) -> None:
        """Forget a connection that has ended; one that was not admitted is ignored."""
        if connection not in self._open:
            return
        del self._open[connection]
        self._by_address[connection.address] -= 1
        if not self._by_address[connection.address]:
            del self._by_address[connection.address]

    def replace(self, connection: Connection, other: Connection) -> None:
        """Count another object for a connection that has been admitted."""
        if connection in self._open:
            del self._open[connection]
            self._open[other] = None

    def _drop_idle(self, address: str | None) -> bool:
        for connection in self._open:
            if connection.is_idle and address in (None, connection.address):
                self.discard(connection)
                connection.drop()
                return True
        return False


def connection_limit() -> int:
    """Return the number of connections that the limit of open files leaves room for.

    The soft limit is raised where the hard limit allows it.
    """
    if sys.platform == "win32":
        return MAX_CONNECTIONS
    import resource  # noqa: PLC0415 - missing on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED_FILES if hard == resource.RLIM_INFINITY else min(hard, _WANTED_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    files = _WANTED_FILES if soft == resource.RLIM_INFINITY else min(soft, _WANTED_FILES)
    return max(16, files - RESERVED_FILES)
