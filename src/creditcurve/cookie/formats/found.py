"""The values that the formats return, and the protocol that each of them implements."""

from collections.abc import Callable
from typing import Literal

import msgspec

from creditcurve.cookie.header import has_session, host_of
from creditcurve.cookie.quoting import Piece, joined

FoundBy = Literal["grammar", "name"]


class SentHeader(msgspec.Struct, frozen=True):
    """The cookie header of a request, with the request's origin and time if they are known."""

    header: Piece
    origin: str | None = None
    at_ms: int | None = None
    expires_at_ms: int | None = None

    @property
    def host(self) -> str | None:
        """The host of the request, without a port."""
        return None if self.origin is None else host_of(self.origin)


class StoredCookie(msgspec.Struct, frozen=True, kw_only=True):
    """One cookie as a browser stores it; without a domain it belongs to any host."""

    name: Piece
    value: Piece
    domain: str | None = None
    is_host_only: bool = False
    expires_at_ms: int | None = None

    @property
    def pair(self) -> Piece:
        """Return the pair for a ``Cookie`` header."""
        return joined((self.name, self.value), "=") if self.name.text else self.value


class Found(msgspec.Struct, frozen=True):
    """The content of a pasted text: headers of requests, or single cookies.

    ``is_final`` is set if no other format may look for a login in the text.
    """

    sent: tuple[SentHeader, ...] = ()
    stored: tuple[StoredCookie, ...] = ()
    is_final: bool = False

    @property
    def has_login(self) -> bool:
        """Whether any of them contains a login or a piece of one, for whatever host."""
        return any(has_session(one.header.text) for one in self.sent) or any(
            has_session(one.pair.text) for one in self.stored
        )


def with_origin(found: Found, origin: str | None) -> Found:
    """Return the content with ``origin`` as the site of all cookies that name none."""
    if origin is None:
        return found
    replace = msgspec.structs.replace
    host = host_of(origin)
    sent = (replace(one, origin=one.origin or origin) for one in found.sent)
    stored = (
        one if one.domain else replace(one, domain=host, is_host_only=True) for one in found.stored
    )
    return replace(found, sent=tuple(sent), stored=tuple(stored))


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """A notation that programs use for cookies.

    Attributes:
        recognizes: returns whether a text may be of this format; cheap, and linear in its length.
        read: returns the content of such a text, in linear time; it never raises.
        nothing_found: the start of the error message if the text has no cookie for the site.
        found_by: ``name`` for the search in texts of unknown formats.
    """

    recognizes: Callable[[str], bool]
    read: Callable[[Piece], Found]
    nothing_found: str
    found_by: FoundBy = "grammar"
