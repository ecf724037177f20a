"""The store's methods for removing records and for counting others."""

from typing import Protocol

from creditcurve.domain.retention import Horizon
from creditcurve.store.values.retention import RecountProgress, Removable


class Retention(Protocol):
    """The removal of old records, whose sums are kept."""

    @property
    def horizon(self) -> Horizon:
        """The moment before which only sums are known."""
        ...

    async def removable(self, days: int) -> Removable:
        """Return what keeping single records for so many days would remove."""
        ...

    async def prune(self, days: int, *, limit: int = ...) -> bool:
        """Remove the oldest records older than so many days; False if there were none.

        One call removes about ``limit`` records, and always whole hours, so that a poll does not
        wait for the whole removal.
        """
        ...


class Recount(Protocol):
    """The change of all sums after a change of what counts."""

    @property
    def progress(self) -> RecountProgress | None:
        """How far it has come; None while the sums are those of the settings."""
        ...

    async def advance(self, *, limit: int = ...) -> bool:
        """Do one step of about ``limit`` records; False if there is nothing left to do.

        Until the last step all views show the previous sums; after it, all show the new ones.
        """
        ...
