"""An independent reader of the database file: it knows the tables, and none of the program's code.

It verifies what must hold in every database, whatever was killed while it was written.
"""

import sqlite3
from collections import defaultdict
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Final

LEVELS_S: Final = (60, 900, 3_600)


def check_database(path: Path) -> set[int]:
    """Return the ids of all records of a sound database.

    Raises:
        AssertionError: an invariant does not hold.
    """
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        _check_counts(database)
        _check_sums(database)
        _check_coverage(database)
        return {number for (number,) in database.execute("SELECT id FROM record")}


def _check_counts(database: sqlite3.Connection) -> None:
    """Compare the stored counts with the rows: each id once, no revision above the newest."""
    [(revision, total, counted, quarantined)] = database.execute(
        "SELECT revision, total, counted, quarantined FROM tally"
    ).fetchall()
    [(rows, newest)] = database.execute(
        "SELECT count(*), ifnull(max(revision), 0) FROM record"
    ).fetchall()
    [(counting,)] = database.execute(
        "SELECT count(*) FROM record JOIN source ON source.id = record.source WHERE counts"
    ).fetchall()
    [(unreadable,)] = database.execute("SELECT count(*) FROM quarantine").fetchall()
    assert (total, counted) == (rows, counting)
    assert quarantined == unreadable
    assert newest <= revision


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


def _check_coverage(database: sqlite3.Connection) -> None:
    """Check that the spans are in order and apart from each other."""
    spans = database.execute("SELECT from_ms, to_ms FROM coverage ORDER BY from_ms").fetchall()
    ends = [0, *(end for _, end in spans)]
    assert all(start <= end for start, end in spans)
    assert all(before < start for before, (start, _) in zip(ends, spans, strict=False))
