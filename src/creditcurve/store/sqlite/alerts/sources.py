"""Models and API keys of sums."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import apsw

from creditcurve.domain.alert import SpendQuestion
from creditcurve.domain.credits import Credits, total
from creditcurve.store.sqlite.alerts.sums import BySource

_SOURCES: Final = "SELECT id, model, api_key FROM source WHERE counts"


class Source(NamedTuple):
    """The model and key of a rollup's credits."""

    model: str
    api_key: str | None


def sources_of(connection: apsw.Connection) -> dict[int, Source]:
    """Return the sources that count."""
    rows: Any = connection.execute(_SOURCES)
    return {number: Source(model, key) for number, model, key in rows}


def counted(found: BySource, sources: Mapping[int, Source]) -> BySource:
    """Return the sums of the sources that count."""
    return {source: v for source, v in found.items() if source in sources}


def sum_for(question: SpendQuestion, found: BySource, sources: Mapping[int, Source]) -> Credits:
    """Return the sum of the sources that a question is about."""
    return total(v for number, v in found.items() if matches(sources[number], question))


def matches(source: Source, question: SpendQuestion) -> bool:
    """Return whether a question is about a source."""
    if question.model is not None:
        return source.model == question.model
    return question.api_key is None or source.api_key == question.api_key


def largest(names: Mapping[int, str | None], amounts: BySource) -> str | None:
    """Return the name whose sources have the largest sum."""
    sums: dict[str | None, Credits] = {}
    for number, name in names.items():
        sums[name] = total((sums.get(name, 0), amounts[number]))
    return max(sums, key=lambda name: sums[name])
