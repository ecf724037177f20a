"""Telegram: ``https://api.telegram.org/?chat_id=CHAT``; the secret is the bot's token."""

from urllib.parse import parse_qs, urlsplit

from creditcurve.channels.protocol import Answer, ChannelError, Http, Message, Target
from creditcurve.channels.replies import accept, encode, secret_of


async def send(target: Target, message: Message, http: Http) -> Answer:
    """Send a message to the chat."""
    url = urlsplit(target.url)
    chats = parse_qs(url.query).get("chat_id")
    if not chats:
        raise ChannelError("The address lacks ?chat_id=.", is_final=True)
    fields = {
        "chat_id": chats[0],
        "text": message.whole,
        "link_preview_options": {"is_disabled": True},
    }
    bot = f"{url.scheme}://{url.netloc}/bot{secret_of(target)}/sendMessage"
    reply = await http.post(bot, encode(fields))
    found = reply.fields()
    parameters = found.get("parameters")
    wait_s = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return accept(
        reply.with_wait(wait_s),
        is_ok=found.get("ok") is True,
        code=found.get("error_code"),
        message=found.get("description"),
    )
