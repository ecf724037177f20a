"""The upstream: the only part of the program that calls the site, and reads what it answers."""

from creditcurve.upstream.client import CheckAnswer, UpstreamClient, UsageAnswer
from creditcurve.upstream.errors import UpstreamError
from creditcurve.upstream.wire import ChartHour

__all__ = ["ChartHour", "CheckAnswer", "UpstreamClient", "UpstreamError", "UsageAnswer"]
