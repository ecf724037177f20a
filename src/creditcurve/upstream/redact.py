"""Mask the login in an answer: a broken page may repeat the headers of its request.

Parts of an answer are stored, shown and exported, so the login is masked before the answer is
parsed, in every spelling that sites use. ``Set-Cookie`` lines are unchanged: their values go only
to the vault.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote_from_bytes, unquote_to_bytes

from creditcurve.cookie.parse import login_values
from creditcurve.domain.secret import Secret

MASK: Final = b"***"

Headers = Sequence[tuple[bytes, bytes]]


def redacted(cookie: Secret, headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """Return headers and body without the login of a cookie."""
    spellings = _spellings(cookie)
    kept = [
        (name, value if name.lower() == b"set-cookie" else _without(spellings, value))
        for name, value in headers
    ]
    return kept, _without(spellings, body)


def _spellings(cookie: Secret) -> list[bytes]:
    """Return the spellings of the login, longest first: one may begin with another."""
    found: set[bytes] = set()
    for value in login_values(cookie):
        escaped = value.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
        found |= {value, unquote_to_bytes(value), escaped, escaped.replace(b"/", b"\\/")}
        found |= {quote_from_bytes(value, safe=safe).encode() for safe in ("", "/")}
    return sorted(found, key=len, reverse=True)


def _without(spellings: Sequence[bytes], text: bytes) -> bytes:
    for spelling in spellings:
        text = text.replace(spelling, MASK)
    return text
