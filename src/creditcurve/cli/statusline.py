"""``creditcurve statusline``: print one short line for shell prompts and status bars.

It runs at every prompt: it imports little, waits for a quarter of a second at most, always prints
something short, and always exits with 0. It ignores standard input, where Claude Code sends JSON.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import msgspec

from creditcurve.cli.client import NotRunningError, connected
from creditcurve.cli.exits import CommandError, Exit
from creditcurve.cli.language import LINK_WORDS, Say, word
from creditcurve.cli.terminal import print_line, system_language
from creditcurve.config import Config, ConfigError, Flags, load
from creditcurve.domain.instant import MINUTE_MS

TIMEOUT_S: Final = 0.25
RATE_MS: Final = 15 * MINUTE_MS
"""The current rate is that of the last 15 minutes."""
FRESH_MS: Final = 10 * MINUTE_MS
"""An older balance is not shown."""
DAY_H: Final = 24
"""A balance that lasts longer has no time of day."""


class _Link(msgspec.Struct, frozen=True):
    state: str


class _Status(msgspec.Struct, frozen=True):
    link: _Link


class _Series(msgspec.Struct, frozen=True):
    t: list[int]
    v: list[float]


class _Account(msgspec.Struct, frozen=True):
    balance: float | None
    at: datetime | None


class _Usage(msgspec.Struct, frozen=True):
    to: int
    unit: str
    total: float
    series: list[_Series]
    gaps: list[msgspec.Raw]


def run(flags: Flags) -> int:
    """Print the line; return 0."""
    say = system_language()
    try:
        text = _summary(say, load(flags, os.environ))
    except (NotRunningError, ConfigError):
        text = say("not running", "未运行")
    except CommandError:
        text = "?"
    print_line(f"CC {text}")
    return Exit.OK


def _summary(say: Say, config: Config) -> str:
    with connected(config.data_dir, timeout_s=TIMEOUT_S) as (client, _, answer):
        status = msgspec.json.decode(answer, type=_Status)
        usage = client.get("/api/usage?hours=1&bucket=10", _Usage)
        account = client.get("/api/account", _Account)
    at_least = "≥ " if usage.gaps else ""
    total, rate = _amount(usage.total, usage), _amount(_rate_per_min(usage), usage)
    credits_en, credits_zh = ("", "") if usage.unit == "yuan" else (" credits", " 积分")
    parts = (
        *_balance(say, account, usage),
        say(f"{at_least}{total}{credits_en}/1 h", f"{at_least}{total}{credits_zh}/1 小时"),
        say(f"{rate}/min", f"{rate}/分钟"),
        word(say, LINK_WORDS, status.link.state),
    )
    return " · ".join(parts)


def _balance(say: Say, account: _Account, usage: _Usage) -> Iterator[str]:
    """Yield the balance while it is fresh, and when it ends at the pace of the last hour."""
    if account.balance is None or account.at is None:
        return
    if usage.to - account.at.timestamp() * 1000 > FRESH_MS:
        return
    left = _amount(account.balance, usage)
    yield say(f"{left} left", f"剩余 {left}")
    if account.balance > 0 and usage.total * DAY_H > account.balance and not usage.gaps:
        empty_s = usage.to / 1000 + account.balance / usage.total * 3_600
        at = datetime.fromtimestamp(empty_s, UTC).astimezone()
        yield say(f"empty ~{at:%H:%M}", f"约 {at:%H:%M} 用完")


def _rate_per_min(usage: _Usage) -> float:
    """Return the credits per minute."""
    since = usage.to - RATE_MS
    spent = sum(
        credits_
        for series in usage.series
        for t, credits_ in zip(series.t, series.v, strict=True)
        if t >= since
    )
    return spent / (RATE_MS / MINUTE_MS)


def _amount(value: float, usage: _Usage) -> str:
    """Return an amount in the unit of the site; a yuan has up to three decimals."""
    if usage.unit != "yuan":
        return _number(value)
    text = f"{value / 1000:,.3f}".rstrip("0").rstrip(".")
    return f"¥{text}"


def _number(value: float) -> str:
    """Return ``13,529`` or ``1.6``: one decimal at most, and none from 10 on."""
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"
