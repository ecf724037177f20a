"""The upstream: the only part of the program that calls the site and reads its answers."""

from creditcurve.upstream.account import NotAvailableError
from creditcurve.upstream.client import AccountAnswer, CheckAnswer, UpstreamClient, UsageAnswer
from creditcurve.upstream.errors import (
    CookieError,
    ForbiddenError,
    RedirectError,
    SchemaChangedError,
    StatusError,
    UpstreamError,
)
from creditcurve.upstream.reset_result import ResetUncertainError, ResetUsedError
from creditcurve.upstream.site import Sites
from creditcurve.upstream.wire import READING, read_again

__all__ = [
    "READING",
    "AccountAnswer",
    "CheckAnswer",
    "CookieError",
    "ForbiddenError",
    "NotAvailableError",
    "RedirectError",
    "ResetUncertainError",
    "ResetUsedError",
    "SchemaChangedError",
    "Sites",
    "StatusError",
    "UpstreamClient",
    "UpstreamError",
    "UsageAnswer",
    "read_again",
]
