"""ntfy: ``https://ntfy.sh/TOPIC`` or another server; the secret is an access token.

Messages are published as JSON to the server's root, so that titles may have any letters.
"""

from creditcurve.channels.protocol import Answer, Http, Message, Priority, Target
from creditcurve.channels.replies import accept, encode, secret_of


async def send(target: Target, message: Message, http: Http) -> Answer:
    """Publish a message to the topic."""
    root, _, topic = target.url.rstrip("/").rpartition("/")
    fields: dict[str, object] = {
        "topic": topic,
        "title": message.title,
        "message": message.text,
        "priority": 5 if message.priority is Priority.URGENT else 3,
    }
    if message.link is not None:
        fields["click"] = message.link
    headers = {}
    if target.secret is not None:
        headers["authorization"] = f"Bearer {secret_of(target)}"
    reply = await http.post(f"{root}/", encode(fields), headers)
    found = reply.fields()
    is_ok = found.get("event") == "message"
    return accept(reply, is_ok=is_ok, code=found.get("code"), message=found.get("error"))
