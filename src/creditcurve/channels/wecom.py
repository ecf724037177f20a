"""企业微信: a group robot's webhook. ``errcode`` 0 is success, also with status 200."""

from creditcurve.channels.protocol import Answer, Http, Message, Target
from creditcurve.channels.replies import accept, encode

MAX_TEXT_BYTES = 2_048
FINAL_CODES = (40058, 93000)
"""An invalid message, and an unknown key."""


async def send(target: Target, message: Message, http: Http) -> Answer:
    """Send a text message."""
    text = message.whole.encode()[:MAX_TEXT_BYTES].decode(errors="ignore")
    reply = await http.post(target.url, encode({"msgtype": "text", "text": {"content": text}}))
    found = reply.fields()
    code = found.get("errcode")
    answer = found.get("errmsg")
    return accept(reply, is_ok=code == 0, code=code, message=answer, final_codes=FINAL_CODES)
