"""All shelves of one data folder."""

from typing import Protocol

from creditcurve.domain.versions import Versions
from creditcurve.store.contract.account import Accounts
from creditcurve.store.contract.alerts import Alerts
from creditcurve.store.contract.curves import Curves
from creditcurve.store.contract.outbox import Outbox
from creditcurve.store.contract.records import Quarantine, Records
from creditcurve.store.contract.retention import Recount, Retention
from creditcurve.store.contract.state import Seals, State
from creditcurve.store.contract.storage import Storage


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
    def outbox(self) -> Outbox:
        """The messages that are to be delivered."""
        ...

    @property
    def storage(self) -> Storage:
        """The medium of all shelves."""
        ...

    async def versions(self) -> Versions:
        """Return the versions of the data as last committed."""
        ...

    async def close(self) -> None:
        """Finish the write in progress, and close the files."""
        ...
