"""The counters of a damaged database, and those of the new one."""

import apsw

from creditcurve.domain.retention import Horizon
from creditcurve.store.sqlite import retention
from creditcurve.store.sqlite.recovery.rows import UNREADABLE, until_damage

_REVISION = "SELECT revision FROM tally"
_TOTAL = "SELECT total FROM tally"
_VERSIONS = "SELECT coverage, settings, sums, account FROM tally"
_COUNT = """
    UPDATE tally
       SET revision = ?,
           total = (SELECT count(*) FROM record),
           counted = (SELECT ifnull(sum(n), 0) FROM rollup WHERE level = 3600) - removed_counted,
           quarantined = (SELECT count(*) FROM quarantine)
"""


def revision_of(old: apsw.Connection) -> int:
    """Return the revision of the damaged database; -1 if it cannot be read."""
    return _counter(old, _REVISION)


def total_of(old: apsw.Connection) -> int:
    """Return the number of records of the damaged database; -1 if it cannot be read."""
    return _counter(old, _TOTAL)


def highest_version(old: apsw.Connection) -> int:
    """Return the highest version that the damaged database has used; 0 if it cannot be read."""
    row = next(until_damage(old, _VERSIONS), ())
    return max((value for value in row if isinstance(value, int)), default=0)


def horizon_of(old: apsw.Connection) -> Horizon:
    """Return the damaged database's horizon; the default if it is missing or unreadable."""
    try:
        return retention.horizon(old)
    except (*UNREADABLE, TypeError):
        return Horizon()


def count(made: apsw.Connection, revision: int) -> None:
    """Store the revision and count the rows of the new database."""
    made.execute(_COUNT, (revision,))


def _counter(old: apsw.Connection, statement: str) -> int:
    (value,) = next(until_damage(old, statement), (None,))
    return value if isinstance(value, int) else -1
