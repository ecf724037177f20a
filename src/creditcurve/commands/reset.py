"""Reset: use the day's credit reset."""

from creditcurve.collecting.reset import Resets
from creditcurve.domain.reset import Initiator, ResetEntry


class ResetCommand:
    """Uses a reset for the user."""

    def __init__(self, resets: Resets) -> None:
        self._resets = resets

    async def __call__(self) -> ResetEntry:
        """Use a reset now.

        Raises:
            CookieNotUsableError, UpstreamError, StoreUnavailableError: as ``Resets.use``.
            ResetNotAvailableError, ResetSpentError, ResetDoubtfulError: as ``Resets.use``.
        """
        return await self._resets.use(Initiator.USER)
