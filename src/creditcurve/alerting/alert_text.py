"""The texts of alerts: what happened, how much, since when, model and key."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from creditcurve.alerting.style import Style
from creditcurve.domain.alert import Kind
from creditcurve.domain.episode import Notice
from creditcurve.domain.instant import MINUTE_MS
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
    lines += _sources_of(part, style)
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


def _sources_of(part: Content, style: Style) -> list[str]:
    """Return the lines with the model and the API key."""
    is_key = part.rule.kind is Kind.NEW_KEY
    model = part.model or part.rule.model
    key = part.api_key or part.rule.api_key or (part.episode.subject if is_key else None)
    lines = [style.say(f"Model: {model}", f"模型：{model}")] if model else []
    return lines + ([style.say(f"API key: {key}", f"API Key：{key}")] if key else [])


def _balance(style: Style, value: float) -> str:
    return style.say(f"{style.amount(value)} left", f"剩余 {style.amount(value)}")


def _factor(style: Style, value: float) -> str:
    return style.say(f"{round(value, 1):g} times the usual", f"平时的 {round(value, 1):g} 倍")


def _hours_left(style: Style, value: float) -> str:
    return style.say(f"{round(value, 1):g} h left", f"预计还可用 {round(value, 1):g} 小时")


def _cookie(style: Style, hours: float) -> str:
    if hours <= 0:
        return style.say(
            "Sign in on the site and paste the cookie again.", "请重新登录站点并粘贴新的 Cookie。"
        )
    return style.say(f"Expires in {hours:.0f} h", f"{hours:.0f} 小时后过期")


def _silent(style: Style, minutes: float) -> str:
    length = style.duration(round(minutes) * MINUTE_MS)
    return style.say(f"No data for {length}", f"{length}没有数据")


def _keys(style: Style, value: float) -> str:
    return style.say(f"{value:.0f} new {_plural(value, 'key')}", f"{value:.0f} 个新 Key")


def _hours(style: Style, value: float) -> str:
    return style.say(f"{value:.0f} {_plural(value, 'hour')}", f"{value:.0f} 个小时")


def _gaps(style: Style, value: float) -> str:
    return style.say(f"{value:.0f} {_plural(value, 'gap')}", f"{value:.0f} 处缺口")


def _rows(style: Style, value: float) -> str:
    return style.say(f"{value:.0f} {_plural(value, 'row')}", f"{value:.0f} 条")


def _plural(value: float, noun: str) -> str:
    return noun if value == 1 else f"{noun}s"


def _share(style: Style, value: float) -> str:
    return style.say(f"{value:.1%} free", f"剩余空间 {value:.1%}")


_TEXTS: Final[Mapping[Kind, _Texts]] = {
    Kind.SPEND: _Texts("Spend above the limit", "消耗超过上限", Style.amount),
    Kind.RATE: _Texts("Rate above usual", "消耗速度高于平时", _factor),
    Kind.BALANCE: _Texts("Low balance", "余额不足", _balance),
    Kind.RUNS_OUT: _Texts("Balance runs out soon", "余额即将用完", _hours_left),
    Kind.AWAY: _Texts("Spend while away", "无人时段有消耗", Style.amount),
    Kind.NEW_KEY: _Texts("New API key", "出现新的 API Key", _keys),
    Kind.COOKIE: _Texts("Cookie must be renewed", "需要更新 Cookie", _cookie),
    Kind.SILENCE: _Texts("No data from the site", "无法从站点获取数据", _silent),
    Kind.MISMATCH: _Texts("Totals differ from the site's", "与站点对账不一致", _hours),
    Kind.LOSS: _Texts("Requests may be missing", "可能有请求缺失", _gaps),
    Kind.UNREADABLE: _Texts("Unreadable rows", "有未识别的数据", _rows),
    Kind.DISK: _Texts("Disk almost full", "磁盘空间不足", _share),
}
