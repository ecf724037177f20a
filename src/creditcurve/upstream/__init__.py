"""The upstream: the only part of the program that calls the site, and reads what it answers."""

from creditcurve.upstream.client import CheckAnswer, UpstreamClient, UsageAnswer
from creditcurve.upstream.errors import UpstreamError

__all__ = ["CheckAnswer", "UpstreamClient", "UpstreamError", "UsageAnswer"]
