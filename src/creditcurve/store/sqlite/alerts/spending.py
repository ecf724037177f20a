"""Spending, as the rules of alerts need it."""

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import NamedTuple

import apsw

from creditcurve.domain.alert import (
    AwayQuestion,
    Kind,
    Rule,
    SpendQuestion,
    away_question,
    spend_question,
)
from creditcurve.domain.alert.past import RATE_WINDOW_MS
from creditcurve.domain.credits import Credits, total
from creditcurve.domain.episode import Episode
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.timetable import daily_window
from creditcurve.store.sqlite.alerts.sources import (
    Source,
    counted,
    largest,
    matches,
    sources_of,
    sum_for,
)
from creditcurve.store.sqlite.alerts.sums import (
    BySource,
    spent_between,
    spent_since,
)
from creditcurve.store.values.polling import Observed


class Spent(NamedTuple):
    """The answers to the questions of rules, and the present rate if a rule compares it."""

    spend: Mapping[SpendQuestion, Credits]
    away: Mapping[AwayQuestion, Credits]
    rate_per_h: Credits | None


def spent(connection: apsw.Connection, rules: Iterable[Rule], observed: Observed) -> Spent:
    """Answer the questions of all rules; equal ones once, and no rollup is read twice."""
    now_ms, sources = observed.now_ms, sources_of(connection)
    spend = {q: now_ms - q.window_s * 1000 for rule in rules if (q := spend_question(rule))}
    zone = observed.zone
    away = {
        asked: _start_of(asked, now_ms, zone) for rule in rules if (asked := away_question(rule))
    }
    is_rate_asked = any(rule.kind is Kind.RATE for rule in rules)
    rate = {now_ms - RATE_WINDOW_MS} if is_rate_asked else set()
    since = spent_since(connection, {*spend.values(), *away.values(), *rate}, now_ms)
    sums = {from_ms: counted(found, sources) for from_ms, found in since.items()}
    return Spent(
        spend={q: sum_for(q, sums[from_ms], sources) for q, from_ms in spend.items()},
        away={q: total(sums[from_ms].values()) for q, from_ms in away.items()},
        rate_per_h=_rate_of(sums[now_ms - RATE_WINDOW_MS]) if is_rate_asked else None,
    )


def cost_of(connection: apsw.Connection, rule: Rule, episode: Episode) -> Credits:
    """Return the credits that were spent during an episode, of the model or key of its rule."""
    until_ms = episode.changed_ms if episode.until_ms is None else episode.until_ms
    sources = sources_of(connection)
    found = spent_between(connection, episode.since_ms, until_ms)
    question = SpendQuestion(window_s=0, model=rule.model, api_key=rule.api_key)
    return sum_for(question, counted(found, sources), sources)


def main_source(
    connection: apsw.Connection, rule: Rule, episode: Episode, now_ms: int, zone: tzinfo
) -> Source | None:
    """Return the model and the key with most of the spending that a rule reports, if it does."""
    start_ms = _spending_since(rule, now_ms, zone)
    if start_ms is None:
        return None
    from_ms = min(start_ms, episode.since_ms)
    sources = sources_of(connection)
    question = SpendQuestion(window_s=0, model=rule.model, api_key=rule.api_key)
    found = counted(spent_between(connection, from_ms, now_ms), sources)
    asked = {number: v for number, v in found.items() if matches(sources[number], question)}
    if not asked:
        return None
    return Source(
        model=largest({number: sources[number].model for number in asked}, asked) or "",
        api_key=largest({number: sources[number].api_key for number in asked}, asked),
    )


def _spending_since(rule: Rule, now_ms: int, zone: tzinfo) -> int | None:
    """Return since when a rule sums at an instant; None if it is not about spending."""
    if (asked := spend_question(rule)) is not None:
        return now_ms - asked.window_s * 1000
    if (away := away_question(rule)) is not None:
        return _start_of(away, now_ms, zone)
    return now_ms - RATE_WINDOW_MS if rule.kind is Kind.RATE else None


def _start_of(question: AwayQuestion, now_ms: int, zone: tzinfo) -> int:
    """Return when the present away hours began; now outside them."""
    window = daily_window(question.start, question.end, now_ms, zone)
    return now_ms if window is None else window[0]


def _rate_of(found: BySource) -> Credits:
    return total(found.values()) * (HOUR_MS // RATE_WINDOW_MS)
