"""Recognise a firewall's challenge or block page by the table of ``signatures``.

Also recognised, of any firewall: a page that contains nothing but a script or a refresh, any HTML
page under a status that only firewalls use, and any HTML page with 403 that is neither the site's
application nor a bare "403 Forbidden": the site itself refuses in JSON.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from creditcurve.upstream.pages import (
    has_password_field,
    is_html,
    is_login_page,
    is_plain_refusal,
    is_script_only,
    page_text,
)
from creditcurve.upstream.signatures import SIGNATURES, Place

Headers = Sequence[tuple[bytes, bytes]]

_FIREWALL_STATUSES: Final = frozenset({202, 418, 468, 493, 514, 566, 567})
_REQUEST_ID: Final = re.compile(r"(?:request|trace)[\s_-]?id|请求\s?ID", re.IGNORECASE)


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
    return is_challenge_page(page) or _is_refused_by_firewall(status, lines, page)


def is_challenge_page(page: str) -> bool:
    """Return whether a body that should have been data is a firewall's page or JSON.

    A page with a password field is the site's login page, also with a firewall's script in it.
    """
    if has_password_field(page):
        return False
    if _found(Place.BODY, (page,)):
        return True
    if not is_html(page) or is_login_page(page):
        return False
    return _found(Place.PAGE, (page,)) or is_script_only(page)


def is_challenge_location(address: str) -> bool:
    """Return whether a redirect leads to a firewall's challenge."""
    return _found(Place.LOCATION, (address,))


def _is_refused_by_firewall(status: int, lines: Sequence[str], page: str) -> bool:
    """Return whether a refusal without a certain sign is a firewall's and not the site's."""
    if status in (200, 401) or is_login_page(page):
        return False
    if not is_html(page):
        return 400 <= status < 500 and _found(Place.TEXT, (page,))
    if status in _FIREWALL_STATUSES or _found(Place.PAGE_HEADER, lines):
        return True
    return status == 403 and not is_plain_refusal(page)


def _lines(headers: Headers) -> list[str]:
    return [f"{name.decode('latin-1')}: {value.decode('latin-1')}" for name, value in headers]


def _found(place: Place, texts: Iterable[str]) -> bool:
    pattern = _pattern(place)
    return any(pattern.search(text) for text in texts)


@cache
def _pattern(place: Place) -> re.Pattern[str]:
    patterns = (signature.pattern for signature in SIGNATURES if signature.place is place)
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
