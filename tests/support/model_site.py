"""A site that knows every row it ever made, and what each of its answers showed of them.

The client that asks it is the real one, with real bodies to read; only the wire between the two is
left out, so that thousands of polls take seconds. It is cut, late, doubled, out of order, silent or
failing as it is told, and answers ``hours`` in every way a site could.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from random import Random
from urllib.parse import parse_qs, urlsplit

import msgspec

from creditcurve.clocks import Clock
from creditcurve.domain.instant import to_iso
from creditcurve.simulator.history import Row, encoded
from creditcurve.upstream import UpstreamClient
from creditcurve.upstream.transport import Headers, Reply, Transport

HOUR_MS = 3_600_000


class Hours(StrEnum):
    """What the site makes of ``?hours=24``."""

    HONOURED = "honoured"
    IGNORED = "ignored"
    REFUSED = "refused"
    CUT = "cut to twice the newest rows"
    STALE = "as it was a while ago"
    OLDER = "the oldest rows of the day alone"
    EMPTY = "no row at all"


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A row as it now stands at the site."""

    id: int
    t_ms: int
    credits: int
    model: str = "opus"
    type: str = "USAGE"
    status: int = 200

    @property
    def counts(self) -> bool:
        """Whether it belongs to the curve."""
        return self.type == "USAGE"

    def row(self) -> Row:
        """The row as the site writes it."""
        return {
            "id": self.id,
            "type": self.type,
            "endpoint": "v1/messages",
            "statusCode": self.status,
            "creditsUsed": self.credits,
            "createdAt": to_iso(self.t_ms),
            "model": self.model,
        }


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One good answer: when it was asked for, and its rows in the order they were written."""

    at_ms: int
    rows: tuple[Made, ...]
    is_back_fill: bool


class ModelSite:
    """The site.

    Attributes:
        rows: every row it ever made, by its id.
        told: every good answer it gave.
        limit: its answers are cut to the newest so many rows; None: never.
        hours: what it makes of ``hours``.
        order: the seed by which it shuffles and doubles an answer's rows; None: newest first.
        is_silent: it answers with no row at all, whatever it has.
        is_failing: it answers no plain call.
    """

    def __init__(self, clock: Clock) -> None:
        self.rows: dict[int, Made] = {}
        self.told: list[Told] = []
        self.limit: int | None = None
        self.hours = Hours.HONOURED
        self.order: int | None = None
        self.is_silent = False
        self.is_failing = False
        self._clock = clock
        self._former: dict[int, Made] = {}

    def make(self, t_ms: int, credits_: int, model: str) -> Made:
        """One more row."""
        made = Made(id=len(self.rows) + 1, t_ms=t_ms, credits=credits_, model=model)
        self.rows[made.id] = made
        return made

    def change(self, changed: Made) -> None:
        """A row is not what it was; its former self may still come along in an answer."""
        self._former[changed.id] = self.rows[changed.id]
        self.rows[changed.id] = changed

    def get(self, hours: int | None) -> Reply:
        """Answer a call for usage."""
        if hours is None and self.is_failing:
            return Reply(502, (), b"")
        if hours is not None and self.hours is Hours.REFUSED:
            return Reply(400, (), b'{"error":"Bad Request"}')
        rows = self._written(self._answer(hours))
        told = Told(at_ms=self._clock.now_ms(), rows=rows, is_back_fill=hours is not None)
        self.told.append(told)
        return Reply(200, (), encoded([made.row() for made in rows]))

    def _answer(self, hours: int | None) -> Sequence[Made]:
        """What is answered, newest first."""
        newest = sorted(self.rows.values(), key=lambda made: (made.t_ms, made.id), reverse=True)
        if self.is_silent:
            return ()
        if hours is None or self.hours is Hours.IGNORED:
            return newest[: self.limit]
        since_ms = self._clock.now_ms() - hours * HOUR_MS
        day = [made for made in newest if made.t_ms > since_ms]
        others = {
            Hours.CUT: day if self.limit is None else day[: 2 * self.limit],
            Hours.STALE: day[len(day) // 3 :],
            Hours.OLDER: day[-3:],
            Hours.EMPTY: [],
        }
        return others.get(self.hours, day)

    def _written(self, rows: Iterable[Made]) -> tuple[Made, ...]:
        if self.order is None:
            return tuple(rows)
        chance = Random(self.order)
        written = list(rows)
        written += [self._former.get(made.id, made) for made in written if chance.random() < 0.3]
        chance.shuffle(written)
        return tuple(written)


class ModelClient(UpstreamClient):
    """The real client, to a site that is a part of the test."""

    def __init__(self, site: ModelSite, clock: Clock) -> None:
        super().__init__("http://127.0.0.1:1", clock=clock)
        self._site = site

    def _make_transport(self) -> Transport:
        return _Wire(self._site)


class _Wire(Transport):
    def __init__(self, site: ModelSite) -> None:
        self._site = site

    async def get(self, url: str, headers: Headers) -> Reply:  # noqa: ARG002 - they are told elsewhere
        hours = parse_qs(urlsplit(url).query).get("hours")
        return self._site.get(None if hours is None else int(hours[0]))

    async def aclose(self) -> None:
        """Nothing is open."""
