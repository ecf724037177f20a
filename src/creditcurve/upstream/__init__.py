"""The upstream: the only part of the program that calls the site and reads its answers.

Here are the sites and the errors. The client (``client``) and the reader of answers (``wire``) are
imported when the site is first called: a start does not call it.
"""

from creditcurve.upstream.errors import (
    CookieError,
    ForbiddenError,
    NotAvailableError,
    RedirectError,
    ResetUncertainError,
    ResetUsedError,
    SchemaChangedError,
    StatusError,
    UpstreamError,
)
from creditcurve.upstream.reading import READING
from creditcurve.upstream.site import Sites

__all__ = [
    "READING",
    "CookieError",
    "ForbiddenError",
    "NotAvailableError",
    "RedirectError",
    "ResetUncertainError",
    "ResetUsedError",
    "SchemaChangedError",
    "Sites",
    "StatusError",
    "UpstreamError",
]
