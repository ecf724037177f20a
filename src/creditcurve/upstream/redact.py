"""Mask the login in an answer: a broken page may repeat the headers of its request.

Parts of an answer are stored, shown and exported, so the login is masked before the answer is
parsed, in every spelling that sites use; so is a login that the same answer issues. ``Set-Cookie``
lines are unchanged: their values go only to the vault.
"""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote_from_bytes, unquote_to_bytes

from creditcurve.cookie.parse import login_values
from creditcurve.cookie.set_cookie import MAX_LINES
from creditcurve.domain.secret import Secret

MASK: Final = b"***"
_ESCAPE: Final = re.compile(rb"\\[ux]|&|%")
_ENTITIES: Final = {34: b"&quot;", 38: b"&amp;", 39: b"&apos;", 60: b"&lt;", 62: b"&gt;"}

Headers = Sequence[tuple[bytes, bytes]]


def redacted(cookie: Secret, headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """Return headers and body without the login of a cookie, or the one that they issue."""
    spellings = _spellings(_with_issued(cookie, headers))
    kept = [
        (name, value if name.lower() == b"set-cookie" else _without(spellings, value))
        for name, value in headers
    ]
    return kept, _without(spellings, body)


def _with_issued(cookie: Secret, headers: Headers) -> Secret:
    """Return the cookie and the pairs of the answer's ``Set-Cookie`` lines, as one header."""
    lines = [value for name, value in headers if name.lower() == b"set-cookie"]
    pairs = [line.partition(b";")[0].strip() for line in lines[:MAX_LINES]]
    return Secret(b"; ".join([cookie.reveal(), *pairs]))


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
    if _ESCAPE.search(text):
        for pattern in map(_escaped_form, spellings):
            text = pattern.sub(MASK, text)
    return text


def _escaped_form(spelling: bytes) -> re.Pattern[bytes]:
    """Return a pattern of a spelling in which any character may be escaped."""
    return re.compile(b"".join(map(_escaped_character, spelling)))


def _escaped_character(code: int) -> bytes:
    forms = [re.escape(bytes([code])), rb"\\u%s" % _any_case(b"%04x" % code)]
    forms += [rb"(?:%%|\\x)%s" % _any_case(b"%02x" % code)]
    forms += [b"&#0*%d;" % code, b"&#[xX]0*%s;" % _any_case(b"%x" % code)]
    if code in _ENTITIES:
        forms.append(_ENTITIES[code])
    return b"(?:%s)" % b"|".join(forms)


def _any_case(digits: bytes) -> bytes:
    return b"(?i:%s)" % digits
