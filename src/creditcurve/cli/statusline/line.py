"""The line: balance, run-out, sum of the last hour, rate and link, each only while it is fresh."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

from creditcurve.cli.amounts import amount, named_amount
from creditcurve.cli.language import LINK_WORDS, Say, word
from creditcurve.cli.moments import local, moment, span

TYPE_CHECKING = False  # see the package's docstring
if TYPE_CHECKING:
    from typing import Any

RATE_MIN = 15
"""The current rate is that of the last 15 minutes."""
FRESH = timedelta(minutes=10)
"""An older balance or poll is not shown, unless polls are set to come less often."""
SOON = timedelta(days=1)
"""A balance that lasts longer at the present pace has no time of day."""


class Answers:
    """The answers to ``calls.PATHS``, and the instant at which they were given."""

    def __init__(self, found: list[Any], zone: tzinfo | None) -> None:
        self.status, self.usage, self.account, self.forecast = found
        self.zone = zone
        if self.usage:
            self.now = datetime.fromtimestamp(self.usage["to"] / 1000).astimezone(zone)
        else:
            self.now = datetime.now().astimezone(zone)


def zone_of(settings: dict[str, str] | None) -> tzinfo | None:
    """Return the zone of the settings; None for ``auto`` and for names that are not known here."""
    name = (settings or {}).get("time_zone", "auto")
    if name == "auto":
        return None
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - slow to import, and seldom needed

    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        return None


def compose(say: Say, found: Answers) -> str:
    """Return the parts of the line; the state of the link is always among them."""
    parts = (
        *_balance(say, found),
        *_spent(say, found),
        word(say, LINK_WORDS, found.status["link"]["state"]),
    )
    return " · ".join(parts)


def _balance(say: Say, found: Answers) -> Iterator[str]:
    account = found.account or {}
    balance, at = account.get("balance"), account.get("at")
    if balance is None or at is None or found.now - local(at, found.zone) > FRESH:
        return
    left = amount(float(balance), account["unit"])
    yield say(f"{left} left", f"剩余 {left}")
    yield from _run_out(say, found)


def _run_out(say: Say, found: Answers) -> Iterator[str]:
    """Yield when the balance ends: a range where the history allows one, otherwise at this pace."""
    forecast = found.forecast or {}
    if forecast.get("empty_since"):
        return
    band, pace = forecast.get("empty_at"), (forecast.get("pace") or {}).get("empty_at")
    if band and band["p10"] and band["p90"]:
        first, last = local(band["p10"], found.zone), local(band["p90"], found.zone)
        text = span(say, first, last, found.now)
        yield say(f"empty {text}", f"{text} 用完")
    elif not band and pace and local(pace, found.zone) - found.now < SOON:
        text = moment(say, local(pace, found.zone), found.now)
        yield say(f"empty ~{text}", f"约 {text} 用完")


def _spent(say: Say, found: Answers) -> Iterator[str]:
    if not found.usage or not _is_polled(found):
        return
    usage, unit = found.usage, found.usage["unit"]
    if usage["gaps"] and not usage["total"]:  # at least zero says nothing
        return
    at_least = "≥ " if usage["gaps"] else ""
    total = named_amount(say, float(usage["total"]), unit)
    rate = amount(_rate_per_min(usage), unit)
    yield say(f"{at_least}{total}/1 h", f"{at_least}{total}/1 小时")
    yield say(f"{rate}/min", f"{rate}/分钟")


def _is_polled(found: Answers) -> bool:
    """Return whether the site has answered a short time ago, or the next poll is not late."""
    link = found.status["link"]
    last_at, next_at = link["last_success_at"], link["next_poll_at"]
    if last_at is None:
        return False
    is_recent = found.now - local(last_at, found.zone) <= FRESH
    return is_recent or (
        link["state"] == "ok" and next_at is not None and found.now <= local(next_at, found.zone)
    )


def _rate_per_min(usage: dict[str, Any]) -> float:
    """Return the amount per minute."""
    since_ms = usage["to"] - RATE_MIN * 60_000
    spent = sum(
        float(v)
        for series in usage["series"]
        for t, v in zip(series["t"], series["v"], strict=True)
        if t >= since_ms
    )
    return spent / RATE_MIN
