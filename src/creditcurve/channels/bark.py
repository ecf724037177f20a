"""Bark: ``https://api.day.app/DEVICE_KEY`` or another server. ``code`` 200 is success."""

from creditcurve.channels.protocol import Answer, Http, Message, Priority, Target
from creditcurve.channels.replies import accept, encode


async def send(target: Target, message: Message, http: Http) -> Answer:
    """Send a push message."""
    is_urgent = message.priority is Priority.URGENT
    fields = {
        "title": message.title,
        "body": message.text,
        "group": "CreditCurve",
        "level": "timeSensitive" if is_urgent else "active",
    }
    if message.link is not None:
        fields["url"] = message.link
    reply = await http.post(target.url.rstrip("/"), encode(fields))
    found = reply.fields()
    code = found.get("code")
    return accept(reply, is_ok=code == 200, code=code, message=found.get("message"))
