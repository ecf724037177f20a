"""Why a reset has no good result."""

from creditcurve.domain.reset import ResetEntry


class ResetNotAvailableError(Exception):
    """Nothing was used: the site offers no reset, or does not report its state at present."""


class ResetSpentError(Exception):
    """Nothing was used: no reset remains today."""


class ResetDoubtfulError(Exception):
    """The site was asked, and no readable answer came; ``entry`` contains the known facts."""

    def __init__(self, entry: ResetEntry) -> None:
        super().__init__(entry.state.value)
        self.entry = entry


class ResetNotDueError(Exception):
    """Nothing was used: the state that was just read makes no automatic reset due."""
