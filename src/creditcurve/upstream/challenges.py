"""Recognise a firewall's challenge or block page by the table of ``signatures``.

Also recognised, of any firewall: a page that contains nothing but a script or a refresh, and any
HTML page under a status that only firewalls use.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from creditcurve.upstream.signatures import SIGNATURES, Place

Headers = Sequence[tuple[bytes, bytes]]

PAGE_LENGTH: Final = 65_536
MAX_VISIBLE: Final = 400
"""Characters of text in a page that does nothing but run a script."""

_FIREWALL_STATUSES: Final = frozenset({202, 418, 468, 493})
_REQUEST_ID: Final = re.compile(r"(?:request|trace)[\s_-]?id|请求\s?ID", re.IGNORECASE)
_HTML: Final = re.compile(
    r"\ufeff?\s*<(?:!doctype|html|head|body|!--|script|meta|title|noscript)", re.IGNORECASE
)
_PASSWORD: Final = re.compile(
    r"<input[^>]{1,200}\btype\s{0,9}=\s{0,9}[\"']?password\b", re.IGNORECASE
)
_LOGIN_FORM: Final = re.compile(
    r"<form[^>]{1,200}\baction\s{0,9}=\s{0,9}[\"']?[^\"'\s>]{0,100}(?:log-?in|sign-?in|/auth/)"
    r"|<title[^>]{0,100}>[^<]{0,100}(?:log ?in|sign ?in|登录|登錄)",
    re.IGNORECASE,
)
_ELEMENT: Final = re.compile(r"<(/?)(script|style|noscript|title)\b[^>]{0,2000}>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_REFRESH: Final = re.compile(
    r"<meta[^>]{1,200}http-equiv\s{0,9}=\s{0,9}[\"']?refresh", re.IGNORECASE
)
_BROWSER_ACTION: Final = re.compile(
    r"document\.cookie|location\s{0,9}=|location\.(?:href|reload|replace|assign)"
    r"|\beval\s{0,9}\(|\batob\s{0,9}\(|fromCharCode|\.submit\s{0,9}\(",
)
_APPLICATION: Final = re.compile(
    r"/_next/|\bid=[\"']?(?:root|app|__next)\b|type=[\"']?module\b", re.IGNORECASE
)
"""The page of a web application, which is almost empty until its scripts run."""


def is_challenge_answer(status: int, headers: Headers, body: bytes) -> bool:
    """Return whether an answer is a firewall's, by its status, headers and the start of its body.

    Args:
        status: the HTTP status.
        headers: as received.
        body: the start of the body; empty for a good answer, whose body is data.
    """
    lines = _lines(headers)
    if _found(Place.HEADER, lines):
        return True
    page = page_text(body)
    if status == 405 and any(map(_REQUEST_ID.search, (page, *lines))):
        return True
    if not is_html(page):
        return _found(Place.BODY, (page,))
    if is_challenge_page(page):
        return True
    if status in (200, 401) or is_login_page(page):
        return False
    return status in _FIREWALL_STATUSES or _found(Place.PAGE_HEADER, lines)


def is_challenge_page(page: str) -> bool:
    """Return whether a body that should have been data is a firewall's page or JSON.

    A page with a password field is the site's login page, also with a firewall's script in it.
    """
    if is_html(page) and _PASSWORD.search(page):
        return False
    if _found(Place.BODY, (page,)):
        return True
    if not is_html(page) or is_login_page(page):
        return False
    return _found(Place.PAGE, (page,)) or _is_script_only(page)


def is_challenge_location(address: str) -> bool:
    """Return whether a redirect leads to a firewall's challenge."""
    return _found(Place.LOCATION, (address,))


def is_login_page(page: str) -> bool:
    """Return whether an HTML page has a login form, or a title that says so."""
    if not is_html(page):
        return False
    return (_PASSWORD.search(page) or _LOGIN_FORM.search(page)) is not None


def is_html(page: str) -> bool:
    """Return whether a text starts as an HTML page does."""
    return _HTML.match(page) is not None


def page_text(body: bytes) -> str:
    """Return the start of a body as text."""
    return body[:PAGE_LENGTH].decode("utf-8", "replace")


def _lines(headers: Headers) -> list[str]:
    return [f"{name.decode('latin-1')}: {value.decode('latin-1')}" for name, value in headers]


def _found(place: Place, texts: Iterable[str]) -> bool:
    pattern = _pattern(place)
    return any(pattern.search(text) for text in texts)


@cache
def _pattern(place: Place) -> re.Pattern[str]:
    patterns = (signature.pattern for signature in SIGNATURES if signature.place is place)
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _is_script_only(page: str) -> bool:
    """Return whether a page has hardly any text and makes the browser do something."""
    visible, script = _split(page)
    if len(visible) > MAX_VISIBLE or _APPLICATION.search(page):
        return False
    return _REFRESH.search(page) is not None or _BROWSER_ACTION.search(script) is not None


def _split(page: str) -> tuple[str, str]:
    """Return the visible text of a page and its inline scripts."""
    visible, script, inside = [], [], ""
    at = 0
    for element in _ELEMENT.finditer(page):
        text = page[at : element.start()]
        if inside == "script":
            script.append(text)
        elif not inside:
            visible.append(text)
        inside = "" if element[1] else element[2].lower()
        at = element.end()
    (script if inside == "script" else visible).append(page[at:])
    return " ".join(_TAG.sub(" ", "".join(visible)).split()), "".join(script)
