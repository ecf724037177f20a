"""Read a pasted text: whatever its format, return the cookie header for the site.

The header has exactly the bytes of the text, without decoding or quoting, unless the text's own
grammar escapes them. An unknown text is never taken for a header.
"""

from typing import TYPE_CHECKING, Final

import msgspec

from creditcurve.cookie.choose import choose, foreign_origin
from creditcurve.cookie.errors import CookieErrorCode, CookieParseError
from creditcurve.cookie.formats.found import FoundBy
from creditcurve.cookie.header import pairs_of, session_part, shown_names
from creditcurve.cookie.login_checks import HOW_TO_COPY, check_login, check_sendable
from creditcurve.cookie.unwrap import unwrap
from creditcurve.domain.secret import Secret

if TYPE_CHECKING:
    from creditcurve.cookie.formats.detect import Detected

MAX_BYTES: Final = 64 * 1024

_SHORTEST_LOGIN: Final = 8
_SHORTEST_UNKNOWN: Final = 32


class Cookie(msgspec.Struct, frozen=True):
    """An accepted cookie.

    Attributes:
        header: the value of the ``cookie`` header; printable ASCII.
        names: the names in it that may be shown, in order.
        expires_at_ms: when the login expires, if the text says so.
        origin: the site (``https://host``) that the text names for it, if it names one.
        found_by: ``grammar`` if the format of the text is known; ``name`` if the login was found by
            its name in a text of an unknown format.
    """

    header: Secret
    names: tuple[str, ...]
    expires_at_ms: int | None
    origin: str | None = None
    found_by: FoundBy = "grammar"


def parse_cookie(pasted: str, *, host: str, now_ms: int, force: bool = False) -> Cookie:
    """Return the cookie of a pasted text. The time it takes is linear in the text's length.

    Args:
        pasted: the text from the clipboard.
        host: the site's host name, without a port.
        now_ms: the current time, for expiry dates.
        force: accept a cookie whose login is missing, incomplete, ambiguous or expired.

    Raises:
        CookieParseError: the text contains no usable cookie.
    """
    if len(pasted) > MAX_BYTES or len(pasted.encode(errors="surrogatepass")) > MAX_BYTES:
        raise CookieParseError(
            CookieErrorCode.TOO_LARGE,
            "This is more than 64 KiB, and no cookie is that long: copy one single request.",
        )
    from creditcurve.cookie.formats.detect import (  # noqa: PLC0415 - a tenth of each start
        detect,
    )

    detected = detect(unwrap(pasted))
    choice = choose(detected.found, host, now_ms)
    if choice is None:
        raise _nothing_found(detected)
    check_sendable(choice.header)
    if not force:
        check_login(choice, now_ms)
    text = choice.header.text
    return Cookie(
        header=Secret(text.encode("ascii")),
        names=shown_names(text),
        expires_at_ms=choice.expires_at_ms,
        origin=choice.origin,
        found_by=detected.format.found_by if detected.format else "grammar",
    )


def login_values(header: Secret) -> tuple[bytes, ...]:
    """Return the values of the login in a header; without a login, all long values.

    Short values are left out, because they occur in many texts by chance.
    """
    pairs = pairs_of(header.reveal().decode("latin-1"))
    login = [p.value for p in pairs if session_part(p.name) and len(p.value) >= _SHORTEST_LOGIN]
    values = login or [p.value for p in pairs if len(p.value) >= _SHORTEST_UNKNOWN]
    return tuple(value.encode("latin-1") for value in values)


def _nothing_found(detected: "Detected") -> CookieParseError:
    origin = foreign_origin(detected.found)
    if origin is not None:
        detail = f"This is a login for {origin}, not for the site: {HOW_TO_COPY}."
        return CookieParseError(CookieErrorCode.NOT_IN_SNIPPET, detail, origin=origin)
    if detected.format is None and detected.found.sent:
        return CookieParseError(CookieErrorCode.EMPTY, f"There is nothing in it: {HOW_TO_COPY}.")
    reason = detected.format.nothing_found if detected.format else "There is no cookie in it"
    return CookieParseError(CookieErrorCode.NOT_IN_SNIPPET, f"{reason}: {HOW_TO_COPY}.")
