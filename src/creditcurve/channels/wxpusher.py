"""WxPusher: ``https://wxpusher.zjiecode.com/?uid=UID``; the secret is the app token.

``code`` 1000 is success, of the call and of each receiver.
"""

from urllib.parse import parse_qs, urlsplit

from creditcurve.channels.protocol import Answer, ChannelError, Http, Message, Target
from creditcurve.channels.replies import accept, encode, secret_of

SUCCESS = 1000
TEXT = 1


async def send(target: Target, message: Message, http: Http) -> Answer:
    """Send a plain text message to the receivers that the address names."""
    url = urlsplit(target.url)
    uids = parse_qs(url.query).get("uid")
    if not uids:
        raise ChannelError("The address lacks ?uid=.", is_final=True)
    fields = {
        "appToken": secret_of(target),
        "summary": message.title,
        "content": message.whole,
        "contentType": TEXT,
        "uids": uids,
    }
    reply = await http.post(f"{url.scheme}://{url.netloc}/api/send/message", encode(fields))
    found = reply.fields()
    code, text = found.get("code"), found.get("msg")
    for receiver in found.get("data") or ():
        if isinstance(receiver, dict) and receiver.get("code", SUCCESS) != SUCCESS:
            code, text = receiver["code"], receiver.get("status")
    return accept(reply, is_ok=code == SUCCESS, code=code, message=text)
