"""All shelves of one data folder."""

from pathlib import Path
from typing import Protocol

from creditcurve.domain.versions import Versions
from creditcurve.store.contract.account import Accounts
from creditcurve.store.contract.alerts import Alerts
from creditcurve.store.contract.curves import Curves
from creditcurve.store.contract.records import Quarantine, Records
from creditcurve.store.contract.retention import Recount, Retention
from creditcurve.store.contract.state import Seals, State


class Store(Protocol):
    """All shelves of one data folder."""

    @property
    def records(self) -> Records:
        """The records."""
        ...

    @property
    def curves(self) -> Curves:
        """The curves."""
        ...

    @property
    def quarantine(self) -> Quarantine:
        """The quarantine."""
        ...

    @property
    def state(self) -> State:
        """Settings, link, cookie and sessions."""
        ...

    @property
    def seals(self) -> Seals:
        """The key of the sealed values."""
        ...

    @property
    def retention(self) -> Retention:
        """The retention."""
        ...

    @property
    def recount(self) -> Recount:
        """The change of the sums after a change of what counts."""
        ...

    @property
    def account(self) -> Accounts:
        """The account."""
        ...

    @property
    def alerts(self) -> Alerts:
        """The alerts."""
        ...

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

    async def versions(self) -> Versions:
        """Return the versions of the data as last committed."""
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

    async def close(self) -> None:
        """Finish the write in progress, and close the files."""
        ...
