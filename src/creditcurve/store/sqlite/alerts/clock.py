"""Changes of the wall clock: open episodes move with it, so that their durations stay true."""

from typing import Final

import apsw
import msgspec

from creditcurve.domain.instant import MINUTE_MS
from creditcurve.store.sqlite import stored_values
from creditcurve.store.values.polling import Observed

MAX_DRIFT_MS: Final = MINUTE_MS // 2
_CLOCK: Final = "alert_clock"


class SeenClock(msgspec.Struct, frozen=True):
    """The difference between wall clock and elapsed time, in one run of the program."""

    run: str
    offset_ms: int


def shift_ms(connection: apsw.Connection, observed: Observed) -> int:
    """Return how far the wall clock was set since it was last noted; 0 for a slow drift."""
    seen, present = stored_values.get(connection, _CLOCK, SeenClock), _clock_of(observed)
    if seen is None or seen.run != present.run:
        return 0
    shift = present.offset_ms - seen.offset_ms
    return shift if abs(shift) > MAX_DRIFT_MS else 0


def is_noted(connection: apsw.Connection, observed: Observed) -> bool:
    """Return whether the clock of this run was noted and has not been set since."""
    seen = stored_values.get(connection, _CLOCK, SeenClock)
    is_same_run = seen is not None and seen.run == observed.run
    return is_same_run and not shift_ms(connection, observed)


def note(connection: apsw.Connection, observed: Observed) -> None:
    """Store the clock as it is now."""
    stored_values.put(connection, _CLOCK, _clock_of(observed))


def _clock_of(observed: Observed) -> SeenClock:
    return SeenClock(observed.run, observed.now_ms - observed.elapsed_ms)
