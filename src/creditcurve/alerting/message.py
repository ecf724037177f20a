"""The texts of messages, in the language of the settings.

A message contains amounts, times, a model or an API key's label, and one link; never the cookie and
no other content of records.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

import msgspec

from creditcurve.channels import Message as Outgoing
from creditcurve.channels import Priority
from creditcurve.domain.account import Unit
from creditcurve.domain.alert import Kind
from creditcurve.domain.episode import Notice
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS, to_iso
from creditcurve.domain.outbox import Content, Message

LINK_MARGIN_MS: Final = HOUR_MS
"""The range of a link begins this long before an episode, so that its start is visible."""


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """How texts are written.

    Attributes:
        is_chinese: Chinese instead of English.
        zone: the zone of times.
        page_url: the address that links point to; None writes none.
        unit: the unit of amounts.
    """

    is_chinese: bool
    zone: tzinfo
    page_url: str | None = None
    unit: Unit | None = None

    def say(self, en: str, zh: str) -> str:
        """Return the text of the language."""
        return zh if self.is_chinese else en


class _Texts(NamedTuple):
    """A title and the sentence of its value, in both languages."""

    en: str
    zh: str
    value: Callable[[Style, float], str]


def rendered(message: Message, style: Style) -> Outgoing:
    """Return a message as channels send it."""
    parts = message.contents
    if len(parts) == 1:
        return _outgoing(message, style, _title(parts[0], style), _text(parts[0], style), parts[0])
    count = len(parts)
    title = style.say(f"CreditCurve: {count} alerts", f"CreditCurve：{count} 条告警")
    text = "\n".join(f"{_title(one, style)}\n{_text(one, style)}" for one in parts)
    return _outgoing(message, style, title, text, parts[0])


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


def _outgoing(message: Message, style: Style, title: str, text: str, part: Content) -> Outgoing:
    return Outgoing(
        id=message.id,
        at_ms=message.due_ms,
        title=title,
        text=text,
        link=_link(style, part, message.episode),
        priority=Priority.URGENT if message.is_urgent else Priority.NORMAL,
        data={"alerts": [_fields(one) for one in message.contents]},
    )


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
    }


def _link(style: Style, part: Content, episode: int | None) -> str | None:
    """Return the address of the page at the episode's time, with the episode opened."""
    if style.page_url is None:
        return None
    to_ms = max(part.at_ms, part.episode.since_ms + MINUTE_MS)
    query = {"from": part.episode.since_ms - LINK_MARGIN_MS, "to": to_ms}
    if episode is not None:
        query["episode"] = episode
    return f"{style.page_url}?{urlencode(query)}"


def _title(part: Content, style: Style) -> str:
    texts = _TEXTS[part.rule.kind]
    name = style.say(texts.en, texts.zh)
    if part.notice is Notice.RECOVERED:
        return style.say(f"Over: {name}", f"已恢复：{name}")
    if part.notice is Notice.REPEATED:
        return style.say(f"Still: {name}", f"仍在持续：{name}")
    return name


def _text(part: Content, style: Style) -> str:
    episode, texts = part.episode, _TEXTS[part.rule.kind]
    since = _time(episode.since_ms, style.zone)
    lines = []
    if part.rule.kind is Kind.SPEND and part.rule.window_s is not None:
        window = _duration(part.rule.window_s * 1000, style)
        lines.append(style.say(f"Within {window}", f"统计时段：{window}"))
    if part.notice is Notice.RECOVERED:
        until_ms = part.at_ms if episode.until_ms is None else episode.until_ms
        until, length = _time(until_ms, style.zone), _duration(until_ms - episode.since_ms, style)
        peak = texts.value(style, episode.peak)
        lines.append(style.say(f"{since} – {until} ({length})", f"{since} – {until}（{length}）"))
        lines.append(style.say(f"Peak: {peak}", f"峰值：{peak}") if peak else "")
        if part.cost:
            cost = _amount(style, float(part.cost))
            lines.append(style.say(f"Spent meanwhile: {cost}", f"期间消耗：{cost}"))
    else:
        lines.append(texts.value(style, episode.value))
        lines.append(style.say(f"Since {since}", f"开始于 {since}"))
    if episode.subject and part.rule.kind is not Kind.COOKIE:
        lines.append(_subject(part, style))
    return "\n".join(line for line in lines if line)


def _subject(part: Content, style: Style) -> str:
    subject = part.episode.subject or ""
    if part.rule.model is not None:
        return style.say(f"Model: {subject}", f"模型：{subject}")
    return style.say(f"API key: {subject}", f"API 密钥：{subject}")


def _time(t_ms: int, zone: tzinfo) -> str:
    return datetime.fromtimestamp(t_ms / 1000, zone).strftime("%m-%d %H:%M")


def _duration(length_ms: int, style: Style) -> str:
    minutes = max(0, round(length_ms / MINUTE_MS))
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return style.say(f"{minutes} min", f"{minutes} 分钟")
    if not minutes:
        return style.say(f"{hours} h", f"{hours} 小时")
    return style.say(f"{hours} h {minutes} min", f"{hours} 小时 {minutes} 分钟")


def _amount(style: Style, value: float) -> str:
    if style.unit is Unit.YUAN:
        return f"¥{value / 1000:,.2f}"
    return style.say(f"{value:,.6g} credits", f"{value:,.6g} 积分")


def _balance(style: Style, value: float) -> str:
    return style.say(f"{_amount(style, value)} left", f"剩余 {_amount(style, value)}")


def _factor(style: Style, value: float) -> str:
    return style.say(f"{value:.1f} times the usual rate", f"为平时的 {value:.1f} 倍")


def _hours_left(style: Style, value: float) -> str:
    return style.say(f"About {value:.1f} h left", f"预计还可用 {value:.1f} 小时")


def _cookie(style: Style, hours: float) -> str:
    if hours <= 0:
        return style.say(
            "Sign in on the site and paste the cookie again.", "请重新登录站点并粘贴新的 Cookie。"
        )
    return style.say(f"It expires in {hours:.0f} h.", f"将在 {hours:.0f} 小时后过期。")


def _minutes(style: Style, value: float) -> str:
    return style.say(
        f"No successful request for {value:.0f} min", f"已有 {value:.0f} 分钟没有成功请求"
    )


def _count(style: Style, value: float) -> str:
    return style.say(f"Count: {value:.0f}", f"数量：{value:.0f}")


def _share(style: Style, value: float) -> str:
    return style.say(f"{value:.1%} free", f"剩余空间 {value:.1%}")


_TEXTS: Final[Mapping[Kind, _Texts]] = {
    Kind.SPEND: _Texts("Spending above the limit", "消耗超过上限", _amount),
    Kind.RATE: _Texts("Spending faster than usual", "消耗速度高于平时", _factor),
    Kind.BALANCE: _Texts("Low balance", "余额不足", _balance),
    Kind.RUNS_OUT: _Texts("Balance runs out soon", "余额即将用完", _hours_left),
    Kind.AWAY: _Texts("Spending while you are away", "离开期间仍有消耗", _amount),
    Kind.NEW_KEY: _Texts("New API key in use", "出现新的 API 密钥", _count),
    Kind.COOKIE: _Texts("The cookie must be renewed", "需要更新 Cookie", _cookie),
    Kind.SILENCE: _Texts("No data from the site", "无法从站点获取数据", _minutes),
    Kind.MISMATCH: _Texts("Sums differ from the site's", "统计与站点不一致", _count),
    Kind.LOSS: _Texts("Requests may be missing", "可能有请求遗漏", _count),
    Kind.UNREADABLE: _Texts("Rows could not be read", "有无法解析的数据", _count),
    Kind.DISK: _Texts("The disk is almost full", "磁盘空间即将用完", _share),
}
