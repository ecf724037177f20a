"""Answers without data to errors: by status, headers and page.

Pure. Nothing here decides when to call again. The site's text is not repeated, except the name of
the host that a redirect leads to.
"""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from creditcurve.domain.instant import http_date_ms
from creditcurve.upstream.challenges import (
    is_challenge_answer,
    is_challenge_location,
    is_challenge_page,
)
from creditcurve.upstream.errors import (
    ChallengeError,
    ForbiddenError,
    LoginPageError,
    LoginRedirectError,
    RateLimitError,
    RedirectError,
    ServerError,
    StatusError,
    UnauthorizedError,
    UpstreamError,
)
from creditcurve.upstream.pages import is_login_page, page_text

Headers = Sequence[tuple[bytes, bytes]]

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

_LOGIN_PATH: Final = re.compile(
    r"(?:^|[/._-])(?:log-?in|sign-?in|auth|sso)(?:$|[/._-])", re.IGNORECASE
)
_SECONDS: Final = re.compile(r"[0-9]{1,12}")


def error_of(
    status: int, headers: Headers, page: bytes, *, url: str, now_ms: int
) -> UpstreamError | None:
    """Return the error that an answer's status means; None for a 200 without a challenge.

    Args:
        status: the HTTP status.
        headers: as received.
        page: the start of the body; of a 200 it is not examined.
        url: the address of the call; a redirect is compared with it.
        now_ms: an HTTP date in ``Retry-After`` is counted from here.
    """
    if status in REDIRECTS:
        return redirect_error(header(headers, b"location"), url)
    if is_challenge_answer(status, headers, b"" if status == 200 else page):
        return ChallengeError()
    retry_after = header(headers, b"retry-after")
    if status == 429 or (status == 503 and retry_after is not None):
        return RateLimitError(retry_after_s=retry_after_s(retry_after, now_ms=now_ms))
    return status_error(status)


def status_error(status: int) -> UpstreamError | None:
    """Return the error of a bare status, also of one that the body contains as ``code``."""
    if status == 200:
        return None
    if status == 401:
        return UnauthorizedError()
    if status == 403:
        return ForbiddenError()
    if status == 429:
        return RateLimitError()
    if 500 <= status <= 599:
        return ServerError(f"The site has an error of its own ({status}); it is tried again.")
    return StatusError(f"The site answers with the unexpected status {status}.")


def redirect_error(location: bytes | None, url: str) -> UpstreamError:
    """Return the error of a redirect, which is never followed.

    On the same host it may lead to the login page or to a firewall's challenge.
    """
    called = urlsplit(url)
    target = _target(location, url)
    if target is None:
        return RedirectError("The site redirects to an address that cannot be read.")
    if is_challenge_location(target.geturl()):
        return ChallengeError()
    if (target.scheme, target.netloc) != (called.scheme, called.netloc):
        return RedirectError(
            f"The site redirects to {target.scheme}://{target.hostname}; it was not followed. "
            "If the site has moved there, copy the cookie there."
        )
    if _LOGIN_PATH.search(target.path):
        return LoginRedirectError()
    return RedirectError(f"The site redirects to another page of {target.hostname}.")


def page_error(body: bytes) -> UpstreamError | None:
    """Return the error of a body that should have been data: a challenge or a login page."""
    page = page_text(body)
    if is_challenge_page(page):
        return ChallengeError()
    return LoginPageError() if is_login_page(page) else None


def retry_after_s(value: bytes | None, *, now_ms: int) -> float | None:
    """Return the seconds of ``Retry-After`` (RFC 9110 10.2.3); None if it is unreadable."""
    text = "" if value is None else value.decode("latin-1").strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    at_ms = http_date_ms(text)
    return None if at_ms is None else max(0.0, (at_ms - now_ms) / 1000)


def site_time_ms(headers: Headers) -> int | None:
    """Return the site's time from its ``Date`` header; None if it sends none."""
    return http_date_ms((header(headers, b"date") or b"").decode("latin-1"))


def header(headers: Headers, name: bytes) -> bytes | None:
    """Return the first header with this name, given in lower case."""
    return next((value for key, value in headers if key.lower() == name), None)


def _target(location: bytes | None, url: str) -> SplitResult | None:
    if location is None:
        return None
    try:
        target = urlsplit(urljoin(url, location.decode("ascii")))
        is_readable = target.scheme in ("http", "https") and bool(target.hostname)
        is_readable = is_readable and (target.port is None or target.port > 0)
    except ValueError:
        return None
    return target if is_readable else None
