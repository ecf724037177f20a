"""The morning digest: a day's credits by model and by API key, beside the usual ones."""

from collections.abc import Sequence
from typing import Final

import msgspec

from creditcurve.domain.credits import Credits
from creditcurve.domain.day import Day
from creditcurve.domain.median import median_low
from creditcurve.domain.usual import MIN_SAMPLES, class_of

COMPLETE: Final = 0.95
"""A day that is known less completely is no sample of the usual."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """The credits of one model or API key; ``usual`` is None without enough past days."""

    key: str
    v: Credits
    n: int
    usual: Credits | None = None


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """A day.

    Attributes:
        date: ISO 8601.
        from_ms: its midnight.
        to_ms: the next midnight.
        total: credits.
        requests: counted requests.
        usual: the usual credits of such a day; None without enough past days.
        complete: the share of the day without a gap, 0 to 1.
        models: most credits first.
        keys: most credits first; records without a key are the line ``""``.
        balance: the present balance.
        empty_ms: when it is expected to be empty.
    """

    date: str
    from_ms: int
    to_ms: int
    total: Credits
    requests: int
    usual: Credits | None
    complete: float
    models: tuple[Line, ...]
    keys: tuple[Line, ...]
    balance: Credits | None = None
    empty_ms: int | None = None


def digest_of(by_model: Sequence[Day], by_key: Sequence[Day]) -> Digest:
    """Return the digest of the last day, compared with those before it.

    Args:
        by_model: at least one day, oldest first.
        by_key: the same days.
    """
    *_, day = by_model
    return Digest(
        date=day.date.isoformat(),
        from_ms=day.from_ms,
        to_ms=day.to_ms,
        total=day.total,
        requests=day.requests,
        usual=_usual([one.total for one in _alike(by_model)]),
        complete=day.complete or 0.0,
        models=_lines(by_model),
        keys=_lines(by_key),
    )


def _lines(days: Sequence[Day]) -> tuple[Line, ...]:
    *_, day = days
    past = [{one.key: one.v for one in before.series} for before in _alike(days)]
    return tuple(
        Line(
            key=one.key,
            v=one.v,
            n=one.n,
            usual=_usual([amounts.get(one.key, 0) for amounts in past]),
        )
        for one in day.series
    )


def _alike(days: Sequence[Day]) -> list[Day]:
    """Return the complete days before the last one that are of its class."""
    *before, day = days
    day_class = class_of(day.date)
    return [
        one
        for one in before
        if class_of(one.date) is day_class and (one.complete or 0.0) >= COMPLETE
    ]


def _usual(amounts: Sequence[Credits]) -> Credits | None:
    return median_low(amounts) if len(amounts) >= MIN_SAMPLES else None
