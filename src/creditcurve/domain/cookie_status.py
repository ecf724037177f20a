"""The status of the stored cookie: everything that is known about it except its value."""

from enum import StrEnum

import msgspec


class CookieState(StrEnum):
    """Whether the stored cookie can be used for calls."""

    MISSING = "missing"
    UNVERIFIED = "unverified"
    VALID = "valid"
    INVALID = "invalid"
    UNREADABLE = "unreadable"


class CookieStatus(msgspec.Struct, frozen=True, kw_only=True):
    """The state of the stored cookie, with its names and times (ms since 1970).

    Attributes:
        state: whether it can be used.
        names: the names of its pairs.
        saved_at_ms: when the user gave it.
        checked_at_ms: when the site last answered whether it is valid.
        reason: why it is invalid.
        renewed_at_ms: when the site last renewed the login by ``Set-Cookie``.
        expires_at_ms: when the login expires, where that is known.
        origin: the site's origin that the cookie was given for, and the only one that it is sent
            to; None for a cookie of the first release, which belongs to the default origin.
        generation: rises with every cookie that the user gives or deletes, so that the result of a
            call with an older cookie can be ignored. A renewal keeps the generation.
    """

    state: CookieState = CookieState.MISSING
    names: tuple[str, ...] = ()
    saved_at_ms: int | None = None
    checked_at_ms: int | None = None
    reason: str | None = None
    renewed_at_ms: int | None = None
    expires_at_ms: int | None = None
    origin: str | None = None
    generation: int = 0

    @property
    def is_usable(self) -> bool:
        """True if polls may be made with the cookie."""
        return self.state in (CookieState.VALID, CookieState.UNVERIFIED)

    def with_state(self, state: CookieState) -> "CookieStatus":
        """Return the status with another state."""
        return msgspec.structs.replace(self, state=state)


def valid(status: CookieStatus) -> CookieStatus:
    """Return the status after a good answer."""
    return msgspec.structs.replace(status, state=CookieState.VALID, reason=None)


def checked(status: CookieStatus, *, at_ms: int) -> CookieStatus:
    """Return the status after a good answer to a check."""
    return msgspec.structs.replace(valid(status), checked_at_ms=at_ms)


def invalid(status: CookieStatus, reason: str, *, at_ms: int) -> CookieStatus:
    """Return the status after the site refused the cookie."""
    return msgspec.structs.replace(
        status, state=CookieState.INVALID, checked_at_ms=at_ms, reason=reason
    )


def readable_again(status: CookieStatus) -> CookieStatus:
    """Return the status an unreadable cookie had before its sealing key was lost.

    A cookie with a reason was invalid: it must not be tried again automatically.
    """
    if status.reason is not None:
        return status.with_state(CookieState.INVALID)
    if status.checked_at_ms is None:
        return status.with_state(CookieState.UNVERIFIED)
    return status.with_state(CookieState.VALID)
