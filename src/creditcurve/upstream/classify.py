"""What the upstream means when it does not answer with data: status, headers or page to a failure.

Pure. Nothing here decides when to call again; what the upstream wrote is read, not repeated, except
for the name of the host that a redirect leads to.
"""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from creditcurve.domain.instant import http_date_ms
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

Headers = Sequence[tuple[bytes, bytes]]

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
READ_WITH_PAGE: Final = frozenset({403, 405})
"""Statuses under which a firewall shows its page: only the body tells."""

_PAGE_START: Final = 65_536
_LOGIN_PATH: Final = re.compile(
    r"(?:^|[/._-])(?:log-?in|sign-?in|auth|sso)(?:$|[/._-])", re.IGNORECASE
)
_CHALLENGE: Final = re.compile(
    r"acw_sc__v|var\s{1,9}arg1\s{0,9}=|_waf_|aliyun_waf|/_____tmd_____/", re.IGNORECASE
)
_REQUEST_ID: Final = re.compile(r"(?:request|trace)[\s_-]?id|请求\s?ID", re.IGNORECASE)
_HTML: Final = re.compile(r"\ufeff?\s*<(?:!doctype|html|head|body|!--|script)", re.IGNORECASE)
_LOGIN_FORM: Final = re.compile(
    r"<input[^>]{1,200}\btype\s{0,9}=\s{0,9}[\"']?password\b"
    r"|<form[^>]{1,200}\baction\s{0,9}=\s{0,9}[\"']?[^\"'\s>]{0,100}(?:log-?in|sign-?in|/auth/)"
    r"|<title[^>]{0,100}>[^<]{0,100}(?:log ?in|sign ?in|登录|登錄)",
    re.IGNORECASE,
)
_SECONDS: Final = re.compile(r"[0-9]{1,12}")


def refusal(
    status: int, headers: Headers, page: bytes, *, url: str, now_ms: int
) -> UpstreamError | None:
    """The failure that an answer's status stands for; None for 200.

    Args:
        status: the HTTP status.
        headers: as they came.
        page: the start of the body, where ``status`` is one of ``READ_WITH_PAGE``.
        url: what was asked for; a redirect is judged against it.
        now_ms: an HTTP date in ``Retry-After`` is counted from here.
    """
    if status in REDIRECTS:
        return redirect_failure(header(headers, b"location"), url)
    if status in READ_WITH_PAGE and _is_challenge(status, headers, _page_text(page)):
        return ChallengeError()
    waiting = header(headers, b"retry-after")
    if status == 429 or (status == 503 and waiting is not None):
        return RateLimitError(retry_after_s=retry_after_s(waiting, now_ms=now_ms))
    return status_failure(status)


def status_failure(status: int) -> UpstreamError | None:
    """The failure that a bare status stands for, also one that stands in the body as ``code``."""
    if status == 200:
        return None
    if status == 401:
        return UnauthorizedError()
    if status == 403:
        return ForbiddenError()
    if status == 429:
        return RateLimitError()
    if 500 <= status <= 599:
        return ServerError(f"The site has a fault of its own ({status}); it is tried again.")
    return StatusError(f"The site answers with the unexpected status {status}.")


def redirect_failure(location: bytes | None, url: str) -> UpstreamError:
    """A redirect is never followed: it says that the login is gone, or it is a fault."""
    asked = urlsplit(url)
    target = _target(location, url)
    if target is None:
        return RedirectError("The site redirects to an address that cannot be read.")
    if (target.scheme, target.netloc) != (asked.scheme, asked.netloc):
        return RedirectError(
            f"The site redirects to {target.scheme}://{target.hostname}; it was not followed."
        )
    if _LOGIN_PATH.search(target.path):
        return LoginRedirectError()
    return RedirectError(f"The site redirects to another page of {target.hostname}.")


def page_failure(body: bytes) -> UpstreamError | None:
    """What a page with status 200 is: a firewall's challenge, a login; None for anything else."""
    page = _page_text(body)
    if _CHALLENGE.search(page):
        return ChallengeError()
    if _HTML.match(page) and _LOGIN_FORM.search(page):
        return LoginPageError()
    return None


def retry_after_s(value: bytes | None, *, now_ms: int) -> float | None:
    """Seconds that ``Retry-After`` asks for, as RFC 9110 10.2.3 has it; None for nonsense."""
    text = "" if value is None else value.decode("latin-1").strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    at_ms = http_date_ms(text)
    return None if at_ms is None else max(0.0, (at_ms - now_ms) / 1000)


def told_ms(headers: Headers) -> int | None:
    """The site's own clock, as its ``Date`` tells it; None where it tells none."""
    return http_date_ms((header(headers, b"date") or b"").decode("latin-1"))


def header(headers: Headers, name: bytes) -> bytes | None:
    """The first header of that name, given in lower case."""
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


def _is_challenge(status: int, headers: Headers, page: str) -> bool:
    """A firewall's page; a 405 to a plain GET is one where it names a request to complain about."""
    if _CHALLENGE.search(page):
        return True
    places = (page, *(name.decode("latin-1") for name, _ in headers))
    return status == 405 and any(map(_REQUEST_ID.search, places))


def _page_text(body: bytes) -> str:
    return body[:_PAGE_START].decode("utf-8", "replace")
