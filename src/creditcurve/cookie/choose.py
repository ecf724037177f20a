"""Choose the cookies for the site among those of a text, and check that they can work."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

import msgspec

from creditcurve.cookie.errors import CookieErrorCode, CookieParseError
from creditcurve.cookie.formats.found import Found, SentHeader, StoredCookie
from creditcurve.cookie.header import (
    has_session,
    is_whole,
    pairs_of,
    reach,
    session_part,
    shown_names,
)
from creditcurve.cookie.quoting import UNKNOWN, Piece, joined

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

_T = TypeVar("_T")
_Parts = dict[str, dict[int | None, set[str]]]
"""The values of the login's pieces, by its name and their numbers."""


class Choice(msgspec.Struct, frozen=True):
    """The header for the site.

    ``origin`` is the site that the text names for it. ``is_one_of_several`` is set if the text
    contains different headers and their order is unknown.
    """

    header: Piece
    origin: str | None = None
    expires_at_ms: int | None = None
    is_one_of_several: bool = False


def choose(found: Found, host: str, now_ms: int) -> Choice | None:
    """Return the header for requests to ``host``; None if there are no cookies for it.

    Cookies with a login come first, then headers in the order of the text.
    """
    sent = _nearest(
        (one for one in found.sent if one.header.text.strip(" ")),
        lambda one: 0 if one.host is None else reach(one.host, host, is_host_only=True),
        lambda one: one.header.text,
    )
    stored = _nearest(
        found.stored,
        lambda one: (
            0 if one.domain is None else reach(one.domain, host, is_host_only=one.is_host_only)
        ),
        lambda one: one.pair.text,
    )
    if sent and (not stored or _has_login(sent) or not has_session_pair(stored)):
        return _one_of(sent)
    return _put_together(stored, now_ms) if stored else None


def foreign_origin(found: Found) -> str | None:
    """Return the origin of the first login of a text, whatever its site."""
    for sent in found.sent:
        if sent.origin and sent.host and has_session(sent.header.text):
            return sent.origin
    for stored in found.stored:
        if stored.domain and session_part(stored.name.text):
            return f"https://{stored.domain.lower().removeprefix('.')}"
    return None


def has_session_pair(stored: Iterable[StoredCookie]) -> bool:
    """Return whether a login is among the cookies."""
    return any(has_session(one.pair.text) for one in stored)


def _has_login(sent: Iterable[SentHeader]) -> bool:
    return any(has_session(one.header.text) for one in sent)


def _nearest(
    found: Iterable[_T], rank: Callable[[_T], int | None], text: Callable[[_T], str]
) -> list[_T]:
    """Return those for the host, of the nearest rank with a login; none of other hosts."""
    ranked = [(one, r) for one in found if (r := rank(one)) is not None]
    limits = sorted({r for _, r in ranked})
    within = [[one for one, r in ranked if r <= limit] for limit in limits]
    with_login = (own for own in within if any(has_session(text(one)) for one in own))
    return next(with_login, within[0] if within else [])


def _one_of(sent: Sequence[SentHeader]) -> Choice:
    """Return the newest header with a login; the last one if their order is unknown."""
    sent = [one for one in sent if has_session(one.header.text)] or sent
    if all(one.at_ms is not None for one in sent):
        one = max(sent, key=lambda one: one.at_ms or 0)
        return Choice(one.header.strip(" "), one.origin, one.expires_at_ms)
    one = sent[-1]
    is_one_of_several = len({each.header.text for each in sent}) > 1
    return Choice(one.header.strip(" "), one.origin, one.expires_at_ms, is_one_of_several)


def _put_together(stored: Iterable[StoredCookie], now_ms: int) -> Choice:
    """Return the header that a browser would send; an expired login is kept, to be reported."""
    current = {
        cookie.pair.text: cookie
        for cookie in stored
        if session_part(cookie.name.text) or (cookie.expires_at_ms or now_ms + 1) > now_ms
    }
    login = [c for c in current.values() if session_part(c.name.text)]
    ends = [c.expires_at_ms for c in login if c.expires_at_ms is not None]
    hosts = [c.domain.lower() for c in login if c.domain and not c.domain.startswith(".")]
    header = joined((c.pair for c in current.values()), "; ").strip(" ")
    origin = f"https://{hosts[0]}" if hosts else None
    return Choice(header, origin, min(ends, default=None))


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
