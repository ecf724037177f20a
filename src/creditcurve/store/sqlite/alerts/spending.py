"""Sums of the last seconds by source, from the rollups."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

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
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS
from creditcurve.domain.timetable import daily_window
from creditcurve.store.sqlite import units
from creditcurve.store.sqlite.amounts import sum_of
from creditcurve.store.values import Observed

# Minutes up to the first full hour, full hours, and the minutes of the last hour.
_SPENT: Final = """
    SELECT source, sum(iif(typeof(credits) = 'integer', credits, 0)),
           group_concat(iif(typeof(credits) = 'text', credits, NULL), ' ')
      FROM (SELECT source, credits FROM rollup WHERE level = 60 AND t >= :from_ms AND t < :first_ms
            UNION ALL
            SELECT source, credits FROM rollup
             WHERE level = 3600 AND t >= :first_ms AND t < :last_ms
            UNION ALL
            SELECT source, credits FROM rollup
             WHERE level = 60 AND t >= max(:from_ms, :last_ms) AND t < :to_ms)
     GROUP BY source
"""
_SOURCES: Final = "SELECT id, model, api_key FROM source WHERE counts"


class Source(NamedTuple):
    """What the credits of a rollup were spent on."""

    model: str
    api_key: str | None


BySource = dict[int, Credits]
"""Credits by the number of their source."""


class Spent(NamedTuple):
    """The answers to the questions of rules, and the present rate if a rule compares it."""

    spend: Mapping[SpendQuestion, Credits]
    away: Mapping[AwayQuestion, Credits]
    rate_per_h: Credits | None


def spent(connection: apsw.Connection, rules: Iterable[Rule], observed: Observed) -> Spent:
    """Answer the questions of all rules; equal ones once, and no rollup is read twice."""
    now_ms, sources = observed.now_ms, _sources_of(connection)
    spend = {q: now_ms - q.window_s * 1000 for rule in rules if (q := spend_question(rule))}
    away = {asked: _start_of(asked, observed) for rule in rules if (asked := away_question(rule))}
    is_rate_asked = any(rule.kind is Kind.RATE for rule in rules)
    rate = {now_ms - RATE_WINDOW_MS} if is_rate_asked else set()
    since = _spent_since(connection, {*spend.values(), *away.values(), *rate}, now_ms)
    sums = {from_ms: _counted(found, sources) for from_ms, found in since.items()}
    return Spent(
        spend={q: _of(q, sums[from_ms], sources) for q, from_ms in spend.items()},
        away={q: total(sums[from_ms].values()) for q, from_ms in away.items()},
        rate_per_h=_rate_of(sums[now_ms - RATE_WINDOW_MS]) if is_rate_asked else None,
    )


def cost_of(connection: apsw.Connection, rule: Rule, episode: Episode) -> Credits:
    """Return the credits that were spent during an episode, of the model or key of its rule."""
    until_ms = episode.changed_ms if episode.until_ms is None else episode.until_ms
    sources = _sources_of(connection)
    unit_ms = units.since_ms(connection)
    found = _spent(connection, _minute_from(episode.since_ms), until_ms, unit_ms)
    question = SpendQuestion(window_s=0, model=rule.model, api_key=rule.api_key)
    return _of(question, _counted(found, sources), sources)


def _start_of(question: AwayQuestion, observed: Observed) -> int:
    """Return when the present away hours began; now outside them."""
    now_ms = observed.now_ms
    window = daily_window(question.start, question.end, now_ms, observed.zone)
    return now_ms if window is None else window[0]


def _spent_since(
    connection: apsw.Connection, starts: Iterable[int], now_ms: int
) -> dict[int, BySource]:
    """Return the credits from each start until now: each part between two starts is read once."""
    unit_ms = units.since_ms(connection)
    found: dict[int, BySource] = {}
    sums: BySource = {}
    end_ms = now_ms
    for start in sorted(starts, reverse=True):
        from_ms = _minute_from(start)
        if from_ms < end_ms:
            sums = _added(sums, _spent(connection, from_ms, end_ms, unit_ms))
            end_ms = from_ms
        found[start] = sums
    return found


def _spent(connection: apsw.Connection, from_ms: int, to_ms: int, unit_ms: int | None) -> BySource:
    """Return the credits in the present unit of the minutes that start within a range."""
    from_ms = _minute_from(units.first_since(unit_ms, from_ms, to_ms))
    last_ms = to_ms // HOUR_MS * HOUR_MS
    first_ms = min(-(-from_ms // HOUR_MS) * HOUR_MS, last_ms)
    bounds = {"from_ms": from_ms, "first_ms": first_ms, "last_ms": last_ms, "to_ms": to_ms}
    rows: Any = connection.execute(_SPENT, bounds)
    return {source: sum_of(whole, texts) for source, whole, texts in rows}


def _minute_from(t_ms: int) -> int:
    return -(-t_ms // MINUTE_MS) * MINUTE_MS


def _added(one: BySource, other: BySource) -> BySource:
    return one | {source: total((one.get(source, 0), v)) for source, v in other.items()}


def _sources_of(connection: apsw.Connection) -> dict[int, Source]:
    """Return the sources that count."""
    rows: Any = connection.execute(_SOURCES)
    return {number: Source(model, key) for number, model, key in rows}


def _counted(found: BySource, sources: Mapping[int, Source]) -> BySource:
    return {source: v for source, v in found.items() if source in sources}


def _of(question: SpendQuestion, found: BySource, sources: Mapping[int, Source]) -> Credits:
    """Return the sum of the sources that a question is about."""
    if question.model is None and question.api_key is None:
        return total(found.values())
    return total(v for number, v in found.items() if _matches(sources[number], question))


def _matches(source: Source, question: SpendQuestion) -> bool:
    if question.model is not None:
        return source.model == question.model
    return source.api_key == question.api_key


def _rate_of(found: BySource) -> Credits:
    return total(found.values()) * (HOUR_MS // RATE_WINDOW_MS)
