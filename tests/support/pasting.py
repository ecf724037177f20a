"""Helpers for tests of the cookie parser."""

import json
from typing import Any

import pytest

from creditcurve.cookie.errors import CookieParseError
from creditcurve.cookie.parse import Cookie, parse_cookie

HOST = "www.aicodemirror.com"
NOW_MS = 1_764_000_000_000
LOGIN = "__Secure-authjs.session-token"


def parsed(pasted: str, *, host: str = HOST, force: bool = False) -> Cookie:
    """Return the cookie of a text."""
    return parse_cookie(pasted, host=host, now_ms=NOW_MS, force=force)


def header(pasted: str, *, host: str = HOST, force: bool = False) -> str:
    """Return the header of a text."""
    return parsed(pasted, host=host, force=force).header.reveal().decode("ascii")


def refused(pasted: str, *, host: str = HOST, force: bool = False) -> CookieParseError:
    """Return the error with which a text is refused."""
    with pytest.raises(CookieParseError) as refusal:
        parsed(pasted, host=host, force=force)
    return refusal.value


def exported(*cookies: dict[str, Any]) -> str:
    """Return cookies as Cookie-Editor exports them, by default of the site."""
    return json.dumps([{"domain": HOST, **cookie} for cookie in cookies])
