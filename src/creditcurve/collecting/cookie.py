"""The cookie of a call, and the error if no cookie is usable."""

import msgspec

from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.secret import Secret


class CookieNotUsableError(Exception):
    """No call was made, because the cookie is missing, invalid or unreadable."""

    def __init__(self, state: CookieState) -> None:
        super().__init__(state.value)
        self.state = state


class SentCookie(msgspec.Struct, frozen=True):
    """The cookie that a call is made with, and its status at that moment."""

    value: Secret
    status: CookieStatus
