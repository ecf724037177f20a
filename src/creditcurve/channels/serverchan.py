"""Server酱: ``https://sctapi.ftqq.com``; the secret is the SendKey. ``code`` 0 is success."""

from creditcurve.channels.protocol import Answer, Http, Message, Target
from creditcurve.channels.replies import accept, encode, secret_of

MAX_TITLE_LENGTH = 32
BAD_KEY = 40001


async def send(target: Target, message: Message, http: Http) -> Answer:
    """Send a message; blank lines make a paragraph of each line."""
    fields = {
        "title": message.title[:MAX_TITLE_LENGTH],
        "desp": message.whole.replace("\n", "\n\n"),
    }
    url = f"{target.url.rstrip('/')}/{secret_of(target)}.send"
    reply = await http.post(url, encode(fields))
    found = reply.fields()
    code = found.get("code", found.get("errno"))
    text = found.get("message")
    return accept(reply, is_ok=code == 0, code=code, message=text, final_codes=(BAD_KEY,))
