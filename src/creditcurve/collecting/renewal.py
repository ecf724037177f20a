"""Renewal of the stored cookie by the ``Set-Cookie`` lines of a good answer."""

import msgspec

from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.secret import Secret


class Renewal(msgspec.Struct, frozen=True, kw_only=True):
    """The ``Set-Cookie`` lines of a good answer.

    Attributes:
        set_cookies: the values of the header lines.
        host: the site's host name.
        at_ms: when the answer came.
    """

    set_cookies: tuple[bytes, ...]
    host: str
    at_ms: int

    def cookie(self, stored: Secret) -> Secret | None:
        """Return the renewed cookie, or None if nothing was renewed."""
        from creditcurve.cookie.set_cookie import renew  # noqa: PLC0415 - as the upstream

        return renew(stored, self.set_cookies, host=self.host, now_ms=self.at_ms)

    def status(self, status: CookieStatus) -> CookieStatus:
        """Return the status of the renewed cookie; only a new login counts as a renewal."""
        from creditcurve.cookie.set_cookie import issued_login  # noqa: PLC0415 - as above

        login = issued_login(self.set_cookies, host=self.host, now_ms=self.at_ms)
        if login is None:
            return status
        return msgspec.structs.replace(
            status, renewed_at_ms=self.at_ms, expires_at_ms=login.expires_at_ms
        )
