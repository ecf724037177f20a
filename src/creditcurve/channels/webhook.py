"""A webhook of the user's own: JSON, signed as Standard Webhooks (standardwebhooks.com) describe.

``webhook-signature`` is ``v1,`` and base64(HMAC-SHA256(secret, "{id}.{timestamp}.{body}")). The
receiver's status decides; its body is not read.
"""

import base64
import hashlib
import hmac

from creditcurve.channels.protocol import Answer, Http, Message, Target
from creditcurve.channels.replies import accept, encode, secret_of
from creditcurve.domain.instant import to_iso


async def send(target: Target, message: Message, http: Http) -> Answer:
    """Post the message and its fields."""
    body = encode(
        {
            "id": message.id,
            "at": to_iso(message.at_ms),
            "title": message.title,
            "text": message.text,
            "link": message.link,
            "priority": message.priority.value,
            "data": message.data,
        }
    )
    timestamp = str(message.sent_ms // 1000)
    headers = {"webhook-id": message.id, "webhook-timestamp": timestamp}
    if target.secret is not None:
        headers["webhook-signature"] = sign(message.id, timestamp, body, secret_of(target))
    reply = await http.post(target.url, body, headers)
    return accept(reply, is_ok=True)


def sign(message_id: str, timestamp: str, body: bytes, secret: str) -> str:
    """Return the signature header of a body."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"
