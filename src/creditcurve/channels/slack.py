"""Slack: an incoming webhook, which answers with the one word ``ok`` or a code."""

import re

from creditcurve.channels.protocol import Answer, Http, Message, Target
from creditcurve.channels.replies import accept, encode

_CODE = re.compile(rb"[a-z_]{1,60}")


async def send(target: Target, message: Message, http: Http) -> Answer:
    """Post a message; Slack wants three characters escaped."""
    text = message.whole.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    reply = await http.post(target.url, encode({"text": text}))
    code = reply.body.decode() if _CODE.fullmatch(reply.body) else None
    return accept(reply, is_ok=code == "ok", code=code)
