"""The series of each source, by the property that groups them."""

import apsw

from creditcurve.domain.curve import GroupBy

_SOURCES = "SELECT id, model, ifnull(api_key, ''), endpoint FROM source WHERE counts"


def keys_of(connection: apsw.Connection, by: GroupBy) -> dict[int, str]:
    """Return the series of each source; records without a key are the series ``""``."""
    column = {GroupBy.MODEL: 1, GroupBy.API_KEY: 2, GroupBy.ENDPOINT: 3}[by]
    return {row[0]: row[column] for row in connection.execute(_SOURCES)}
