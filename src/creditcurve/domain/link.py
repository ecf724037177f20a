"""The link: our connection to the upstream, its states and how they follow from what happens.

Rules only. ``polling`` turns each outcome into the next ``Link`` with ``succeeded``, ``failed`` or
``cookie_died`` and hands it to the store; ``collector`` asks ``resting_state`` whether to call at
all, and ``pause_s`` gave the time until the next call.
"""

from enum import StrEnum
from typing import Final

import msgspec

from creditcurve.domain.settings import Settings

CHECK_INTERVAL_S: Final = 600
"""The validity check runs this often while collecting (its own periodic task)."""
MAX_BACKOFF_S: Final = 900
FIREWALL_BACKOFF_S: Final = 900
MAX_FIREWALL_BACKOFF_S: Final = 7_200
MAX_RETRY_AFTER_S: Final = 3_600
OFFLINE_RETRY_S: Final = 8
"""No connection was made at all: a try costs the site nothing, and the return is soon noticed."""
OFFLINE_CODES: Final = frozenset(
    {"upstream_name_not_found", "upstream_refused", "upstream_unreachable"}
)
MIN_POLL_INTERVAL_S: Final = 10
FORBIDDEN_LIMIT: Final = 3
"""After this many 403 in a row collection is switched off: backing off for ever helps nobody."""


class LinkState(StrEnum):
    """What the page's live mark says of the upstream."""

    OFF = "off"
    NO_COOKIE = "no_cookie"
    OK = "ok"
    DEGRADED = "degraded"
    BLOCKED = "blocked"
    COOKIE_INVALID = "cookie_invalid"
    STORAGE_ERROR = "storage_error"


class CookieState(StrEnum):
    """What is known of the stored cookie."""

    MISSING = "missing"
    UNVERIFIED = "unverified"
    VALID = "valid"
    INVALID = "invalid"
    UNREADABLE = "unreadable"


class FaultKind(StrEnum):
    """What a failed call means for the next one."""

    COOKIE = "cookie"
    FORBIDDEN = "forbidden"
    FIREWALL = "firewall"
    PASSING = "passing"


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A failed call as a value.

    Attributes:
        kind: what it means for the next call.
        code: stable, snake case; for ``FaultKind.COOKIE`` the reason (``unauthorized``,
            ``login_redirect``, ``login_page``).
        detail: one sentence a user can act on; no secret in it.
        retry_after_s: what the upstream asked for, where it did and made sense.
    """

    kind: FaultKind
    code: str
    detail: str
    retry_after_s: float | None = None


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """The state of the connection, with its reason and times.

    ``failures`` counts the failed calls in a row, ``refusals`` the 403s among the last of them;
    ``haste`` says how often the interval is halved because answers did not overlap.
    ``next_poll_ms`` is on the wall clock, for people
    to read: the collector keeps its own time on the monotonic clock.
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
    haste: int = 0


class CookieStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What may be known of the cookie outside the vault: never its value.

    ``generation`` rises with every cookie that is stored: an answer fetched with an older one says
    nothing about this one. A renewal by ``Set-Cookie`` keeps the generation.
    """

    state: CookieState = CookieState.MISSING
    names: tuple[str, ...] = ()
    saved_at_ms: int | None = None
    checked_at_ms: int | None = None
    reason: str | None = None
    renewed_at_ms: int | None = None
    expires_at_ms: int | None = None
    generation: int = 0

    @property
    def is_usable(self) -> bool:
        """Whether a call may be made with it."""
        return self.state in (CookieState.VALID, CookieState.UNVERIFIED)


def resting_state(settings: Settings, cookie: CookieStatus) -> LinkState | None:
    """Why no call is to be made, or None where calls are made."""
    if cookie.state in (CookieState.MISSING, CookieState.UNREADABLE):
        return LinkState.NO_COOKIE
    if cookie.state is CookieState.INVALID:
        return LinkState.COOKIE_INVALID
    if not settings.collecting:
        return LinkState.OFF
    return None


def pause_s(fault: Fault, *, failures: int, interval_s: int, jitter: float) -> float:
    """Seconds until the next call after ``failures`` failed ones in a row, this one included.

    Full jitter between the interval and a doubling bound; what the upstream asks for by
    ``Retry-After`` goes before it, within [interval, 1 h].

    Args:
        fault: the last failure.
        failures: at least 1.
        interval_s: the user's poll interval.
        jitter: a number in [0, 1).
    """
    if fault.kind is FaultKind.FIREWALL:
        longest: int = FIREWALL_BACKOFF_S * 2 ** min(failures - 1, 10)
        return float(max(interval_s, min(longest, MAX_FIREWALL_BACKOFF_S)))
    if fault.code in OFFLINE_CODES:
        return float(min(interval_s, OFFLINE_RETRY_S))
    if fault.retry_after_s is not None:
        return max(float(interval_s), min(fault.retry_after_s, MAX_RETRY_AFTER_S))
    bound: int = max(interval_s, min(interval_s * 2 ** min(failures, 10), MAX_BACKOFF_S))
    return interval_s + jitter * (bound - interval_s)


def pace_s(interval_s: int, haste: int) -> int:
    """Seconds until the next call after a good one: the interval, halved as often as ``haste``.

    Never less than the shortest interval a user may choose.
    """
    return max(MIN_POLL_INTERVAL_S, interval_s >> haste)


def next_haste(haste: int, *, interval_s: int, is_loss: bool, new: int, rows: int) -> int:
    """The haste after a good answer: more after a possible loss, as far as that is polite.

    It is eased only as far as the answer allows: had twice the time passed, its rows would still
    have overlapped. Else a busy day would go back and forth between haste and loss.

    Args:
        haste: what it was.
        interval_s: the user's poll interval.
        is_loss: whether the answer leaves a possible loss behind.
        new: how many of the answer's rows were not stored before.
        rows: how many it has.
    """
    if is_loss:
        return haste + (pace_s(interval_s, haste) > MIN_POLL_INTERVAL_S)
    while haste > 0 and (new == 0 or 2 * new < rows):
        haste, new = haste - 1, 2 * new
    return haste


def haste_pace_s(link: Link, interval_s: int) -> int | None:
    """The pace where polls come sooner than the interval says; None where they do not."""
    pace = pace_s(interval_s, link.haste)
    return pace if link.state is LinkState.OK and pace < interval_s else None


def hastened(link: Link, haste: int, *, interval_s: int) -> Link:
    """The link with another haste, and the next poll at that pace."""
    if link.last_attempt_ms is None or link.next_poll_ms is None:
        return msgspec.structs.replace(link, haste=haste)
    next_poll_ms = _after(link.last_attempt_ms, pace_s(interval_s, haste))
    return msgspec.structs.replace(link, haste=haste, next_poll_ms=next_poll_ms)


def succeeded(link: Link, *, at_ms: int, pause: float, collecting: bool) -> Link:
    """The link after a good answer."""
    state = LinkState.OK if collecting else LinkState.OFF
    return Link(
        state=state,
        since_ms=link.since_ms if link.state is state else at_ms,
        last_attempt_ms=at_ms,
        last_success_ms=at_ms,
        next_poll_ms=_after(at_ms, pause) if collecting else None,
        haste=link.haste if collecting else 0,
    )


def failed(link: Link, fault: Fault, *, at_ms: int, pause: float, collecting: bool) -> Link:
    """The link after a failed call that says nothing against the cookie."""
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
        next_poll_ms=_after(at_ms, pause) if collecting else None,
        failures=link.failures + 1,
        refusals=link.refusals + 1 if fault.kind is FaultKind.FORBIDDEN else 0,
        haste=link.haste,
    )


def cookie_died(link: Link, fault: Fault, *, at_ms: int) -> Link:
    """The link after an answer that says the cookie is no good: no call until one works."""
    return Link(
        state=LinkState.COOKIE_INVALID,
        code=fault.code,
        detail=fault.detail,
        since_ms=at_ms,
        last_attempt_ms=at_ms,
        last_success_ms=link.last_success_ms,
    )


def storage_failed(link: Link, detail: str, *, at_ms: int, pause: float) -> Link:
    """The link while the store cannot write: nothing is fetched that could not be kept."""
    return msgspec.structs.replace(
        link,
        state=LinkState.STORAGE_ERROR,
        code="storage_error",
        detail=detail,
        since_ms=link.since_ms if link.state is LinkState.STORAGE_ERROR else at_ms,
        next_poll_ms=_after(at_ms, pause),
    )


def at_rest(link: Link, state: LinkState, *, at_ms: int) -> Link:
    """The link when calls have ended for a reason that is no failure of theirs."""
    return Link(
        state=state,
        since_ms=link.since_ms if link.state is state else at_ms,
        last_attempt_ms=link.last_attempt_ms,
        last_success_ms=link.last_success_ms,
    )


def under_way(link: Link, *, at_ms: int) -> Link:
    """The link when calls begin (again): good until one fails, and the first is due now."""
    return Link(
        state=LinkState.OK,
        since_ms=link.since_ms if link.state is LinkState.OK else at_ms,
        last_attempt_ms=link.last_attempt_ms,
        last_success_ms=link.last_success_ms,
        next_poll_ms=at_ms,
    )


def _after(at_ms: int, pause: float) -> int:
    return at_ms + round(pause * 1000)
