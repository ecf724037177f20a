"""Credit resets: the state is read first, then the site is asked once, then the balance is read.

A reset is stored before the call. An answer that is lost is never repaired by a second call: not in
this run, and not after a restart.
"""

from creditcurve.collecting.reset.attempt import ResetAttempt
from creditcurve.collecting.reset.automatic import AutomaticResets
from creditcurve.collecting.reset.errors import (
    ResetDoubtfulError,
    ResetNotAvailableError,
    ResetNotDueError,
    ResetSpentError,
)
from creditcurve.collecting.reset.journal import ResetJournal
from creditcurve.collecting.reset.resets import Resets

__all__ = [
    "AutomaticResets",
    "ResetAttempt",
    "ResetDoubtfulError",
    "ResetJournal",
    "ResetNotAvailableError",
    "ResetNotDueError",
    "ResetSpentError",
    "Resets",
]
