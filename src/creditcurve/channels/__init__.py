"""Channels that carry messages to the user: one small module per kind behind one protocol.

A channel module is imported when its first message is sent.
"""

from creditcurve.channels.protocol import (
    Answer,
    ChannelError,
    Http,
    Kind,
    Message,
    Priority,
    Reply,
    Target,
)
from creditcurve.channels.registry import check, send

__all__ = [
    "Answer",
    "ChannelError",
    "Http",
    "Kind",
    "Message",
    "Priority",
    "Reply",
    "Target",
    "check",
    "send",
]
