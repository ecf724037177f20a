"""The tree of failures: everything that a call to the upstream can raise.

Each carries a ``domain.link.Fault`` that says what it means for the next call. No text in it holds
a secret, or anything that the upstream wrote except a host's name.

* UpstreamError
  + CookieError            the user has to give a new cookie
    · UnauthorizedError
    · LoginRedirectError
    · LoginPageError
    · UnsendableCookieError
  + ForbiddenError         the site refuses this account or address
  + ChallengeError         a firewall stands between
  + PassingError           may heal by itself
    · RedirectError
    · StatusError
    · ServerError
    · RateLimitError
    · AnswerError          an answer came, and cannot be read
      - NotJsonError
      - SchemaChangedError
      - TooLargeError
    · NetworkError         no whole answer came
      - TimedOutError
      - BrokenOffError
      - NameNotFoundError
      - RefusedError
      - UnreachableError
      - TlsError
"""

from typing import ClassVar

from creditcurve.domain.link import Fault, FaultKind
from creditcurve.domain.record import Reject


class UpstreamError(Exception):
    """A call failed; ``fault`` is the failure as a value."""

    kind: ClassVar[FaultKind] = FaultKind.PASSING
    code: ClassVar[str] = "upstream_error"
    detail: ClassVar[str] = "The site could not be asked; it is tried again."

    def __init__(self, detail: str | None = None, *, retry_after_s: float | None = None) -> None:
        self.fault = Fault(
            kind=self.kind,
            code=self.code,
            detail=detail or self.detail,
            retry_after_s=retry_after_s,
        )
        super().__init__(f"{self.fault.code}: {self.fault.detail}")


class CookieError(UpstreamError):
    """The cookie is no good: no further call until one works."""

    kind = FaultKind.COOKIE


class UnauthorizedError(CookieError):
    """The site says 401, in whatever way it says it."""

    code = "unauthorized"
    detail = "The site no longer accepts the cookie: copy a fresh one from the browser."


class LoginRedirectError(CookieError):
    """The site sends to its own login page."""

    code = "login_redirect"
    detail = "The site asks to log in again: log in there and copy a fresh cookie."


class LoginPageError(CookieError):
    """The site answers with its login page."""

    code = "login_page"
    detail = "The site answers with its login page: log in there and copy a fresh cookie."


class UnsendableCookieError(CookieError):
    """The cookie holds a byte that no HTTP header can carry; nothing was sent."""

    code = "cookie_control_character"
    detail = "The stored cookie holds a character that cannot be sent: paste it again."


class ForbiddenError(UpstreamError):
    """403: the site refuses this account or address; the cookie may be perfectly good."""

    kind = FaultKind.FORBIDDEN
    code = "upstream_forbidden"
    detail = "The site refuses this account or address."


class ChallengeError(UpstreamError):
    """A firewall's challenge page instead of the answer; its script is never run."""

    kind = FaultKind.FIREWALL
    code = "waf_challenge"
    detail = (
        "The site's firewall wants to see a browser: open the site in one, then paste a fresh "
        "cookie."
    )


class PassingError(UpstreamError):
    """A fault that may heal by itself."""


class RedirectError(PassingError):
    """A redirect that is not to the site's own login page; it is never followed."""

    code = "unexpected_redirect"
    detail = "The site redirects to an unexpected address; it was not followed."


class StatusError(PassingError):
    """A status that the interface does not know."""

    code = "upstream_unexpected_status"
    detail = "The site answers with an unexpected status."


class ServerError(PassingError):
    """5xx: the site has a fault of its own."""

    code = "upstream_error"
    detail = "The site has a fault of its own; it is tried again."


class RateLimitError(PassingError):
    """The site asks to wait (429, or 503 with ``Retry-After``)."""

    code = "upstream_rate_limited"
    detail = "The site asks to wait before the next call."


class AnswerError(PassingError):
    """An answer came, and cannot be read."""


class NotJsonError(AnswerError):
    """The body is not JSON as RFC 8259 and RFC 7493 (no duplicate names) have it."""

    code = "not_json"
    detail = "The site's answer is not the JSON it should be."


class SchemaChangedError(AnswerError):
    """JSON, but none of it can be read as usage records.

    Attributes:
        rejects: its rows, or the answer as one where it has none, to be set aside.
    """

    code = "schema_changed"
    detail = "The site's answer has a form this version does not know: look for an update."

    def __init__(self, rejects: tuple[Reject, ...], detail: str | None = None) -> None:
        super().__init__(detail)
        self.rejects = rejects


class TooLargeError(AnswerError):
    """The answer is larger than any answer should be; it was not read to its end."""

    code = "too_large"
    detail = "The site's answer is larger than 8 MiB and was not read."


class NetworkError(PassingError):
    """No whole answer came."""


class TimedOutError(NetworkError):
    """Connecting, or the whole exchange, took longer than it may."""

    code = "upstream_timeout"
    detail = "The site did not answer in time."


class BrokenOffError(NetworkError):
    """The connection broke before the answer was whole."""

    code = "upstream_network"
    detail = "The connection to the site broke before the answer was whole."


class NameNotFoundError(NetworkError):
    """The name of the site could not be resolved."""

    code = "upstream_name_not_found"
    detail = "The site's name cannot be found: is this machine online?"


class RefusedError(NetworkError):
    """Nothing listens at the site's address."""

    code = "upstream_refused"
    detail = "The site refuses the connection."


class UnreachableError(NetworkError):
    """There is no way to the site's address."""

    code = "upstream_unreachable"
    detail = "The site cannot be reached: is this machine online?"


class TlsError(NetworkError):
    """The site could not prove who it is; the cookie was not sent."""

    code = "tls_error"
    detail = (
        "The site's certificate is not trusted; the cookie was not sent. If it is your own "
        "authority's, name its CA file in the configuration."
    )
