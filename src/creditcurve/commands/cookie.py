"""Commands about the cookie: set, check, delete."""

import asyncio
from typing import TYPE_CHECKING

from creditcurve.clocks import Clock
from creditcurve.collecting.changes import Changes
from creditcurve.collecting.check import Check
from creditcurve.collecting.connection import Connection
from creditcurve.collecting.renewal import Renewal
from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.fault import Fault, FaultKind
from creditcurve.domain.origin import parse_origin
from creditcurve.upstream import Sites, UpstreamError

if TYPE_CHECKING:
    from creditcurve.cookie.parse import Cookie
    from creditcurve.upstream.client import UpstreamClient


class CookieRejectedError(Exception):
    """The site rejects the cookie that was given; the stored one is unchanged."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.detail)
        self.fault = fault


class CannotVerifyError(Exception):
    """The site could not be asked whether the cookie is valid; nothing has changed."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.detail)
        self.fault = fault


class OriginFixedError(Exception):
    """A cookie was given for another origin than the configured one; nothing has changed."""

    def __init__(self, origin: str) -> None:
        super().__init__(origin)
        self.origin = origin


class CookieCommands:
    """Sets, checks and deletes the cookie; saving and deleting happen one after the other."""

    def __init__(
        self, *, sites: Sites, connection: Connection, changes: Changes, check: Check, clock: Clock
    ) -> None:
        self._sites = sites
        self._connection = connection
        self._changes = changes
        self._check = check
        self._clock = clock
        self._saving = asyncio.Lock()

    async def set(
        self, pasted: str, *, origin: str | None = None, verify: bool = True, force: bool = False
    ) -> CookieStatus:
        """Parse a pasted text, check the cookie on the site, and store it if the site accepts it.

        The cookie belongs to its origin from then on and is sent nowhere else.

        Args:
            pasted: the text.
            origin: the site's origin that it belongs to; None keeps the present origin.
            verify: False stores the cookie without a check, as unverified.
            force: True accepts a cookie that does not look like a login.

        Raises:
            OriginError: the origin is malformed.
            OriginFixedError: another origin was configured.
            CookieParseError: it contains no usable cookie.
            CookieRejectedError: the site rejects it.
            CannotVerifyError: the site could not be asked.
        """
        site, now_ms = self._site(origin), self._clock.now_ms()
        cookie = await asyncio.to_thread(_parsed, pasted, site.host, now_ms, force=force)
        async with self._saving:
            renewal = await self._verify(cookie, site) if verify else None
            return await self._changes.replace_cookie(cookie, renewal, origin=site.origin)

    async def check(self) -> CookieStatus:
        """Check the stored cookie now, with exactly one call.

        Raises:
            CookieNotUsableError: there is no cookie, or it is unreadable.
            CannotVerifyError: the site could not be asked.
        """
        sent = await self._connection.cookie()
        try:
            await self._check.check(sent)
        except UpstreamError as error:
            if error.fault.kind is not FaultKind.COOKIE:
                raise CannotVerifyError(error.fault) from error
        return self._connection.state.cookie

    async def delete(self) -> None:
        """Delete the cookie and switch collecting off."""
        async with self._saving:
            await self._changes.delete_cookie()

    def _site(self, origin: str | None) -> "UpstreamClient":
        """Return the site for a cookie: the given one, else the present one."""
        if self._sites.is_fixed:
            if origin is not None and parse_origin(origin) != self._sites.default:
                raise OriginFixedError(self._sites.default)
            return self._sites.at(None)
        if origin is None:
            return self._sites.at(self._connection.state.cookie.origin)
        return self._sites.at(parse_origin(origin))

    async def _verify(self, cookie: "Cookie", site: "UpstreamClient") -> Renewal:
        try:
            answer = await site.check(cookie.header)
        except UpstreamError as error:
            if error.fault.kind is FaultKind.COOKIE:
                raise CookieRejectedError(error.fault) from error
            raise CannotVerifyError(error.fault) from error
        return Renewal(
            set_cookies=answer.set_cookies,
            host=site.host,
            at_ms=self._clock.now_ms(),
        )


def _parsed(pasted: str, host: str, now_ms: int, *, force: bool) -> "Cookie":
    from creditcurve.cookie.parse import parse_cookie  # noqa: PLC0415 - only with a new cookie

    return parse_cookie(pasted, host=host, now_ms=now_ms, force=force)
