"""``creditcurve statusline``: one short line, for shell prompts and status bars.

It runs at every prompt: it imports little, waits for half a second at most, says something short
whatever happens, and always ends with 0.
"""

import os
from typing import Final

import msgspec

from creditcurve.cli.client import Client, NotRunning
from creditcurve.cli.exits import OK, Refusal
from creditcurve.cli.language import LINK_WORDS, Say, language, word
from creditcurve.cli.terminal import tell
from creditcurve.config import ConfigRefused, Flags, load
from creditcurve.domain.instant import MINUTE_MS
from creditcurve.instance import Instance, find

PATIENCE_S: Final = 0.25
RATE_MS: Final = 15 * MINUTE_MS
"""The rate now is that of the last 15 minutes."""


class _Link(msgspec.Struct, frozen=True):
    state: str


class _Status(msgspec.Struct, frozen=True):
    link: _Link
    data_dir: str


class _Series(msgspec.Struct, frozen=True):
    t: list[int]
    v: list[float]


class _Usage(msgspec.Struct, frozen=True):
    to: int
    total: float
    series: list[_Series]
    gaps: list[msgspec.Raw]


def run(flags: Flags) -> int:
    """Print the line; 0."""
    say = language(os.environ)
    try:
        config = load(flags, os.environ)
        here = find(config.data_dir)
        text = say("not running", "未运行") if here is None else _asked(say, here)
    except (NotRunning, ConfigRefused):
        text = say("not running", "未运行")
    except Refusal:
        text = "?"
    tell(f"CC {text}")
    return OK


def _asked(say: Say, here: Instance) -> str:
    with Client(here, timeout_s=PATIENCE_S) as client:
        usage = client.get("/api/usage?hours=1&bucket=10", _Usage)
        status = client.get("/api/status", _Status)
    at_least = "≥" if usage.gaps else ""
    parts = (
        f"{at_least}{_number(usage.total)} {say('credits', '积分')}/1h",
        f"{_number(_rate(usage))}/{say('min', '分钟')}",
        word(say, LINK_WORDS, status.link.state),
    )
    return " · ".join(parts)


def _rate(usage: _Usage) -> float:
    """Credits per minute."""
    since = usage.to - RATE_MS
    spent = sum(
        credits_
        for series in usage.series
        for t, credits_ in zip(series.t, series.v, strict=True)
        if t >= since
    )
    return spent / (RATE_MS / MINUTE_MS)


def _number(value: float) -> str:
    """Short: no more than one decimal, and none from 10 on."""
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"
