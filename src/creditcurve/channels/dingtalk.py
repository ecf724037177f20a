r"""钉钉: a custom robot's webhook, signed where the robot demands it.

Signature, in the query: base64(HMAC-SHA256(key = secret, message = "{ms}\n{secret}")).
"""

import base64
import hashlib
import hmac
from urllib.parse import urlencode

from creditcurve.channels.protocol import Answer, Http, Message, Target
from creditcurve.channels.replies import accept, encode, secret_of

FINAL_CODES = (300001, 300005, 310000)
"""A missing token, an unknown token, and a message that the robot's security settings refuse."""


async def send(target: Target, message: Message, http: Http) -> Answer:
    """Send a text message."""
    url = target.url
    if target.secret is not None:
        query = urlencode(
            {"timestamp": message.sent_ms, "sign": sign(message.sent_ms, secret_of(target))}
        )
        url = f"{url}{'&' if '?' in url else '?'}{query}"
    reply = await http.post(url, encode({"msgtype": "text", "text": {"content": message.whole}}))
    found = reply.fields()
    code = found.get("errcode")
    text = found.get("errmsg")
    return accept(reply, is_ok=code == 0, code=code, message=text, final_codes=FINAL_CODES)


def sign(at_ms: int, secret: str) -> str:
    """Return the signature of an instant."""
    text = f"{at_ms}\n{secret}".encode()
    return base64.b64encode(hmac.new(secret.encode(), text, hashlib.sha256).digest()).decode()
