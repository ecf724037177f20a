"""Instants: their types in bodies and answers, and reading them from a query."""

from typing import Annotated

from msgspec import Meta

from creditcurve.api.http.problems import invalid
from creditcurve.domain.instant import from_iso, to_iso

Instant = Annotated[str, Meta(description="ISO 8601, UTC, with milliseconds and Z.")]
TimeMs = Annotated[int, Meta(description="Milliseconds since 1970, UTC.")]
QueryInstant = Annotated[str, Meta(description="ISO 8601 with a zone, or ms since 1970.")]

_LAST_MS = 253_402_300_799_999
"""The end of the year 9999, the last instant with an ISO 8601 form."""


def iso_or_none(t_ms: int | None) -> Instant | None:
    """Return an instant as text."""
    return None if t_ms is None else to_iso(t_ms)


def read_instant(field: str, text: str) -> int:
    """Parse ISO 8601 with a zone, or milliseconds since 1970.

    Raises:
        ProblemError: 422 with the field's name.
    """
    if text.isascii() and text.isdigit() and len(text) <= len(str(_LAST_MS)):
        t_ms = int(text)
    else:
        try:
            t_ms = from_iso(text)
        except (ValueError, OverflowError) as error:
            raise invalid(field, f"{field} is {_reason(error)}.") from error
    if not 0 <= t_ms <= _LAST_MS:
        raise invalid(field, f"{field} is outside the years 1970 to 9999.")
    return t_ms


def optional_instant(field: str, text: str | None) -> int | None:
    """Parse an instant if one is given."""
    return None if text is None else read_instant(field, text)


def read_bounds(start: str | None, end: str | None) -> tuple[int | None, int | None]:
    """Parse ``from`` and ``to``, both optional.

    Raises:
        ProblemError: 422 with the field's name.
    """
    from_ms, to_ms = optional_instant("from", start), optional_instant("to", end)
    if from_ms is not None and to_ms is not None and from_ms >= to_ms:
        raise invalid("from", "from must be before to.")
    return from_ms, to_ms


def _reason(error: Exception) -> str:
    text = str(error)
    return text if text.startswith("not an") else "an instant that does not exist"
