"""The cookie: set, delete, check. No answer contains its value."""

from typing import Annotated

from msgspec import Struct

from creditcurve.api.http.codes import PASTE_CODES, ProblemCode
from creditcurve.api.http.endpoint import Body, refuses
from creditcurve.api.http.instants import Instant, iso_or_none
from creditcurve.api.state import AppState
from creditcurve.domain.cookie_status import CookieState, CookieStatus


class CookieView(Struct, frozen=True, kw_only=True):
    """The known state of the stored cookie, without its value."""

    state: CookieState
    names: tuple[str, ...]
    saved_at: Instant | None
    checked_at: Instant | None
    reason: str | None
    renewed_at: Instant | None
    expires_at: Instant | None

    @classmethod
    def of(cls, status: CookieStatus) -> "CookieView":
        """Return the view of a cookie's status."""
        return cls(
            state=status.state,
            names=status.names,
            saved_at=iso_or_none(status.saved_at_ms),
            checked_at=iso_or_none(status.checked_at_ms),
            reason=status.reason,
            renewed_at=iso_or_none(status.renewed_at_ms),
            expires_at=iso_or_none(status.expires_at_ms),
        )


class CookieInput(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Pasted text; ``verify`` false skips the check, ``force`` allows a missing session cookie.

    ``origin`` is the site that the cookie belongs to, and the only one that it is ever sent to;
    without it, the present one.
    """

    cookie: str
    origin: str | None = None
    verify: bool = True
    force: bool = False


class CookieSaved(Struct, frozen=True, kw_only=True):
    """The names of the cookie that is now stored."""

    names: tuple[str, ...]
    state: CookieState
    expires_at: Instant | None = None


@refuses(
    *PASTE_CODES,
    ProblemCode.COOKIE_REJECTED,
    ProblemCode.CANNOT_VERIFY,
    ProblemCode.ORIGIN_FIXED,
)
async def put(
    body: Annotated[CookieInput, Body(too_large=ProblemCode.COOKIE_TOO_LARGE)], app: AppState
) -> CookieSaved:
    """Parse a pasted cookie, check it on the site, and store it if it works."""
    status = await app.commands.cookie.set(
        body.cookie, origin=body.origin, verify=body.verify, force=body.force
    )
    return CookieSaved(
        names=status.names, state=status.state, expires_at=iso_or_none(status.expires_at_ms)
    )


async def delete(app: AppState) -> None:
    """Delete the cookie and stop collecting."""
    await app.commands.cookie.delete()


@refuses(ProblemCode.NO_COOKIE, ProblemCode.CANNOT_VERIFY)
async def check(app: AppState) -> CookieView:
    """Check the stored cookie now, with one call to the site."""
    return CookieView.of(await app.commands.cookie.check())
