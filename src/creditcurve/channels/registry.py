"""The channel modules by kind, imported on first use."""

from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Final
from urllib.parse import urlsplit

import msgspec

from creditcurve.channels.protocol import Answer, ChannelError, Http, Kind, Message, Target

NEEDS_SECRET: Final = frozenset({Kind.TELEGRAM, Kind.SERVERCHAN, Kind.PUSHPLUS, Kind.WXPUSHER})
"""Kinds whose token is not part of the address."""


_Send = Callable[[Target, Message, Http], Awaitable[Answer]]


async def send(target: Target, message: Message, http: Http, *, now_ms: int) -> Answer:
    """Send a message.

    Raises:
        ChannelError: it was not accepted.
    """
    deliver: _Send = import_module(f"creditcurve.channels.{target.kind.value}").send
    return await deliver(target, msgspec.structs.replace(message, sent_ms=now_ms), http)


def check(target: Target) -> None:
    """Check a channel before it is stored.

    Raises:
        ChannelError: its address cannot be one of its kind, or its secret is missing.
    """
    if target.kind is Kind.BROWSER:
        return
    if target.kind is Kind.APPRISE:
        if "://" not in target.url:
            raise ChannelError("The address must be one of Apprise, like tgram://…", is_final=True)
        return
    schemes = ("smtp", "smtps") if target.kind is Kind.MAIL else ("http", "https")
    try:
        url = urlsplit(target.url)
        is_address = url.scheme in schemes and bool(url.hostname)
        _ = url.port
    except ValueError:
        is_address = False
    if not is_address:
        raise ChannelError(f"The address must begin with {schemes[1]}://.", is_final=True)
    if target.kind in NEEDS_SECRET and target.secret is None:
        raise ChannelError("This kind of channel needs its token as the secret.", is_final=True)
