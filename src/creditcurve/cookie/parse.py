"""The cookie: what may be pasted, what is accepted, and what is refused with which words.

``parse_cookie`` takes a text in any form a clipboard holds it in and returns the bytes of the
``cookie`` header exactly as they were given: nothing is decoded, encoded or quoted anew. It raises
nothing but ``CookieParseError``, of which no word comes from a value. ``renew`` takes over what the
upstream's ``Set-Cookie`` lines renew.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal, TypeVar

import msgspec

from creditcurve.cookie.errors import CookieErrorCode, CookieParseError
from creditcurve.cookie.formats.exports import Form, Kept, Sent, Snippet
from creditcurve.cookie.formats.forms import read
from creditcurve.cookie.header import (
    has_session,
    is_whole,
    pairs_of,
    reach,
    session_part,
    shown_names,
)
from creditcurve.cookie.quoting import UNKNOWN, Piece, joined
from creditcurve.cookie.set_cookie import IssuedLogin, issued_login, renew
from creditcurve.domain.secret import Secret

__all__ = [
    "Cookie",
    "IssuedLogin",
    "issued_login",
    "login_values",
    "parse_cookie",
    "renew",
    "session_names",
]

MAX_BYTES: Final = 64 * 1024

_UNSENDABLE: Final = re.compile(r"[^ -~]")
_MOST_NAMES: Final = 12
_SHORTEST_LOGIN: Final = 8
_SHORTEST_UNKNOWN: Final = 32
_HOW: Final = (
    "copy the cookie header of a request, or the request as cURL, from the Network tab of the "
    "browser's developer tools"
)
_NOTHING_IN: Final = {
    Form.CURL: "The command holds no cookie for the site",
    Form.POWERSHELL: "The PowerShell command holds no cookie for the site",
    Form.CODE: "The code holds no cookie for the site (only the copy for Node.js has one)",
    Form.JSON: "The JSON holds no cookie for the site, or is not whole",
    Form.HAR: "The HAR holds no cookie for the site (a sanitized export leaves cookies out)",
    Form.NETSCAPE: "The cookie file holds no cookie for the site",
    Form.HEADERS: "Among these headers is no cookie header",
    Form.ADDRESS: "This is an address, not a cookie",
}

_T = TypeVar("_T")


class Cookie(msgspec.Struct, frozen=True):
    """An accepted cookie.

    Attributes:
        header: the ``cookie`` header's value, byte for byte as given; printable ASCII alone.
        names: the names in it that may be shown, in order.
        expires_at_ms: when the login ends, if the text says so.
        origin: the site (``https://host``) that the text names for it, if it names one.
        found_by: ``grammar`` if the text's format is known; ``name`` if the login was found by
            its name in a text of an unknown format.
    """

    header: Secret
    names: tuple[str, ...]
    expires_at_ms: int | None
    origin: str | None = None
    found_by: Literal["grammar", "name"] = "grammar"


class _Choice(msgspec.Struct, frozen=True):
    """The header that is left when other hosts' cookies are gone."""

    header: Piece
    expires_at_ms: int | None = None
    is_one_of_several: bool = False


def parse_cookie(pasted: str, *, host: str, now_ms: int, force: bool = False) -> Cookie:
    """Read what was pasted.

    Args:
        pasted: the text as it came from the clipboard.
        host: the upstream's host name, without a port.
        now_ms: the time, for the expiry dates of exports.
        force: take it although it has no login, only a part of one, an expired one, or several.
            What cannot be sent (nothing, control characters, non-ASCII) is refused all the same.

    Raises:
        CookieParseError: it is not taken.
    """
    if len(pasted) > MAX_BYTES or len(pasted.encode(errors="surrogatepass")) > MAX_BYTES:
        raise CookieParseError(
            CookieErrorCode.TOO_LARGE,
            "This is more than 64 KiB, and no cookie is that long: copy one single request.",
        )
    choice = _chosen(read(pasted), host, now_ms)
    _refuse_unsendable(choice.header)
    if not force:
        _refuse_doubtful(choice, now_ms)
    text = choice.header.text
    return Cookie(Secret(text.encode("ascii")), shown_names(text), choice.expires_at_ms)


def session_names(header: Secret) -> tuple[str, ...]:
    """The names of the login cookies (or of the pieces of one) in a header."""
    pairs = pairs_of(header.reveal().decode("latin-1"))
    return tuple(dict.fromkeys(p.name for p in pairs if p.value and session_part(p.name)))


def login_values(header: Secret) -> tuple[bytes, ...]:
    """The values in a header by which one is logged in; of one without a login the long ones.

    Short values are left out: they stand in many a text by chance.
    """
    pairs = pairs_of(header.reveal().decode("latin-1"))
    login = [p.value for p in pairs if session_part(p.name) and len(p.value) >= _SHORTEST_LOGIN]
    values = login or [p.value for p in pairs if len(p.value) >= _SHORTEST_UNKNOWN]
    return tuple(value.encode("latin-1") for value in values)


def _chosen(snippet: Snippet, host: str, now_ms: int) -> _Choice:
    """The one header that is meant, out of what was found."""
    sent = _nearest(
        (one for one in snippet.sent if one.header.text.strip(" ")),
        lambda one: 0 if one.host is None else reach(one.host, host, is_host_only=True),
        lambda one: one.header.text,
    )
    if sent:
        return _one_of(sent)
    kept = _nearest(
        snippet.kept,
        lambda one: (
            0 if one.domain is None else reach(one.domain, host, is_host_only=one.is_host_only)
        ),
        lambda one: one.pair.text,
    )
    if kept:
        return _put_together(kept, now_ms)
    if snippet.form is Form.HEADER:
        raise CookieParseError(CookieErrorCode.EMPTY, f"There is nothing in it: {_HOW}.")
    raise CookieParseError(CookieErrorCode.NOT_IN_SNIPPET, f"{_NOTHING_IN[snippet.form]}: {_HOW}.")


def _nearest(
    found: Iterable[_T], rank: Callable[[_T], int | None], text: Callable[[_T], str]
) -> list[_T]:
    """Those that belong to the host, as directly as a login can be had; none of other hosts."""
    ranked = [(one, r) for one in found if (r := rank(one)) is not None]
    limits = sorted({r for _, r in ranked})
    within = [[one for one, r in ranked if r <= limit] for limit in limits]
    with_login = (own for own in within if any(has_session(text(one)) for one in own))
    return next(with_login, within[0] if within else [])


def _one_of(sent: Sequence[Sent]) -> _Choice:
    """Of several requests the newest with a login; where their order is unknown, the last."""
    if all(one.at_ms is not None for one in sent):
        one = max(sent, key=lambda one: (has_session(one.header.text), one.at_ms or 0))
        return _Choice(one.header.strip(" "), one.expires_at_ms)
    texts = {one.header.text for one in sent}
    return _Choice(
        sent[-1].header.strip(" "), sent[-1].expires_at_ms, is_one_of_several=len(texts) > 1
    )


def _put_together(kept: Iterable[Kept], now_ms: int) -> _Choice:
    """The header that a browser would send; what has run out is left out, but for the login."""
    current = {
        cookie.pair.text: cookie
        for cookie in kept
        if session_part(cookie.name.text) or (cookie.expires_at_ms or now_ms + 1) > now_ms
    }
    login = [c for c in current.values() if session_part(c.name.text)]
    ends = [c.expires_at_ms for c in login if c.expires_at_ms is not None]
    header = joined((c.pair for c in current.values()), "; ").strip(" ")
    return _Choice(header, min(ends, default=None))


def _refuse_unsendable(header: Piece) -> None:
    """What no header may hold is refused, whoever asks for it."""
    fault = _UNSENDABLE.search(header.text)
    if fault is None:
        if header.text.strip("; "):
            return
        raise CookieParseError(CookieErrorCode.EMPTY, f"There is nothing in it: {_HOW}.")
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
        f"There is a character{where} that no cookie holds, such as an ellipsis or a curly quote: "
        "it was cut off or changed when it was copied, so copy it again, whole.",
        offset=offset,
    )


def _refuse_doubtful(choice: _Choice, now_ms: int) -> None:
    """What can be sent, but will not do."""
    text = choice.header.text
    names = shown_names(text)
    parts: dict[str, dict[int | None, set[str]]] = defaultdict(lambda: defaultdict(set))
    for pair in pairs_of(text):
        if pair.value and (part := session_part(pair.name)):
            parts[part.login][part.index].add(pair.value)
    if choice.is_one_of_several:
        detail = "There are several different cookie headers in it: copy one single request."
        raise CookieParseError(CookieErrorCode.AMBIGUOUS, detail, names=names)
    if any(len(values) > 1 for login in parts.values() for values in login.values()):
        detail = "The login cookie is in it twice, with different values: sign in anew, copy anew."
        raise CookieParseError(CookieErrorCode.AMBIGUOUS, detail, names=names)
    if not parts:
        raise CookieParseError(CookieErrorCode.LOGIN_MISSING, _missing(text, names), names=names)
    if not any(is_whole(set(login)) for login in parts.values()):
        detail = (
            "The login cookie comes in numbered pieces, and one of them is missing: "
            "copy all cookies of one request."
        )
        raise CookieParseError(CookieErrorCode.LOGIN_INCOMPLETE, detail, names=names)
    if choice.expires_at_ms is not None and choice.expires_at_ms <= now_ms:
        detail = "The login cookie in it has expired: sign in to the site again, then copy anew."
        raise CookieParseError(CookieErrorCode.EXPIRED, detail, names=names)


def _missing(text: str, names: tuple[str, ...]) -> str:
    found = f"found: {', '.join(names[:_MOST_NAMES])}" if names else "no cookie names were found"
    if len(names) > _MOST_NAMES:
        found += f" and {len(names) - _MOST_NAMES} more"
    if not re.search("[=;]", text):
        found += ", and it looks like a value without its name"
    return (
        f"The login cookie, __Secure-authjs.session-token, is not in it ({found}); being HttpOnly "
        f"it is not in document.cookie either: {_HOW}."
    )
