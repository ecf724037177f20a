"""The one object that a running application keeps for reports on itself."""

import contextlib
import logging

from msgspec import Struct

from creditcurve.clocks import Clock
from creditcurve.diagnostics.lines import LogLine, RecentLines
from creditcurve.diagnostics.redaction import Redactor
from creditcurve.diagnostics.stalls import Stalls, StallWatch

log = logging.getLogger("creditcurve")


class Diagnostics(Struct, frozen=True):
    """The newest log lines, the stalls of the event loop, and the time since the start.

    Attributes:
        redact: removes from a text what identifies a person or a machine.
    """

    redact: Redactor
    clock: Clock
    started_s: float
    lines: RecentLines
    watch: StallWatch | None

    @classmethod
    def create(cls, redact: Redactor, clock: Clock, lines: RecentLines) -> "Diagnostics":
        """Start the time; stalls are watched at log level debug only."""
        watch = StallWatch() if log.isEnabledFor(logging.DEBUG) else None
        return cls(redact, clock, clock.monotonic_s(), lines, watch)

    @property
    def uptime_s(self) -> int:
        """The whole seconds since the start."""
        return round(self.clock.monotonic_s() - self.started_s)

    @property
    def stalls(self) -> Stalls | None:
        """The stalls so far; None if they are not watched."""
        return None if self.watch is None else self.watch.stalls

    def newest_lines(self) -> tuple[LogLine, ...]:
        """Return the newest log lines, redacted, oldest first."""
        return tuple(line.with_message(self.redact(line.message)) for line in self.lines.newest())

    def watching(self) -> contextlib.AbstractContextManager[None]:
        """Watch the running event loop, at log level debug."""
        return contextlib.nullcontext() if self.watch is None else self.watch.watching()
