"""Stored messages as channels send them, in the language of the settings.

A message contains amounts, times, a model or an API key's label, and one link; never the cookie and
no other content of records.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from creditcurve.alerting import alert_text, digest_text
from creditcurve.alerting.style import Style
from creditcurve.channels import Message as Outgoing
from creditcurve.channels import Priority
from creditcurve.domain.digest import Digest
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS, to_iso
from creditcurve.domain.outbox import Content, Message

LINK_MARGIN_MS: Final = HOUR_MS
"""The range of a link begins this long before an episode, so that its start is visible."""


def rendered(message: Message, style: Style) -> Outgoing:
    """Return a message as channels send it."""
    if message.digest is not None:
        return _of_digest(message, message.digest, style)
    return _of_alerts(message, message.contents, style)


def test_message(identity: str, at_ms: int, style: Style) -> Outgoing:
    """Return the message of a test button."""
    return Outgoing(
        id=identity,
        at_ms=at_ms,
        title=style.say("CreditCurve: test message", "CreditCurve：测试消息"),
        text=style.say("This channel works.", "此渠道工作正常。"),
        link=style.page_url,
        data={"kind": "test"},
    )


def _of_digest(message: Message, digest: Digest, style: Style) -> Outgoing:
    return Outgoing(
        id=message.id,
        at_ms=message.due_ms,
        title=digest_text.title_of(digest, style),
        text=digest_text.text_of(digest, style),
        link=_link(style, digest.from_ms, digest.to_ms),
        data={"digest": msgspec.to_builtins(digest)},
    )


def _of_alerts(message: Message, parts: Sequence[Content], style: Style) -> Outgoing:
    first, *others = parts
    titles = [alert_text.title_of(one, style) for one in parts]
    texts = [alert_text.text_of(one, style) for one in parts]
    if others:
        n = len(parts)
        title = style.say(f"CreditCurve: {n} alerts", f"CreditCurve：{n} 条提醒")
        text = "\n".join(f"{one}\n{lines}" for one, lines in zip(titles, texts, strict=True))
    else:
        title, text = titles[0], texts[0]
    since_ms = first.episode.since_ms
    from_ms, to_ms = since_ms - LINK_MARGIN_MS, max(first.at_ms, since_ms + MINUTE_MS)
    return Outgoing(
        id=message.id,
        at_ms=message.due_ms,
        title=title,
        text=text,
        link=_link(style, from_ms, to_ms, episode=message.episode),
        priority=Priority.URGENT if message.is_urgent else Priority.NORMAL,
        data={"alerts": [_fields(one) for one in parts]},
    )


def _link(style: Style, from_ms: int, to_ms: int, *, episode: int | None = None) -> str | None:
    """Return the address of the page at a range, which opens an episode."""
    if style.page_url is None:
        return None
    query = {"from": from_ms, "to": to_ms} | ({} if episode is None else {"episode": episode})
    return f"{style.page_url}?{urlencode(query)}"


def _fields(part: Content) -> Mapping[str, Any]:
    episode = part.episode
    return {
        "kind": part.rule.kind.value,
        "rule": part.rule.id,
        "notice": part.notice.value,
        "since": to_iso(episode.since_ms),
        "until": None if episode.until_ms is None else to_iso(episode.until_ms),
        "value": episode.value,
        "peak": episode.peak,
        "subject": episode.subject,
        "model": part.model,
        "api_key": part.api_key,
        "cost": None if part.cost is None else float(part.cost),
    }
