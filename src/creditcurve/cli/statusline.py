"""``creditcurve statusline``: print one short line for shell prompts and status bars.

It runs at every prompt: it imports little, waits for a quarter of a second at most, always prints
something short, and always exits with 0.
"""

import os
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


class _Link(msgspec.Struct, frozen=True):
    state: str


class _Status(msgspec.Struct, frozen=True):
    link: _Link


class _Series(msgspec.Struct, frozen=True):
    t: list[int]
    v: list[float]


class _Usage(msgspec.Struct, frozen=True):
    to: int
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
    at_least = "≥ " if usage.gaps else ""
    total, rate = _number(usage.total), _number(_rate_per_min(usage))
    parts = (
        say(f"{at_least}{total} credits/1 h", f"{at_least}{total} 积分/1 小时"),
        say(f"{rate}/min", f"{rate}/分钟"),
        word(say, LINK_WORDS, status.link.state),
    )
    return " · ".join(parts)


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


def _number(value: float) -> str:
    """Return ``13,529`` or ``1.6``: one decimal at most, and none from 10 on."""
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"
