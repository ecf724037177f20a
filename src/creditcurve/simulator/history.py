"""The usage that a simulated site reports: generated from a seed, and rows that are added."""

import bisect
import json
from collections.abc import Iterable
from typing import Final, NotRequired, Self, TypedDict, Unpack

from creditcurve.domain.instant import from_iso, to_iso
from creditcurve.simulator.rhythm import BLOCK_MS, Charge, Rhythm

Row = dict[str, object]
"""One usage row, as the site writes it."""

_KNOWN_ID: Final = 11_048_661
_KNOWN_MS: Final = 1_756_129_184_230
_IDS_PER_S: Final = 7.5
"""Ids of the site rise by about 7,618 in 1,013 s: all users share one sequence."""


class ChargeFields(TypedDict):
    """The fields of ``History.add``; all but the time have defaults."""

    t_ms: int
    credits: NotRequired[int | float | str]
    model: NotRequired[str]
    type: NotRequired[str]
    endpoint: NotRequired[str]
    status: NotRequired[int]
    api_key: NotRequired[str | None]


class History:
    """Rows by time: generated rows appear when their time comes, added rows at once."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._times: list[int] = []
        self._rows: list[Row] = []
        self._added: dict[str, tuple[int, Row]] = {}
        self._last_id = 0
        self._seed: int | None = None
        self._hours = 0
        self._start_ms: int | None = None
        self._rhythm: Rhythm | None = None
        self._blocks = 0
        for row in rows:
            self.put(row)

    @classmethod
    def generated(cls, seed: int, hours: int = 24, *, start_ms: int | None = None) -> Self:
        """Return the usage of a developer: ``hours`` before the start, and new rows after it.

        Args:
            seed: equal seeds and starts give equal histories.
            hours: hours of past usage.
            start_ms: where past and present meet; by default at the first call of ``until``.
        """
        history = cls()
        history._seed, history._hours, history._start_ms = seed, hours, start_ms
        return history

    def add(self, id: int | None = None, **fields: Unpack[ChargeFields]) -> Row:  # noqa: A002 - the row's own name for it
        """Add a request and return its row."""
        return self.put(
            _row(Charge(**fields), id if id is not None else self._next_id(fields["t_ms"]))
        )

    def put(self, row: Row) -> Row:
        """Add a row; it replaces the added row with the same id."""
        self._added[repr(row.get("id"))] = (_time_of(row), row)
        return row

    def until(
        self, now_ms: int, *, since_ms: int | None = None, limit: int | None = None
    ) -> list[Row]:
        """Return the rows after ``since_ms`` up to now, newest first, at most ``limit``."""
        self._grow(now_ms)
        low = 0 if since_ms is None else bisect.bisect_right(self._times, since_ms)
        high = bisect.bisect_right(self._times, now_ms)
        if limit is not None:
            low = max(low, high - limit)
        found = list(zip(self._times[low:high], self._rows[low:high], strict=True))
        # A copy: another thread may be adding rows.
        added = list(self._added.values())
        found += [each for each in added if since_ms is None or each[0] > since_ms]
        found.sort(key=lambda each: (each[0], _order(each[1])), reverse=True)
        return [row for _, row in found[:limit]]

    def _grow(self, now_ms: int) -> None:
        if self._seed is None:
            return
        if self._rhythm is None:
            start_ms = now_ms if self._start_ms is None else self._start_ms
            self._start_ms = start_ms
            self._rhythm = Rhythm(self._seed, start_ms)
            self._record(self._rhythm.past(self._hours))
        while self._start_ms is not None and self._start_ms + self._blocks * BLOCK_MS <= now_ms:
            self._record(self._rhythm.block(self._blocks))
            self._blocks += 1

    def _record(self, charges: Iterable[Charge]) -> None:
        for charge in charges:
            self._times.append(charge.t_ms)
            self._rows.append(_row(charge, self._next_id(charge.t_ms)))

    def _next_id(self, t_ms: int) -> int:
        """Return the site's sequence at that time; ids are unique."""
        self._last_id = max(id_at(t_ms), self._last_id + 1)
        return self._last_id


def id_at(t_ms: int) -> int:
    """Return the number that the site's sequence has reached at a time."""
    return _KNOWN_ID + int((t_ms - _KNOWN_MS) * _IDS_PER_S / 1000)


def encoded(rows: list[Row]) -> bytes:
    """Return rows as the site encodes them: compact, in their order."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def _row(charge: Charge, number: int) -> Row:
    row: Row = {
        "id": number,
        "type": charge.type,
        "endpoint": charge.endpoint,
        "statusCode": charge.status,
        "creditsUsed": charge.credits,
        "createdAt": to_iso(charge.t_ms),
        "model": charge.model,
    }
    return row if charge.api_key is None else row | {"apiKeyLabel": charge.api_key}


def _time_of(row: Row) -> int:
    try:
        return from_iso(str(row.get("createdAt")))
    except ValueError:
        return 0


def _order(row: Row) -> int:
    number = row.get("id")
    return number if isinstance(number, int) else 0
