"""The link: the state of the connection to the site, and how it follows from each outcome.

Pure rules. ``collecting.connection`` applies them and stores the result; ``domain.pace`` has the
rules for the time until the next poll.
"""

from enum import StrEnum
from typing import Final

import msgspec

from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.fault import Fault, FaultKind
from creditcurve.domain.settings import Settings

FORBIDDEN_LIMIT: Final = 3
"""Collecting is switched off after this many 403s in a row: more calls would not help."""


SCHEDULED: Final = "scheduled"
"""The code of a link that is off because of the timetable."""


class LinkState(StrEnum):
    """The state of the connection to the site."""

    OFF = "off"
    NO_COOKIE = "no_cookie"
    OK = "ok"
    DEGRADED = "degraded"
    BLOCKED = "blocked"
    COOKIE_INVALID = "cookie_invalid"
    STORAGE_ERROR = "storage_error"


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """The state of the connection, with its reason and times (ms since 1970).

    Attributes:
        state: the state.
        code: which fault it is; None where there is no fault.
        detail: one sentence about the fault.
        since_ms: when the state began.
        last_attempt_ms: when the last call ended.
        last_success_ms: when the last good answer came.
        next_poll_ms: when the next poll is due, for display: the schedule itself uses the
            monotonic clock.
        failures: failed calls in a row.
        refusals: 403s in a row.
        challenges: firewall challenges in a row.
        speedup: how often the poll interval is halved because answers did not overlap. The first
            release stored it as ``haste``, and so does this one.
        next_change_ms: when the timetable starts polls again; None if it has not paused them.
        was_scheduled: whether the timetable paused polls before the next good one.
    """

    state: LinkState = LinkState.OFF
    code: str | None = None
    detail: str | None = None
    since_ms: int | None = None
    last_attempt_ms: int | None = None
    last_success_ms: int | None = None
    next_poll_ms: int | None = None
    failures: int = 0
    refusals: int = 0
    challenges: int = 0
    speedup: int = msgspec.field(default=0, name="haste")
    next_change_ms: int | None = None
    was_scheduled: bool = False

    @property
    def is_scheduled(self) -> bool:
        """Whether the timetable pauses polls."""
        return self.state is LinkState.OFF and self.code == SCHEDULED


def idle_state(settings: Settings, cookie: CookieStatus) -> LinkState | None:
    """Return why no automatic call is made, or None where calls are made."""
    if cookie.state in (CookieState.MISSING, CookieState.UNREADABLE):
        return LinkState.NO_COOKIE
    if cookie.state is CookieState.INVALID:
        return LinkState.COOKIE_INVALID
    if not settings.collecting:
        return LinkState.OFF
    return None


def succeeded(link: Link, *, at_ms: int, pause_s: float, collecting: bool) -> Link:
    """Return the link after a good answer."""
    state = LinkState.OK if collecting else LinkState.OFF
    return Link(
        state=state,
        since_ms=_since_ms(link, state, at_ms),
        last_attempt_ms=at_ms,
        last_success_ms=at_ms,
        next_poll_ms=_after(at_ms, pause_s) if collecting else None,
        speedup=link.speedup if collecting else 0,
    )


def failed(link: Link, fault: Fault, *, at_ms: int, pause_s: float, collecting: bool) -> Link:
    """Return the link after a failed call that does not concern the cookie."""
    state = LinkState.BLOCKED if fault.kind is FaultKind.FIREWALL else LinkState.DEGRADED
    if not collecting:
        state = LinkState.OFF
    is_same = link.state is state and link.code == fault.code
    return Link(
        state=state,
        code=fault.code,
        detail=fault.detail,
        since_ms=link.since_ms if is_same else at_ms,
        last_attempt_ms=at_ms,
        last_success_ms=link.last_success_ms,
        next_poll_ms=_after(at_ms, pause_s) if collecting else None,
        failures=link.failures + 1,
        refusals=link.refusals + 1 if fault.kind is FaultKind.FORBIDDEN else 0,
        challenges=link.challenges + 1 if fault.kind is FaultKind.FIREWALL else 0,
        speedup=link.speedup,
        was_scheduled=link.was_scheduled,
    )


def switched_off(link: Link) -> Link:
    """Return the link after too many 403s: off, with the fault as the reason."""
    return msgspec.structs.replace(link, state=LinkState.OFF, next_poll_ms=None)


def cookie_refused(link: Link, fault: Fault, *, at_ms: int) -> Link:
    """Return the link after the site refused the cookie: no call until a cookie works."""
    return Link(
        state=LinkState.COOKIE_INVALID,
        code=fault.code,
        detail=fault.detail,
        since_ms=at_ms,
        last_attempt_ms=at_ms,
        last_success_ms=link.last_success_ms,
    )


def storage_failed(link: Link, detail: str, *, at_ms: int, pause_s: float) -> Link:
    """Return the link while the store cannot write."""
    return msgspec.structs.replace(
        link,
        state=LinkState.STORAGE_ERROR,
        code="storage_error",
        detail=detail,
        since_ms=_since_ms(link, LinkState.STORAGE_ERROR, at_ms),
        next_poll_ms=_after(at_ms, pause_s),
    )


def idle(link: Link, state: LinkState, *, at_ms: int) -> Link:
    """Return the link while no calls are made, for a reason that is not a fault."""
    return Link(
        state=state,
        since_ms=_since_ms(link, state, at_ms),
        last_attempt_ms=link.last_attempt_ms,
        last_success_ms=link.last_success_ms,
    )


def scheduled(link: Link, *, at_ms: int, next_change_ms: int | None) -> Link:
    """Return the link while the timetable pauses polls."""
    return msgspec.structs.replace(
        idle(link, LinkState.OFF, at_ms=at_ms),
        code=SCHEDULED,
        since_ms=link.since_ms if link.is_scheduled else at_ms,
        next_change_ms=next_change_ms,
    )


def started(link: Link, *, at_ms: int) -> Link:
    """Return the link when calls begin (again): OK until one fails, and the first is due now."""
    return msgspec.structs.replace(
        idle(link, LinkState.OK, at_ms=at_ms), next_poll_ms=at_ms, was_scheduled=link.is_scheduled
    )


def repaced(link: Link, *, speedup: int, pause_s: float, not_before_ms: int = 0) -> Link:
    """Return the link with another speedup, the next poll ``pause_s`` after the last one."""
    if link.last_attempt_ms is None:
        return msgspec.structs.replace(link, speedup=speedup)
    next_poll_ms = max(_after(link.last_attempt_ms, pause_s), not_before_ms)
    return msgspec.structs.replace(link, speedup=speedup, next_poll_ms=next_poll_ms)


def _since_ms(link: Link, state: LinkState, at_ms: int) -> int | None:
    return link.since_ms if link.state is state else at_ms


def _after(at_ms: int, pause_s: float) -> int:
    return at_ms + round(pause_s * 1000)
