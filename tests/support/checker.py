"""An independent reader of the database file: it knows the tables, and none of the program's code.

It verifies the rules of every database, also after a kill during a write.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

LEVELS_S: Final = (60, 900, 3_600)
HOUR_S: Final = 3_600


class Content(NamedTuple):
    """The content of a sound database.

    ``revisions`` has the revision of each record by its id, ``spans`` are the covered times in
    milliseconds, and records before ``horizon_ms`` were removed by retention.
    """

    revision: int
    revisions: Mapping[int, int]
    spans: tuple[tuple[int, int], ...]
    horizon_ms: int

    @property
    def ids(self) -> set[int]:
        """The ids of all records."""
        return set(self.revisions)


def check_database(path: Path) -> Content:
    """Return the content of a sound database.

    Raises:
        AssertionError: an invariant does not hold.
    """
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        _check_sums(database)
        revision, horizon_ms = _check_counts(database)
        return Content(
            revision=revision,
            revisions=_revisions(database),
            spans=_check_coverage(database),
            horizon_ms=horizon_ms,
        )


def hourly_sums(path: Path) -> dict[tuple[int, int], tuple[int, Decimal]]:
    """Return the number of requests and the credits of each hour and source."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return {
            (start, source): (requests, Decimal(spent))
            for start, source, requests, spent in database.execute(
                "SELECT t, source, n, credits FROM rollup WHERE level = ?", (HOUR_S,)
            )
        }


def _revisions(database: sqlite3.Connection) -> dict[int, int]:
    """Return the revision of each record; ids and revisions occur once."""
    rows = database.execute("SELECT id, revision FROM record ORDER BY revision").fetchall()
    revisions = dict(rows)
    assert len(revisions) == len(rows) == len(set(revisions.values()))
    return revisions


def _check_counts(database: sqlite3.Connection) -> tuple[int, int]:
    """Compare the stored counts with the rows; return the newest revision and the horizon."""
    [(revision, total, counted, quarantined, horizon_ms, removed)] = database.execute(
        "SELECT revision, total, counted, quarantined, ifnull(horizon_ms, 0), removed FROM tally"
    ).fetchall()
    [(rows, newest, oldest_ms)] = database.execute(
        "SELECT count(*), ifnull(max(revision), 0), min(t_ms) FROM record"
    ).fetchall()
    [(counting,)] = database.execute(
        "SELECT count(*) FROM record JOIN source ON source.id = record.source WHERE counts"
    ).fetchall()
    [(unreadable,)] = database.execute("SELECT count(*) FROM quarantine").fetchall()
    assert (total, counted) == (rows, counting)
    assert quarantined == unreadable
    assert newest <= revision
    assert rows + removed <= revision
    assert oldest_ms is None or oldest_ms >= horizon_ms
    return revision, horizon_ms


def _check_sums(database: sqlite3.Connection) -> None:
    """Compare each stored sum after the horizon with its rows."""
    [(horizon_ms,)] = database.execute("SELECT ifnull(horizon_ms, 0) FROM tally").fetchall()
    stored = {
        (level, start, source): (requests, Decimal(spent))
        for level, start, source, requests, spent in database.execute(
            "SELECT level, t, source, n, credits FROM rollup WHERE t >= ?", (horizon_ms,)
        )
    }
    expected = defaultdict[tuple[int, int, int], list[Decimal]](list)
    for t_ms, source, spent in database.execute(
        "SELECT t_ms, source, credits FROM record JOIN source ON source.id = source"
        " WHERE counts AND t_ms >= ?",
        (horizon_ms,),
    ):
        for level in LEVELS_S:
            start = t_ms // (level * 1000) * level * 1000
            expected[level, start, source].append(Decimal(spent))
    assert stored == {key: (len(amounts), sum(amounts)) for key, amounts in expected.items()}


def _check_coverage(database: sqlite3.Connection) -> tuple[tuple[int, int], ...]:
    """Return the spans; they are in order and apart from each other."""
    spans = database.execute("SELECT from_ms, to_ms FROM coverage ORDER BY from_ms").fetchall()
    ends = [0, *(end for _, end in spans)]
    assert all(start <= end for start, end in spans)
    assert all(before < start for before, (start, _) in zip(ends, spans, strict=False))
    return tuple(spans)
