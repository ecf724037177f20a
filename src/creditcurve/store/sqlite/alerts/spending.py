"""Sums of the last seconds by source, from the rollups."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import apsw

from creditcurve.domain.alert import AwayQuestion, Rule, SpendQuestion
from creditcurve.domain.alert.past import RATE_WINDOW_MS
from creditcurve.domain.credits import Credits, total
from creditcurve.domain.episode import Episode
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS
from creditcurve.domain.timetable import daily_window
from creditcurve.store.sqlite.amounts import sum_of
from creditcurve.store.values import Observed

# Minutes up to the first full hour, full hours, and the minutes of the present hour.
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
     WHERE source IN (SELECT id FROM source WHERE counts)
     GROUP BY source
"""
_SOURCES: Final = "SELECT id, model, api_key FROM source"


class Source(NamedTuple):
    """What the credits of a rollup were spent on."""

    model: str
    api_key: str | None


class Spent:
    """Sums of the last seconds by source, each window read once."""

    def __init__(self, connection: apsw.Connection, observed: Observed) -> None:
        self._connection = connection
        self._now_ms = observed.now_ms
        self._zone = observed.zone
        self._windows: dict[int, Mapping[int, Credits]] = {}
        self._sources: dict[int, Source] | None = None

    def of(self, question: SpendQuestion) -> Credits:
        """Return the credits of a window, of one model or key where one is named."""
        found = self._since(self._now_ms - question.window_s * 1000)
        return _of(question, found, self._all_sources)

    def away(self, question: AwayQuestion) -> Credits:
        """Return the credits since the away hours began; zero outside them."""
        window = daily_window(question.start, question.end, self._now_ms, self._zone)
        return 0 if window is None else total(self._since(window[0]).values())

    def rate_per_h(self) -> Credits:
        """Return the credits per hour over the last minutes."""
        spent = total(self._since(self._now_ms - RATE_WINDOW_MS).values())
        return spent * (HOUR_MS // RATE_WINDOW_MS)

    def _since(self, from_ms: int) -> Mapping[int, Credits]:
        found = self._windows.get(from_ms)
        if found is None:
            found = self._windows[from_ms] = _spent(self._connection, from_ms, self._now_ms)
        return found

    def _all_sources(self) -> dict[int, Source]:
        if self._sources is None:
            self._sources = _sources_of(self._connection)
        return self._sources


def cost_of(connection: apsw.Connection, rule: Rule, episode: Episode) -> Credits:
    """Return the credits that were spent during an episode, of the model or key of its rule."""
    until_ms = episode.changed_ms if episode.until_ms is None else episode.until_ms
    found = _spent(connection, episode.since_ms, until_ms)
    question = SpendQuestion(window_s=0, model=rule.model, api_key=rule.api_key)
    return _of(question, found, lambda: _sources_of(connection))


def _spent(connection: apsw.Connection, from_ms: int, to_ms: int) -> dict[int, Credits]:
    """Return the credits by source of the minutes that start within ``[from_ms, to_ms)``."""
    from_ms = -(-from_ms // MINUTE_MS) * MINUTE_MS
    last_ms = to_ms // HOUR_MS * HOUR_MS
    first_ms = min(-(-from_ms // HOUR_MS) * HOUR_MS, last_ms)
    bounds = {"from_ms": from_ms, "first_ms": first_ms, "last_ms": last_ms, "to_ms": to_ms}
    rows: Any = connection.execute(_SPENT, bounds)
    return {source: sum_of(whole, texts) for source, whole, texts in rows}


def _sources_of(connection: apsw.Connection) -> dict[int, Source]:
    rows: Any = connection.execute(_SOURCES)
    return {number: Source(model, key) for number, model, key in rows}


def _of(
    question: SpendQuestion,
    found: Mapping[int, Credits],
    sources_of: Callable[[], Mapping[int, Source]],
) -> Credits:
    """Return the sum of the sources that a question is about."""
    if question.model is None and question.api_key is None:
        return total(found.values())
    sources = sources_of()
    return total(v for number, v in found.items() if _matches(sources[number], question))


def _matches(source: Source, question: SpendQuestion) -> bool:
    if question.model is not None:
        return source.model == question.model
    return source.api_key == question.api_key
