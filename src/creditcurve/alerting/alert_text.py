"""The texts of alerts: what happened, how much, since when, of which model or key."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from creditcurve.alerting.style import Style
from creditcurve.domain.alert import Kind
from creditcurve.domain.episode import Notice
from creditcurve.domain.outbox import Content


class _Texts(NamedTuple):
    """A title and the sentence of its value, in both languages."""

    en: str
    zh: str
    value: Callable[[Style, float], str]


def names_of(kind: Kind) -> tuple[str, str]:
    """Return the name of a kind of alert, in English and in Chinese."""
    texts = _TEXTS[kind]
    return texts.en, texts.zh


def title_of(part: Content, style: Style) -> str:
    """Return the title of an alert."""
    texts = _TEXTS[part.rule.kind]
    name = style.say(texts.en, texts.zh)
    if part.notice is Notice.RECOVERED:
        return style.say(f"Over: {name}", f"已恢复：{name}")
    if part.notice is Notice.REPEATED:
        return style.say(f"Still: {name}", f"仍在持续：{name}")
    return name


def text_of(part: Content, style: Style) -> str:
    """Return the lines of an alert."""
    lines = []
    if part.rule.kind is Kind.SPEND and part.rule.window_s is not None:
        window = style.duration(part.rule.window_s * 1000)
        lines.append(style.say(f"Within {window}", f"统计时段：{window}"))
    describe = _end_of if part.notice is Notice.RECOVERED else _present_of
    lines += describe(part, style)
    if part.episode.subject and part.rule.kind is not Kind.COOKIE:
        lines.append(_subject(part, style))
    return "\n".join(line for line in lines if line)


def _present_of(part: Content, style: Style) -> list[str]:
    since = style.time(part.episode.since_ms)
    value = _TEXTS[part.rule.kind].value(style, part.episode.value)
    return [value, style.say(f"Since {since}", f"开始于 {since}")]


def _end_of(part: Content, style: Style) -> list[str]:
    episode = part.episode
    until_ms = part.at_ms if episode.until_ms is None else episode.until_ms
    since, until = style.time(episode.since_ms), style.time(until_ms)
    length = style.duration(until_ms - episode.since_ms)
    lines = [style.say(f"{since} – {until} ({length})", f"{since} – {until}（{length}）")]
    peak = _TEXTS[part.rule.kind].value(style, episode.peak)
    if peak:
        lines.append(style.say(f"Peak: {peak}", f"峰值：{peak}"))
    if part.cost:
        cost = style.amount(float(part.cost))
        lines.append(style.say(f"Spent meanwhile: {cost}", f"期间消耗：{cost}"))
    return lines


def _subject(part: Content, style: Style) -> str:
    subject = part.episode.subject or ""
    if part.rule.model is not None:
        return style.say(f"Model: {subject}", f"模型：{subject}")
    return style.say(f"API key: {subject}", f"API 密钥：{subject}")


def _balance(style: Style, value: float) -> str:
    return style.say(f"{style.amount(value)} left", f"剩余 {style.amount(value)}")


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
    Kind.SPEND: _Texts("Spending above the limit", "消耗超过上限", Style.amount),
    Kind.RATE: _Texts("Spending faster than usual", "消耗速度高于平时", _factor),
    Kind.BALANCE: _Texts("Low balance", "余额不足", _balance),
    Kind.RUNS_OUT: _Texts("Balance runs out soon", "余额即将用完", _hours_left),
    Kind.AWAY: _Texts("Spending while you are away", "离开期间仍有消耗", Style.amount),
    Kind.NEW_KEY: _Texts("New API key in use", "出现新的 API 密钥", _count),
    Kind.COOKIE: _Texts("The cookie must be renewed", "需要更新 Cookie", _cookie),
    Kind.SILENCE: _Texts("No data from the site", "无法从站点获取数据", _minutes),
    Kind.MISMATCH: _Texts("Sums differ from the site's", "统计与站点不一致", _count),
    Kind.LOSS: _Texts("Requests may be missing", "可能有请求遗漏", _count),
    Kind.UNREADABLE: _Texts("Rows could not be read", "有无法解析的数据", _count),
    Kind.DISK: _Texts("The disk is almost full", "磁盘空间即将用完", _share),
}
