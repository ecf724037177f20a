"""Resets for everybody who asks: attempts that come together are one."""

import asyncio
from collections.abc import Callable

from creditcurve.collecting.reset.attempt import ResetAttempt
from creditcurve.collecting.reset.journal import ResetJournal
from creditcurve.domain.reset import Initiator, ResetEntry, ResetState


class Resets:
    """Uses credit resets, one at a time."""

    def __init__(self, *, attempt: ResetAttempt, journal: ResetJournal) -> None:
        self._attempt = attempt
        self._journal = journal
        self._flight: asyncio.Task[ResetEntry] | None = None

    async def use(self, by: Initiator, is_due: Callable[[], bool] = lambda: True) -> ResetEntry:
        """Use a reset; calls that come together share one.

        Args:
            by: who asks for it.
            is_due: checked once more after the state was read.

        Raises:
            CookieNotUsableError: there is no cookie to call with.
            ResetNotAvailableError, ResetSpentError, ResetNotDueError: nothing was used.
            ResetDoubtfulError: it is unknown whether it was used.
            UpstreamError: the site refused it.
            StoreUnavailableError: nothing was used, as it could not be stored.
        """
        if self._flight is None or self._flight.done():
            self._flight = asyncio.create_task(self._attempt(by, is_due), name="credit reset")
            self._flight.add_done_callback(_retrieve_exception)
        return await asyncio.shield(self._flight)

    async def resolve_interrupted(self) -> None:
        """Mark resets whose answer a stop of the program lost; none is asked for again."""
        for entry in self._journal.newest:
            if entry.state is ResetState.ASKED:
                await self._journal.end(entry, state=ResetState.DOUBTFUL)

    async def close(self) -> None:
        """Cancel the reset that is running, if any; its entry says that its answer was lost."""
        if self._flight is not None and not self._flight.done():
            self._flight.cancel()
            await asyncio.gather(self._flight, return_exceptions=True)


def _retrieve_exception(flight: asyncio.Task[ResetEntry]) -> None:
    """Avoid asyncio's warning for a flight without waiters: the log contains the result."""
    if not flight.cancelled():
        flight.exception()
