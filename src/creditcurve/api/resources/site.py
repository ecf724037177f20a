"""The view of the site that is called."""

from typing import Annotated

from msgspec import Meta, Struct

from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.instant import MINUTE_MS
from creditcurve.upstream import Sites


class SiteView(Struct, frozen=True, kw_only=True):
    """The site that is called.

    ``origin`` belongs to the stored cookie, which is sent nowhere else; a new cookie may come with
    one of ``choices`` or any other origin, unless ``is_fixed``.
    """

    origin: str
    choices: tuple[str, ...]
    is_fixed: bool
    clock_ahead_s: Annotated[
        int | None,
        Meta(
            description="How far this machine's clock is ahead of the site's, in whole minutes "
            "given as seconds: 0 within a minute, negative if it is behind, null while unknown."
        ),
    ] = None

    @classmethod
    def of(cls, sites: Sites, cookie: CookieStatus) -> "SiteView":
        """Return the view of the sites and the cookie's own."""
        own = None if sites.is_fixed else cookie.origin
        return cls(
            origin=own or sites.default,
            choices=sites.choices,
            is_fixed=sites.is_fixed,
            clock_ahead_s=_whole_minutes_s(sites.clock_ahead_ms(own)),
        )


def _whole_minutes_s(ahead_ms: int | None) -> int | None:
    """Return a difference in seconds that changes only when it matters."""
    if ahead_ms is None:
        return None
    return 0 if abs(ahead_ms) <= MINUTE_MS else round(ahead_ms / MINUTE_MS) * 60
