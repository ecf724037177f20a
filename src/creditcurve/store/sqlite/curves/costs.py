"""Queries what single requests cost, from the number of requests per amount."""

from collections import Counter, defaultdict

import apsw

from creditcurve.domain.costs import Costs, costs_of
from creditcurve.domain.credits import Credits
from creditcurve.domain.curve import GroupBy
from creditcurve.store.sqlite import retention
from creditcurve.store.sqlite.amounts import from_sql
from creditcurve.store.sqlite.curves import requests
from creditcurve.store.sqlite.curves.extent import Extent
from creditcurve.store.sqlite.curves.keys import keys_of

_AMOUNTS = """
    SELECT source, credits, count(*), max(t_ms)
      FROM record
     WHERE t_ms >= :from AND t_ms < :to AND source IN (SELECT id FROM source WHERE counts)
     GROUP BY 1, 2
"""


def costs(connection: apsw.Connection, from_ms: int, to_ms: int, by: GroupBy) -> tuple[Costs, ...]:
    """Return the costs of each series; of none if single requests of the range were removed."""
    extent = Extent(from_ms, to_ms, retention.horizon(connection).t_ms)
    if requests.has_removed(connection, extent):
        return ()
    keys = keys_of(connection, by)
    amounts: dict[str, Counter[Credits]] = defaultdict(Counter)
    newest: dict[str, int] = defaultdict(int)
    bindings = {"from": from_ms, "to": to_ms}
    for source, amount, count, last_ms in connection.execute(_AMOUNTS, bindings):
        key = keys[source]
        amounts[key][from_sql(amount)] += count
        newest[key] = max(newest[key], last_ms)
    return tuple(
        costs_of(key, found.items(), newest[key]) for key, found in sorted(amounts.items())
    )
