"""The view of the link to the site, and of its pace."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from creditcurve.api.http.instants import Instant, iso_or_none
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.pace import catching_up_s


class PaceView(Struct, frozen=True, kw_only=True):
    """Polls run more often than set: an answer did not reach back to the previous one."""

    reason: Literal["catching_up"]
    interval_s: int


class LinkView(Struct, frozen=True, kw_only=True):
    """The connection to the site: its state, the reason, since when, and the next poll.

    ``pace`` is null while polls run at the configured interval.
    """

    state: LinkState
    code: str | None
    detail: str | None
    since: Instant | None
    last_attempt_at: Instant | None
    last_success_at: Instant | None
    next_poll_at: Instant | None
    next_change_at: Annotated[
        Instant | None,
        Meta(description="With code `scheduled`: when the timetable starts polls again."),
    ]
    pace: PaceView | None

    @classmethod
    def of(cls, link: Link, *, interval_s: int) -> "LinkView":
        """Return the view of a link, at the poll interval of the settings."""
        pace_s = catching_up_s(link, interval_s)
        return cls(
            state=link.state,
            code=link.code,
            detail=link.detail,
            since=iso_or_none(link.since_ms),
            last_attempt_at=iso_or_none(link.last_attempt_ms),
            last_success_at=iso_or_none(link.last_success_ms),
            next_poll_at=iso_or_none(link.next_poll_ms),
            next_change_at=iso_or_none(link.next_change_ms),
            pace=None if pace_s is None else PaceView(reason="catching_up", interval_s=pace_s),
        )
