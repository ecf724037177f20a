"""Refuses a cookie header that cannot be sent, or whose login is missing or incomplete."""

import re
from collections import defaultdict
from typing import Final

from creditcurve.cookie.choose import Choice
from creditcurve.cookie.errors import CookieErrorCode, CookieParseError
from creditcurve.cookie.header import (
    is_whole,
    pairs_of,
    session_part,
    shown_names,
)
from creditcurve.cookie.quoting import UNKNOWN, Piece

HOW_TO_COPY: Final = (
    "copy the cookie header of a request, or the request as cURL, from the Network tab of the "
    "browser's developer tools"
)
_UNSENDABLE: Final = re.compile(r"[^ -~]")
_MAX_NAMES: Final = 12
_ELLIPSIS: Final = "..."
_PLACEHOLDER: Final = re.compile(
    r"""
    .*\*{4}.* | x{4,64} | <[\w -]{3,}> | \{\{[\w .-]+\}\} | \$\{\w{3,}\} | \$[A-Z_]{3,}
    | (?:your|my|insert|paste)[_-].* | redacted
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_Parts = dict[str, dict[int | None, set[str]]]
"""The values of the login's pieces, by its name and their numbers."""


def check_sendable(header: Piece) -> None:
    """Refuse a header that HTTP does not allow.

    Raises:
        CookieParseError: it is empty, or contains a control or non-ASCII character.
    """
    fault = _UNSENDABLE.search(header.text)
    if fault is None:
        if header.text.strip("; "):
            return
        raise CookieParseError(CookieErrorCode.EMPTY, f"There is nothing in it: {HOW_TO_COPY}.")
    place = header.at[fault.start()]
    offset = None if place == UNKNOWN else place
    where = "" if offset is None else f" at position {offset}"
    if ord(fault[0]) < 0x20 or fault[0] == "\x7f":
        raise CookieParseError(
            CookieErrorCode.CONTROL_CHARACTER,
            f"There is a line break or another control character inside it{where}: "
            "copy the cookie again, in one piece.",
            offset=offset,
        )
    raise CookieParseError(
        CookieErrorCode.NON_ASCII,
        f"There is an invalid character{where}, such as an ellipsis or a curly quote: "
        "the cookie was cut off or changed when it was copied. Copy it again, whole.",
        offset=offset,
    )


def check_login(choice: Choice, now_ms: int) -> None:
    """Refuse a header that the site would not accept as a login.

    Raises:
        CookieParseError: the login is missing, incomplete, ambiguous or expired.
    """
    text = choice.header.text
    names = shown_names(text)
    parts: _Parts = defaultdict(lambda: defaultdict(set))
    for pair in pairs_of(text):
        if pair.value and (part := session_part(pair.name)):
            parts[part.login][part.index].add(pair.value)
    if choice.is_one_of_several:
        detail = "There are several different cookie headers in it: copy one single request."
        raise CookieParseError(CookieErrorCode.AMBIGUOUS, detail, names=names)
    if _is_ambiguous(parts):
        detail = (
            "The login cookie is in it twice, with different values: sign in again and copy the "
            "cookie of a new request."
        )
        raise CookieParseError(CookieErrorCode.AMBIGUOUS, detail, names=names)
    if not parts:
        detail = _missing_detail(text, names)
        raise CookieParseError(CookieErrorCode.LOGIN_MISSING, detail, names=names)
    if _is_cut_off(parts):
        detail = "The login cookie was cut off or masked when it was copied: copy it again, whole."
        raise CookieParseError(CookieErrorCode.LOGIN_INCOMPLETE, detail, names=names)
    if not any(is_whole(set(login)) for login in parts.values()):
        detail = (
            "The login cookie comes in numbered pieces, and one of them is missing: "
            "copy all cookies of one request."
        )
        raise CookieParseError(CookieErrorCode.LOGIN_INCOMPLETE, detail, names=names)
    if choice.expires_at_ms is not None and choice.expires_at_ms <= now_ms:
        detail = "The login cookie has expired: sign in to the site again and copy the new cookie."
        raise CookieParseError(CookieErrorCode.EXPIRED, detail, names=names)


def _is_ambiguous(parts: _Parts) -> bool:
    """Return whether a piece of the login has two values, or one value contains another login."""
    pieces = [values for login in parts.values() for values in login.values()]
    return any(len(values) > 1 or "session-token" in "".join(values) for values in pieces)


def _is_cut_off(parts: _Parts) -> bool:
    """Return whether a tool shortened or masked the value: no token has three dots in a row."""
    values = (value for login in parts.values() for each in login.values() for value in each)
    return any(_ELLIPSIS in value or _PLACEHOLDER.fullmatch(value) for value in values)


def _missing_detail(text: str, names: tuple[str, ...]) -> str:
    found = f"found: {', '.join(names[:_MAX_NAMES])}" if names else "no cookie names were found"
    if len(names) > _MAX_NAMES:
        found += f" and {len(names) - _MAX_NAMES} more"
    if not re.search("[=;]", text):
        found += ", and it looks like a value without its name"
    return (
        f"The login cookie, __Secure-authjs.session-token, is not in it ({found}). It is HttpOnly, "
        f"so document.cookie does not contain it: {HOW_TO_COPY}."
    )
