"""Gaps and versions: what depends on the stored data and the present moment together."""

import apsw
import msgspec

from creditcurve.clocks import Clock
from creditcurve.domain import coverage as rules
from creditcurve.domain.coverage import Gap, GapKind
from creditcurve.domain.versions import Versions
from creditcurve.store.sqlite import coverage, stored_values
from creditcurve.store.sqlite import versions as counters


class Present:
    """Reads gaps and versions within the transaction of an answer.

    The stored version of the coverage counts the changes of spans. The one that answers report is
    twice that count, plus one once the next poll is overdue: then the time since the last poll is a
    gap although nothing was written.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._overdue_at = -1

    def now_ms(self) -> int:
        """Return the present moment, ms since 1970."""
        return self._clock.now_ms()

    def gaps(self, connection: apsw.Connection, from_ms: int, to_ms: int) -> tuple[Gap, ...]:
        """Return the gaps of a range; no gap extends past now."""
        return self._gaps(connection, from_ms, to_ms, self._clock.now_ms())

    def versions(self, connection: apsw.Connection) -> Versions:
        """Return the versions of the data that the transaction reads."""
        return self._versions(connection, self._clock.now_ms())

    def gaps_and_versions(
        self, connection: apsw.Connection, from_ms: int, to_ms: int
    ) -> tuple[tuple[Gap, ...], Versions]:
        """Return both as of the same moment."""
        now_ms = self._clock.now_ms()
        return self._gaps(connection, from_ms, to_ms, now_ms), self._versions(connection, now_ms)

    def end_overdue(self, connection: apsw.Connection) -> None:
        """Give the coverage a new version if answers have reported the next poll as overdue."""
        if counters.get(connection).coverage == self._overdue_at:
            counters.advance_coverage(connection)

    def _gaps(
        self, connection: apsw.Connection, from_ms: int, to_ms: int, now_ms: int
    ) -> tuple[Gap, ...]:
        return rules.gaps(
            coverage.spans_of(connection),
            from_ms=from_ms,
            to_ms=to_ms,
            now_ms=now_ms,
            interval_s=stored_values.settings(connection).poll_interval_s,
            paused_by=GapKind.SCHEDULED
            if stored_values.link(connection).is_scheduled
            else GapKind.NOT_COLLECTING,
        )

    def _versions(self, connection: apsw.Connection, now_ms: int) -> Versions:
        stored = counters.get(connection)
        is_overdue = rules.is_overdue(
            coverage.last_span(connection),
            now_ms=now_ms,
            interval_s=stored_values.settings(connection).poll_interval_s,
        )
        if is_overdue:
            self._overdue_at = stored.coverage
        # Once reported as overdue, it stays so, even if the clock is set back: clients would
        # otherwise wait for the higher version for ever.
        was_overdue = self._overdue_at == stored.coverage
        return msgspec.structs.replace(stored, coverage=2 * stored.coverage + was_overdue)
