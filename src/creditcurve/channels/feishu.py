r"""飞书 and Lark: a custom bot's webhook, signed where the bot demands it.

Signature: base64(HMAC-SHA256(key = "{timestamp}\n{secret}", message = "")); code 0 is success.
"""

import base64
import hashlib
import hmac

from creditcurve.channels.protocol import Answer, Http, Message, Target
from creditcurve.channels.replies import accept, encode, secret_of

FINAL_CODES = (9499, 19001, 19021, 19022, 19024)
"""A bad request, an unknown token, a wrong signature, a forbidden address, a missing keyword."""


async def send(target: Target, message: Message, http: Http) -> Answer:
    """Send a text message."""
    fields: dict[str, object] = {"msg_type": "text", "content": {"text": message.whole}}
    if target.secret is not None:
        timestamp = str(message.sent_ms // 1000)
        fields |= {"timestamp": timestamp, "sign": sign(timestamp, secret_of(target))}
    reply = await http.post(target.url, encode(fields))
    found = reply.fields()
    code = found.get("code", found.get("StatusCode"))
    text = found.get("msg", found.get("StatusMessage"))
    return accept(reply, is_ok=code == 0, code=code, message=text, final_codes=FINAL_CODES)


def sign(timestamp: str, secret: str) -> str:
    """Return the signature of a second."""
    key = f"{timestamp}\n{secret}".encode()
    return base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
