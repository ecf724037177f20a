"""The upstream: the only part of the program that calls the site and reads its answers."""

from creditcurve.upstream.client import CheckAnswer, UpstreamClient, UsageAnswer
from creditcurve.upstream.errors import SchemaChangedError, UpstreamError
from creditcurve.upstream.site import Sites
from creditcurve.upstream.wire import READING, read_again

__all__ = [
    "READING",
    "CheckAnswer",
    "SchemaChangedError",
    "Sites",
    "UpstreamClient",
    "UpstreamError",
    "UsageAnswer",
    "read_again",
]
