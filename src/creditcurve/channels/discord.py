"""Discord: a channel's webhook, which answers 204, or a JSON object with code and message."""

from creditcurve.channels.protocol import Answer, Http, Message, Target
from creditcurve.channels.replies import accept, encode

MAX_LENGTH = 2_000


async def send(target: Target, message: Message, http: Http) -> Answer:
    """Post a message without mentions."""
    fields = {"content": message.whole[:MAX_LENGTH], "allowed_mentions": {"parse": []}}
    reply = await http.post(target.url, encode(fields))
    found = reply.fields()
    return accept(
        reply.with_wait(found.get("retry_after")),
        is_ok=reply.status == 204,
        code=found.get("code"),
        message=found.get("message"),
    )
