"""Choose the cookies for the site among those of a text."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from creditcurve.cookie.formats.found import Found, SentHeader, StoredCookie
from creditcurve.cookie.header import (
    has_session,
    reach,
    session_part,
)
from creditcurve.cookie.quoting import Piece, joined

_T = TypeVar("_T")


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
