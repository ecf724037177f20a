"""A site that remembers every row it made, and which rows each of its answers contained.

The real client asks it and parses real bodies; only the network between them is left out, so that
thousands of polls take seconds. Its answers can be cut, late, duplicated, shuffled, empty or
failing, and it treats ``hours`` in every way a site could.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from random import Random
from urllib.parse import parse_qs, urlsplit

import msgspec

from creditcurve.clocks import Clock
from creditcurve.domain.instant import to_iso
from creditcurve.simulator.history import Row, encoded
from creditcurve.upstream.client import UpstreamClient
from creditcurve.upstream.exchange import Network
from creditcurve.upstream.reply import Headers, Reply
from creditcurve.upstream.transport import Transport

HOUR_MS = 3_600_000


class Hours(StrEnum):
    """How the site treats ``?hours=24``."""

    HONOURED = "honoured"
    IGNORED = "ignored"
    REFUSED = "refused"
    CUT = "cut to twice the newest rows"
    STALE = "without the newest rows"
    OLDER = "only the oldest rows of the day"
    EMPTY = "no rows"


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A row in its current form."""

    id: int
    t_ms: int
    credits: int
    model: str = "opus"
    type: str = "USAGE"
    status: int = 200

    @property
    def counts(self) -> bool:
        """True if it is part of the curve."""
        return self.type == "USAGE"

    def row(self) -> Row:
        """Return the row in the site's JSON form."""
        return {
            "id": self.id,
            "type": self.type,
            "endpoint": "v1/messages",
            "statusCode": self.status,
            "creditsUsed": self.credits,
            "createdAt": to_iso(self.t_ms),
            "model": self.model,
        }


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """One good answer: when it was asked for, and its rows in their order."""

    at_ms: int
    rows: tuple[Made, ...]
    is_back_fill: bool


class ModelSite:
    """The site.

    Attributes:
        rows: every row it made, by its id.
        answers: every good answer it gave.
        limit: the number of rows that an answer is cut to; None does not cut.
        hours: how it treats ``hours``.
        order: the seed for shuffling and duplicating rows; None answers newest first.
        is_silent: True if it answers without rows.
        is_failing: True if it answers calls without ``hours`` with 502.
    """

    def __init__(self, clock: Clock) -> None:
        self.rows: dict[int, Made] = {}
        self.answers: list[Answered] = []
        self.limit: int | None = None
        self.hours = Hours.HONOURED
        self.order: int | None = None
        self.is_silent = False
        self.is_failing = False
        self._clock = clock
        self._former: dict[int, Made] = {}

    def make(self, t_ms: int, credits_: int, model: str) -> Made:
        """Add a row."""
        made = Made(id=len(self.rows) + 1, t_ms=t_ms, credits=credits_, model=model)
        self.rows[made.id] = made
        return made

    def change(self, changed: Made) -> None:
        """Change a row; its former version may still be in an answer, as a duplicate."""
        self._former[changed.id] = self.rows[changed.id]
        self.rows[changed.id] = changed

    def get(self, hours: int | None) -> Reply:
        """Answer a call for usage."""
        if hours is None and self.is_failing:
            return Reply(502, (), b"")
        if hours is not None and self.hours is Hours.REFUSED:
            return Reply(400, (), b'{"error":"Bad Request"}')
        rows = self._in_order(self._answer(hours))
        self.answers.append(
            Answered(at_ms=self._clock.now_ms(), rows=rows, is_back_fill=hours is not None)
        )
        return Reply(200, (), encoded([made.row() for made in rows]))

    def _answer(self, hours: int | None) -> Sequence[Made]:
        """Return the rows of an answer, newest first."""
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

    def _in_order(self, rows: Iterable[Made]) -> tuple[Made, ...]:
        if self.order is None:
            return tuple(rows)
        chance = Random(self.order)
        shuffled = list(rows)
        shuffled += [self._former.get(made.id, made) for made in shuffled if chance.random() < 0.3]
        chance.shuffle(shuffled)
        return tuple(shuffled)


def model_client(site: ModelSite, clock: Clock) -> UpstreamClient:
    """Return the real client, connected to a ``ModelSite``."""
    return UpstreamClient("http://site.invalid", clock=clock, network=_DirectNetwork(site=site))


class _DirectNetwork(Network, frozen=True, kw_only=True):
    site: ModelSite

    def transport(self) -> Transport:
        """Return a connection to the model."""
        return _DirectTransport(self.site)


class _DirectTransport(Transport):
    def __init__(self, site: ModelSite) -> None:
        self._site = site

    async def get(self, url: str, headers: Headers) -> Reply:  # noqa: ARG002 - the interface has them
        hours = parse_qs(urlsplit(url).query).get("hours")
        return self._site.get(None if hours is None else int(hours[0]))

    async def aclose(self) -> None:
        """Do nothing: no connection is open."""
