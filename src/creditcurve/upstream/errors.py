"""The errors that a call to the site can raise.

Each carries a ``domain.fault.Fault``, with the consequence for the next call. No text contains
a secret, or anything that the site wrote except the name of a host.

* UpstreamError
  + CookieError              the user has to paste a new cookie
    · UnauthorizedError
    · LoginRedirectError
    · LoginPageError
    · UnsendableCookieError
    · OtherOriginError
  + ForbiddenError           the site refuses this account or address
  + ChallengeError           a firewall requires a browser
  + PassingError             may heal by itself
    · RedirectError
    · StatusError
    · ServerError
    · RateLimitError
    · AnswerError            an answer came and cannot be read
      - NotJsonError
      - SchemaChangedError
      - TooLargeError
    · NetworkError           no complete answer came
      - TimedOutError
      - ConnectionBrokenError
      - NameNotFoundError
      - HostRefusedError
      - UnreachableError
      - TlsError
      - ProxyError

Outside of this tree are the answers that only some calls get: ``NotAvailableError``,
``ResetUsedError`` and ``ResetUncertainError``.
"""

from typing import ClassVar

from creditcurve.domain.fault import Fault, FaultCode, FaultKind
from creditcurve.domain.reject import Reject


class UpstreamError(Exception):
    """A call failed; ``fault`` is the failure as a value."""

    kind: ClassVar[FaultKind] = FaultKind.PASSING
    code: ClassVar[FaultCode]
    detail: ClassVar[str]

    def __init__(self, detail: str | None = None, *, retry_after_s: float | None = None) -> None:
        self.fault = Fault(
            kind=self.kind,
            code=self.code,
            detail=detail or self.detail,
            retry_after_s=retry_after_s,
        )
        super().__init__(f"{self.fault.code}: {self.fault.detail}")


class CookieError(UpstreamError):
    """The cookie is invalid: no further call until a cookie works."""

    kind = FaultKind.COOKIE


class UnauthorizedError(CookieError):
    """The site answers 401, or the same in its JSON."""

    code = FaultCode.UNAUTHORIZED
    detail = "The site no longer accepts the cookie: copy a fresh one from the browser."


class LoginRedirectError(CookieError):
    """The site redirects to its own login page."""

    code = FaultCode.LOGIN_REDIRECT
    detail = "The site asks to log in again: log in there and copy a fresh cookie."


class LoginPageError(CookieError):
    """The site answers with its login page."""

    code = FaultCode.LOGIN_PAGE
    detail = "The site answers with its login page: log in there and copy a fresh cookie."


class UnsendableCookieError(CookieError):
    """The cookie contains a byte that no HTTP header can carry; nothing was sent."""

    code = FaultCode.COOKIE_CONTROL_CHARACTER
    detail = "The stored cookie contains a character that cannot be sent: paste it again."


class OtherOriginError(CookieError):
    """The cookie was given for another origin than the configured one; nothing was sent."""

    code = FaultCode.OTHER_ORIGIN
    detail = "The stored cookie belongs to another site address: paste the cookie of this one."


class ForbiddenError(UpstreamError):
    """403: the site refuses this account or address; the cookie may be valid."""

    kind = FaultKind.FORBIDDEN
    code = FaultCode.FORBIDDEN
    detail = "The site refuses this account or address."


class ChallengeError(UpstreamError):
    """A firewall's challenge page instead of the answer; its script is never run."""

    kind = FaultKind.FIREWALL
    code = FaultCode.CHALLENGE
    detail = (
        "The site's firewall requires a browser check: open the site in the browser, then paste "
        "the cookie again."
    )


class PassingError(UpstreamError):
    """A fault that may heal by itself."""


class RedirectError(PassingError):
    """A redirect that is not to the site's own login page; it is never followed."""

    code = FaultCode.REDIRECT
    detail = "The site redirects to an unexpected address; it was not followed."


class StatusError(PassingError):
    """A status that the interface does not know."""

    code = FaultCode.STATUS
    detail = "The site answers with an unexpected status."


class ServerError(PassingError):
    """5xx: an error of the site itself."""

    code = FaultCode.SERVER_ERROR
    detail = "The site has an error of its own; it is tried again."


class RateLimitError(PassingError):
    """The site asks to wait (429, or 503 with ``Retry-After``)."""

    code = FaultCode.RATE_LIMITED
    detail = "The site asks to wait before the next call."


class AnswerError(PassingError):
    """An answer came and cannot be read."""


class NotJsonError(AnswerError):
    """The body is not JSON as defined by RFC 8259 and RFC 7493 (no duplicate names)."""

    code = FaultCode.NOT_JSON
    detail = "The site's answer is not JSON."


class SchemaChangedError(AnswerError):
    """JSON, but none of it can be read as usage records.

    Attributes:
        rejects: its rows, or the whole answer without rows, for the quarantine.
    """

    code = FaultCode.SCHEMA_CHANGED
    detail = "The site's answer has a form that this version does not know: look for an update."

    def __init__(self, rejects: tuple[Reject, ...], detail: str | None = None) -> None:
        super().__init__(detail)
        self.rejects = rejects


class TooLargeError(AnswerError):
    """The answer is larger than any answer should be; the rest of it was not read."""

    code = FaultCode.TOO_LARGE
    detail = "The site's answer is larger than 8 MiB and was not read."


class NetworkError(PassingError):
    """No complete answer came."""


class TimedOutError(NetworkError):
    """Connecting or the whole exchange exceeded its time limit."""

    code = FaultCode.TIMEOUT
    detail = "The site did not answer in time."


class ConnectionBrokenError(NetworkError):
    """The connection broke before the answer was complete."""

    code = FaultCode.NETWORK
    detail = "The connection to the site broke before the answer was complete."


class NameNotFoundError(NetworkError):
    """The name of the site could not be resolved."""

    code = FaultCode.NAME_NOT_FOUND
    detail = "The site's name cannot be found: is this machine online?"


class HostRefusedError(NetworkError):
    """Nothing listens at the site's address."""

    code = FaultCode.REFUSED
    detail = "The site refuses the connection."


class UnreachableError(NetworkError):
    """No route to the site's address."""

    code = FaultCode.UNREACHABLE
    detail = "The site cannot be reached: is this machine online?"


class TlsError(NetworkError):
    """The site's certificate is not valid; the cookie was not sent."""

    code = FaultCode.TLS
    detail = (
        "The site's certificate is not trusted; the cookie was not sent. If it is your own "
        "authority's, set CREDITCURVE_CA_FILE to its certificate."
    )


class ProxyError(NetworkError):
    """The configured proxy cannot be reached, or refuses to connect; the site was not reached."""

    code = FaultCode.PROXY
    detail = "The configured proxy cannot be reached: check CREDITCURVE_PROXY."


class NotAvailableError(Exception):
    """The endpoint answers in a shape that is not known; the message contains nothing of it."""


class ResetUsedError(Exception):
    """The site answers that the day's reset has been used."""


class ResetUncertainError(Exception):
    """No readable answer to a reset came: the site may have used it."""
