"""A channel of the user's as stored: everything except its address and secret, which are sealed."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

import msgspec

from creditcurve.domain.instant import MINUTE_MS
from creditcurve.domain.secret import Secret

SCHEMES: Final = frozenset({"http", "https", "smtp", "smtps"})
COOL_DOWN_MS: Final = 300_000
"""A channel that failed within this time is tried after the others."""


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """A channel and its health.

    Attributes:
        id: assigned when it is created.
        kind: the kind of service.
        name: the user's name for it.
        enabled: whether messages are sent to it.
        address: its address without the part that may contain a token.
        has_secret: whether it has a secret beside the address.
        failing_since_ms: when it began to fail; None while it works.
        failed_ms: when it last failed.
        succeeded_ms: when it last accepted a message.
        error: the answer of the last failure, without secrets; None while it works.
        sent_ms: when messages of the last minute were sent, rising.
        resumes_ms: nothing is sent before, as the receiver asked.
    """

    id: str
    kind: str
    name: str
    enabled: bool = True
    address: str = ""
    has_secret: bool = False
    failing_since_ms: int | None = None
    failed_ms: int | None = None
    succeeded_ms: int | None = None
    error: str | None = None
    sent_ms: tuple[int, ...] = ()
    resumes_ms: int = 0


class Address(msgspec.Struct, frozen=True):
    """Where a channel sends to, and its secret."""

    url: Secret
    secret: Secret | None = None


def masked(url: str) -> str:
    """Return an address without user, path and query: services put tokens in all of them.

    In the notation of Apprise even the host may be a token.
    """
    scheme, separator, _ = url.partition("://")
    if separator and scheme not in SCHEMES:
        return f"{scheme}://…"
    try:
        parts = urlsplit(url)
    except ValueError:
        return "…"
    if not parts.netloc:
        return ""
    has_more = parts.path not in ("", "/") or parts.query or parts.username
    return f"{origin_of(url)}/…" if has_more else origin_of(url)


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address; empty where it has none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def accepted(channel: Channel, at_ms: int) -> Channel:
    """Return the channel after it accepted a message."""
    return msgspec.structs.replace(
        channel, succeeded_ms=at_ms, failing_since_ms=None, failed_ms=None, error=None
    )


def failed(channel: Channel, at_ms: int, error: str) -> Channel:
    """Return the channel after it did not accept a message."""
    since_ms = at_ms if channel.failing_since_ms is None else channel.failing_since_ms
    return msgspec.structs.replace(channel, failing_since_ms=since_ms, failed_ms=at_ms, error=error)


def counted(channel: Channel, at_ms: int) -> Channel:
    """Return the channel with one more message that is sent to it."""
    recent = (one for one in channel.sent_ms if 0 <= at_ms - one < MINUTE_MS)
    return msgspec.structs.replace(channel, sent_ms=(*recent, at_ms))


def paused(channel: Channel, until_ms: int) -> Channel:
    """Return the channel after its receiver asked to wait."""
    return msgspec.structs.replace(channel, resumes_ms=until_ms)


def in_order(channels: Iterable[Channel], ids: Iterable[str], now_ms: int) -> list[Channel]:
    """Return the channels to try for a message, the first one first.

    Args:
        channels: all channels.
        ids: the channels that the rule names; none means all of them.
        now_ms: a channel that failed shortly before goes last.
    """
    by_id = {channel.id: channel for channel in channels if channel.enabled}
    named = [by_id[one] for one in ids if one in by_id]
    found = named or list(by_id.values())
    return sorted(found, key=lambda one: 0 <= now_ms - (one.failed_ms or 0) < COOL_DOWN_MS)
