"""PushPlus: ``https://www.pushplus.plus``; the secret is the token. ``code`` 200 is success."""

from creditcurve.channels.protocol import Answer, Http, Message, Target
from creditcurve.channels.replies import accept, encode, secret_of

BAD_TOKEN = 903


async def send(target: Target, message: Message, http: Http) -> Answer:
    """Send a plain text message."""
    fields = {
        "token": secret_of(target),
        "title": message.title,
        "content": message.body,
        "template": "txt",
    }
    reply = await http.post(f"{target.url.rstrip('/')}/send", encode(fields))
    found = reply.fields()
    code = found.get("code")
    text = found.get("msg")
    return accept(reply, is_ok=code == 200, code=code, message=text, final_codes=(BAD_TOKEN,))
