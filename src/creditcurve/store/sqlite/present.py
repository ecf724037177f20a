"""Gaps and versions as of a moment: stored coverage, the clock and the poll interval together."""

import apsw

from creditcurve.domain import coverage as rules
from creditcurve.domain.coverage import Gap
from creditcurve.domain.versions import Versions
from creditcurve.store.sqlite import coverage, stored_values
from creditcurve.store.sqlite import versions as counters


def gaps(connection: apsw.Connection, *, from_ms: int, to_ms: int, now_ms: int) -> tuple[Gap, ...]:
    """Return the gaps of a range; no gap extends past now."""
    return rules.gaps(
        coverage.spans_of(connection),
        from_ms=from_ms,
        to_ms=to_ms,
        now_ms=now_ms,
        interval_s=stored_values.settings(connection).poll_interval_s,
    )


def versions(connection: apsw.Connection, *, now_ms: int) -> Versions:
    """Return the versions of the data that the connection's transaction reads."""
    return counters.read(
        connection,
        coverage.last_span(connection),
        now_ms=now_ms,
        interval_s=stored_values.settings(connection).poll_interval_s,
    )
