"""The link: our connection to the upstream, its states and how they follow from what happens.

Rules only. ``collector`` asks ``next_step`` what is due; ``polling`` turns each outcome into the
next ``Link`` with ``succeeded`` or ``failed`` and hands it to the store.
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

    ``failures`` counts the failed calls in a row; ``next_poll_ms`` is on the wall clock, for people
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
