"""The text of the morning digest."""

from collections.abc import Sequence
from typing import Final

from creditcurve.alerting.style import Style
from creditcurve.domain.credits import Credits
from creditcurve.domain.digest import Digest, Line

MAX_LINES: Final = 5
"""The models and the keys that are named."""
COMPLETE: Final = 0.995


def title_of(digest: Digest, style: Style) -> str:
    """Return the title of a digest."""
    amount = _beside_usual(digest.total, digest.usual, style)
    return style.say(f"CreditCurve: {amount} yesterday", f"CreditCurve：昨日消耗 {amount}")


def text_of(digest: Digest, style: Style) -> str:
    """Return the lines of a digest."""
    n = f"{digest.requests:,}"
    lines = [style.say(f"{digest.date} · {n} requests", f"{digest.date} · {n} 次请求")]
    if digest.models:
        lines += [style.say("By model", "按模型"), *_lines(digest.models, style)]
    if any(line.key for line in digest.keys):
        lines += [style.say("By API key", "按 API Key"), *_lines(digest.keys, style)]
    if digest.balance is not None:
        lines.append(_balance(digest, float(digest.balance), style))
    if digest.complete < COMPLETE:
        share = f"{digest.complete:.0%}"
        lines.append(style.say(f"Only {share} of the day is known.", f"当日数据完整度：{share}"))
    return "\n".join(lines)


def _lines(found: Sequence[Line], style: Style) -> list[str]:
    return [_line(line, style) for line in found[:MAX_LINES]]


def _line(line: Line, style: Style) -> str:
    key = line.key or style.say("no key", "无 Key")
    amount = _beside_usual(line.v, line.usual, style)
    return style.say(f"  {key}: {amount}", f"  {key}：{amount}")


def _beside_usual(amount: Credits, usual: Credits | None, style: Style) -> str:
    shown = style.amount(float(amount))
    if usual is None:
        return shown
    typical = style.amount(float(usual))
    return style.say(f"{shown} (usually {typical})", f"{shown}（平时 {typical}）")


def _balance(digest: Digest, balance: float, style: Style) -> str:
    shown = style.amount(balance)
    if digest.empty_ms is None:
        return style.say(f"Balance: {shown}", f"余额：{shown}")
    until = style.time(digest.empty_ms)
    return style.say(
        f"Balance: {shown}, expected to last until {until}", f"余额：{shown}，预计可用到 {until}"
    )
