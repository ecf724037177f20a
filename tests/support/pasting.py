"""Helpers for tests of the cookie parser."""

import json
from typing import Any

import pytest

from creditcurve.cookie.errors import CookieErrorCode, CookieParseError
from creditcurve.cookie.parse import Cookie, parse_cookie

HOST = "www.aicodemirror.com"
NOW_MS = 1_764_000_000_000
LOGIN = "__Secure-authjs.session-token"
PASTE_FRAGMENTS = (
    *(
        "curl ",
        "curl.exe ",
        "'",
        '"',
        '^"',
        "$'",
        "\\",
        "^",
        "`",
        "\\\n",
        "^\n",
        "`\n",
        "-H ",
        "-b ",
    ),
    *(
        "cookie: ",
        "Cookie:",
        "a=1",
        f"{LOGIN}=x",
        f"{LOGIN}.0=x",
        "; ",
        ";",
        "=",
        ",",
        "\r\n",
        "\n",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        ":",
        '"name"',
        '"value"',
        '"domain"',
        f'"{HOST}"',
        '"cookies"',
        "null",
    ),
    *(
        "fetch(",
        ")",
        "System.Net.Cookie(",
        "$session = New-Object ",
        "$([char]7)",
        "\\u0000",
        "\\x",
    ),
    *(
        "# Netscape HTTP Cookie File\n",
        f"{HOST}\tFALSE\t/\tTRUE\t0\t",
        "\t",
        "GET / HTTP/1.1\n",
    ),
    *(
        ":authority\n",
        "accept: */*\n",
        "https://x/",
        "…",
        "\0",
        "\ud800",
        "\x7f",
        " ",
        "\u00a0",
    ),
    *('"request"', '"headers"', '"log"', '"entries"', "1e999", "-1", "NaN", "\ufeff", "\\041"),
)
"""Pieces of the notations that the parser knows, and hostile characters."""


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


def outcome(pasted: str, *, force: bool) -> Cookie | CookieParseError:
    """Return the cookie or the error; other exceptions are raised."""
    try:
        return parse_cookie(pasted, host=HOST, now_ms=NOW_MS, force=force)
    except CookieParseError as refusal:
        return refusal


def assert_accepted_or_refused(pasted: str, *, force: bool) -> None:
    """Accepted with a header that can be sent, or refused with a code and a valid position."""
    result = outcome(pasted, force=force)

    if isinstance(result, CookieParseError):
        assert isinstance(result.code, CookieErrorCode)
        assert result.offset is None or 0 <= result.offset < len(pasted)
    else:
        header = result.header.reveal()
        assert header
        assert header == header.strip()
        assert all(0x20 <= byte <= 0x7E for byte in header)
