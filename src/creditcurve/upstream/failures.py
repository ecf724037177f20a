"""Translates failures of the HTTP library.

Their text is dropped, because it may contain headers that were sent or received.
"""

import socket
import ssl
from collections.abc import Iterator, Sequence

import httpx2
from socksio import SOCKSError

from creditcurve.upstream.attempt import Attempt
from creditcurve.upstream.errors import (
    ConnectionBrokenError,
    HostRefusedError,
    NameNotFoundError,
    NetworkError,
    ProxyError,
    TimedOutError,
    TlsError,
    TooLargeError,
    UnreachableError,
    UpstreamError,
)


def failure_of(error: Exception, attempt: Attempt) -> UpstreamError:
    """Return the error that describes a failure of an attempt."""
    if attempt.is_at_proxy:
        return ProxyError(_proxy_detail(error))
    if isinstance(error, httpx2.TimeoutException):
        return TimedOutError()
    if isinstance(error, httpx2.InvalidURL | UnicodeError):
        return NameNotFoundError()
    causes = list(_causes(error))
    if isinstance(error, httpx2.ConnectError | OSError):
        return _connection_failure(causes)
    if any(getattr(cause, "error_status_hint", None) == 431 for cause in causes):
        return TooLargeError("The headers of the site's answer do not end.")
    return ConnectionBrokenError()


def _proxy_detail(error: Exception) -> str | None:
    """Return why the proxy does not connect; None if it cannot be reached."""
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error)):
        return "The proxy's certificate is not trusted: set CREDITCURVE_CA_FILE to its authority."
    if isinstance(error, httpx2.ProxyError) and str(error).startswith("407"):
        return "The proxy needs a name and a password (407): put them into CREDITCURVE_PROXY."
    if isinstance(error, httpx2.ProxyError | SOCKSError):
        return "The configured proxy does not connect to the site."
    return None


def _connection_failure(causes: Sequence[BaseException]) -> NetworkError:
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return TlsError(
                f"The site's certificate is not trusted ({cause.verify_message}); "
                "the cookie was not sent."
            )
    kinds: tuple[tuple[type[BaseException], type[NetworkError]], ...] = (
        (ssl.SSLError, TlsError),
        (socket.gaierror, NameNotFoundError),
        (ConnectionRefusedError, HostRefusedError),
        (ConnectionError, ConnectionBrokenError),
        (OSError, UnreachableError),
    )
    for kind, failure in kinds:
        if any(isinstance(cause, kind) for cause in causes):
            return failure()
    return ConnectionBrokenError()


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Return the error and its causes, those of a group included."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for each in error.exceptions:
                yield from _causes(each)
        error = error.__cause__ or error.__context__
