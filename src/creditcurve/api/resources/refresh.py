"""Poll now."""

from msgspec import Struct

from creditcurve.api.http.codes import UPSTREAM_CODES, ProblemCode
from creditcurve.api.http.endpoint import refuses
from creditcurve.api.http.instants import Instant
from creditcurve.api.state import AppState
from creditcurve.domain.instant import to_iso


class RefreshView(Struct, frozen=True, kw_only=True):
    """How many records a poll stored and updated."""

    new: int
    updated: int
    at: Instant


@refuses(ProblemCode.NO_COOKIE, ProblemCode.COOKIE_INVALID, *UPSTREAM_CODES)
async def refresh(app: AppState) -> RefreshView:
    """Poll the site now, also while collecting is off; concurrent calls share one poll."""
    polled = await app.commands.refresh()
    return RefreshView(new=polled.new, updated=polled.updated, at=to_iso(polled.at_ms))
