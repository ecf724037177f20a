"""The range of time that the queries of several calls begin with."""

from msgspec import Struct

from creditcurve.api.http.instants import QueryInstant, read_instant
from creditcurve.api.http.problems import invalid
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.settings import RangeHours


class RangeQuery(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"start": "from", "end": "to"},
):
    """The last ``hours`` hours, or ``from`` and ``to``."""

    hours: RangeHours | None = None
    start: QueryInstant | None = None
    end: QueryInstant | None = None

    def read(self, now_ms: int, *, default_hours: int) -> tuple[int, int]:
        """Return the range ``[from, to)`` in ms.

        Raises:
            ProblemError: 422 with the field's name.
        """
        if self.hours is not None and (self.start is not None or self.end is not None):
            raise invalid("hours", "Give either hours, or from and to.")
        to_ms = now_ms if self.end is None else read_instant("to", self.end)
        if self.start is None:
            return to_ms - (self.hours or default_hours) * HOUR_MS, to_ms
        from_ms = read_instant("from", self.start)
        if from_ms >= to_ms:
            raise invalid("from", "from must be before to.")
        return from_ms, to_ms
