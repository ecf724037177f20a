"""The values that rules are judged by, at one instant."""

from collections.abc import Mapping

import msgspec

from creditcurve.domain.alert.rule import Kind, Rule
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.credits import Credits


class SpendQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Credits of the last ``window_s``, of one model or one API key where it is named."""

    window_s: int
    model: str | None = None
    api_key: str | None = None


class AwayQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Credits since the away hours began; zero outside them."""

    start: str
    end: str


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that rules are judged by, at one instant.

    A field is None, and a question is missing from its mapping, where the answer is not known.

    Attributes:
        now_ms: the instant, ms since 1970.
        spend: credits by question.
        away: credits by question.
        rate_per_h: credits per hour over the last 15 minutes.
        usual_per_h: the usual rate of this hour (its 75th percentile).
        balance: in the account's unit.
        maximum: the daily maximum, or the highest balance of the last 30 days.
        runs_out_ms: when the balance is empty, by the median of the forecast.
        new_keys: API keys first seen within the last day.
        cookie: the cookie's state.
        cookie_expires_ms: when the login ends.
        is_collecting: whether polls are due at all.
        last_success_ms: the last good poll, or the start of collecting.
        mismatches: hours whose sums differ from the site's outside known gaps.
        losses: possible losses within the last day.
        unreadable: quarantined rows.
        disk_free: the free share of the data folder's disk, 0 to 1.
    """

    now_ms: int
    spend: Mapping[SpendQuestion, Credits] = {}
    away: Mapping[AwayQuestion, Credits] = {}
    rate_per_h: Credits | None = None
    usual_per_h: Credits | None = None
    balance: Credits | None = None
    maximum: Credits | None = None
    runs_out_ms: int | None = None
    new_keys: tuple[str, ...] | None = None
    cookie: CookieState | None = None
    cookie_expires_ms: int | None = None
    is_collecting: bool = True
    last_success_ms: int | None = None
    mismatches: int | None = None
    losses: int | None = None
    unreadable: int | None = None
    disk_free: float | None = None


def spend_question(rule: Rule) -> SpendQuestion | None:
    """Return the question of a rule to the stored sums, if it has one."""
    if rule.kind is not Kind.SPEND or rule.window_s is None:
        return None
    return SpendQuestion(window_s=rule.window_s, model=rule.model, api_key=rule.api_key)


def away_question(rule: Rule) -> AwayQuestion | None:
    """Return the away hours that a rule asks about, if it does."""
    if rule.kind is not Kind.AWAY or rule.start is None or rule.end is None:
        return None
    return AwayQuestion(start=rule.start, end=rule.end)
