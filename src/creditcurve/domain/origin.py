"""The site's origin: scheme, host and port, as one text like ``https://www.aicodemirror.com``."""

import re
from typing import Final
from urllib.parse import urlsplit

from creditcurve.domain.loopback import is_loopback

DEFAULT_ORIGIN: Final = "https://www.aicodemirror.com"
KNOWN_ORIGINS: Final = (
    DEFAULT_ORIGIN,
    "https://aicodemirror.com",
    "https://www.aicodemirror.ai",
    "https://aicodemirror.ai",
)
"""The site's own names; the software runs under other names too, so any other may be given."""
MAX_LENGTH: Final = 300
_HOST: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|[0-9a-f:.]{2,45}")


class OriginError(ValueError):
    """A text is not the origin of a site; the message is a sentence for the user."""


def parse_origin(text: str) -> str:
    """Return an origin in its normal form: lower case, without a default port or a slash.

    Raises:
        OriginError: it is not an https origin, or plain http to another machine.
    """
    try:
        parts = urlsplit(text.strip().rstrip("/")[:MAX_LENGTH])
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _malformed() from None
    has_rest = parts.path or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in ("http", "https") or has_rest or port == 0 or not _HOST.fullmatch(host):
        raise _malformed()
    if parts.scheme == "http" and not is_loopback(host):
        raise OriginError("The origin must be https: plain http would expose the cookie.")
    default_port = 443 if parts.scheme == "https" else 80
    suffix = "" if port in (None, default_port) else f":{port}"
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{suffix}"


def _malformed() -> OriginError:
    return OriginError(f"This is not the origin of a site, like {DEFAULT_ORIGIN}.")
