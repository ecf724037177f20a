"""Recovery: each readable row of a damaged database is in the new one, and no other."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest

from creditcurve.domain.coverage import GapKind, Span
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.record import COUNTED_ENDPOINT, COUNTED_TYPE
from creditcurve.store.sqlite import connection, coverage, files
from creditcurve.store.sqlite.migrations import known_scripts
from creditcurve.store.sqlite.recovery.replacement import replace_damaged

NOW = 1_760_000_000_000
HOUR = NOW // HOUR_MS * HOUR_MS
QUARTER = 900_000
OLD_HOUR = HOUR - 100 * HOUR_MS
HORIZON = OLD_HOUR + HOUR_MS

Change = Callable[[apsw.Connection], None]

PUT_RECORD = (
    "INSERT INTO record (revision, id, t_ms, source, credits, status, extra) VALUES (?,?,?,?,?,?,?)"
)
PUT_SUM = "INSERT INTO rollup (level, t, source, n, credits, last, place) VALUES (?,?,?,?,?,?,?)"
RECORDS = "SELECT id, t_ms, source, credits, status, extra FROM record ORDER BY id"
REVISIONS = "SELECT revision FROM record ORDER BY id"
SOURCES = "SELECT id, type, endpoint, model, api_key, counts FROM source ORDER BY id"
SUMS = "SELECT t, source, n, credits, last, place FROM rollup WHERE level = 900 ORDER BY t, source"
HOURS = "SELECT t, source, n, credits FROM rollup WHERE level = 3600 ORDER BY t, source"
TALLY = "SELECT total, counted, quarantined, horizon_ms, removed, removed_counted FROM tally"

OPUS = (1, COUNTED_TYPE, COUNTED_ENDPOINT, "opus", None, 1)
FREE = (2, COUNTED_TYPE, "v1/messages/count_tokens", "opus", "laptop", 0)
FIRST = (11, HOUR + 1, 1, 5, 200, '{"a":1}')
SECOND = (12, HOUR + 2, 2, "0.5", None, "")
REMOVED = (OLD_HOUR, 1, 3, 30, 10, 7)
"""The sum of a quarter hour whose three records were removed."""


def fill(made: apsw.Connection) -> None:
    """Store two records, a sum of removed ones, and the time that is known."""
    made.executemany("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?)", [OPUS, FREE])
    made.executemany(PUT_RECORD, [(1, *FIRST), (2, *SECOND)])
    made.execute(PUT_SUM, (900, *REMOVED))
    made.execute(PUT_SUM, (3_600, OLD_HOUR, 1, 3, 30, None, None))
    for level in (900, 3_600):
        made.execute(PUT_SUM, (level, HOUR, 1, 1, 5, None, None))
    made.execute("INSERT INTO coverage VALUES (?, ?, 'scheduled', 60)", (OLD_HOUR, NOW))
    made.execute(
        "UPDATE tally SET revision = 2, total = 2, counted = 1, horizon_ms = ?, removed = 4,"
        " removed_counted = 3, removed_revision = 9",
        (HORIZON,),
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sound database."""
    database = tmp_path / files.NAME
    files.create(database, known_scripts(), fill)
    return database


def change(path: Path, statement: str, *bindings: Any) -> None:
    """Change a database as damage would, whatever its rules say."""
    with apsw.Connection(str(path)) as damaged:
        damaged.execute("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
        damaged.execute(statement, bindings)
    damaged.close()


class Recovered:
    """The new database."""

    def __init__(self, path: Path, now_ms: int = NOW) -> None:
        self.kept = replace_damaged(path, known_scripts(), now_ms)
        self._reader = connection.reader(path)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return list(self._reader.execute(statement))

    def spans(self) -> tuple[Span, ...]:
        """Return the spans that are known completely."""
        return coverage.spans_of(self._reader)

    def close(self) -> None:
        """Close the database."""
        self._reader.close()


@pytest.fixture
def recover(path: Path) -> Iterator[Callable[..., Recovered]]:
    """Recover the database."""
    opened: list[Recovered] = []

    def act(now_ms: int = NOW) -> Recovered:
        opened.append(Recovered(path, now_ms))
        return opened[-1]

    yield act
    for one in opened:
        one.close()


Recover = Callable[..., Recovered]


def test_a_readable_database_is_copied_completely(path: Path, recover: Recover) -> None:
    before = path.read_bytes()
    found = recover()
    assert found.rows(SOURCES) == [OPUS, FREE]
    assert found.rows(RECORDS) == [FIRST, SECOND]
    assert found.rows(SUMS) == [REMOVED, (HOUR, 1, 1, 5, None, None)]
    assert found.rows(HOURS) == [(OLD_HOUR, 1, 3, 30), (HOUR, 1, 1, 5)]
    assert found.rows(TALLY) == [(2, 1, 0, HORIZON, 4, 3)]
    assert found.spans() == (Span(OLD_HOUR, NOW, GapKind.SCHEDULED),)
    assert found.kept.read_bytes() == before
    assert {one.name for one in path.parent.iterdir()} - {
        f"{path.name}-wal",
        f"{path.name}-shm",
    } == {
        path.name,
        found.kept.name,
    }


COPIED = {
    "state": ("link", "{}"),
    "cookie": (1, b"sealed"),
    "balance": (HOUR, "credits", 5),
    "account_change": (4, HOUR, "plan", 7, "site"),
    "unexplained": (HOUR, "0.5"),
    "credit_reset": (3, HOUR, "done", "{}"),
    "alert_channel": ("c", "{}", b"sealed"),
    "alert_episode": (5, "r", HOUR, 1, "{}"),
    "alert_message": ("m", 5, HOUR, 0, "{}"),
}
"""A row of each of the other tables."""


@pytest.mark.parametrize("table", COPIED)
def test_the_rows_of_other_tables_are_copied(path: Path, recover: Recover, table: str) -> None:
    row = COPIED[table]
    change(path, f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", *row)  # noqa: S608
    assert row in recover().rows(f"SELECT * FROM {table}")  # noqa: S608


def test_quarantined_rows_are_copied_and_counted(path: Path, recover: Recover) -> None:
    row = (1, HOUR, "{}", "why", 11, 1, "id_not_an_integer")
    change(path, "INSERT INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?)", *row)
    found = recover()
    assert found.rows("SELECT * FROM quarantine") == [row]
    assert found.rows("SELECT quarantined FROM tally") == [(1,)]


@pytest.mark.parametrize(("old", "first"), [(2, NOW + 1), (NOW + 50, NOW + 51)])
def test_revisions_are_higher_than_any_before(
    path: Path, recover: Recover, old: int, first: int
) -> None:
    change(path, "UPDATE tally SET revision = ?", old)
    found = recover()
    assert found.rows(REVISIONS) == [(first,), (first + 1,)]
    assert found.rows("SELECT revision FROM tally") == [(first + 1,)]


@pytest.mark.parametrize("column", ["coverage", "settings", "sums", "account"])
def test_versions_are_higher_than_any_before(path: Path, recover: Recover, column: str) -> None:
    change(path, f"UPDATE tally SET {column} = ?", 2 * NOW)  # noqa: S608
    (versions,) = recover().rows("SELECT coverage, settings, sums, account, alerts FROM tally")
    assert min(versions) > 2 * NOW


def test_without_readable_counts_versions_are_higher_than_the_present(
    path: Path, recover: Recover
) -> None:
    change(path, "DELETE FROM tally")
    found = recover()
    (versions,) = found.rows("SELECT coverage, settings, sums, account, alerts FROM tally")
    assert min(versions) > NOW
    assert found.rows(REVISIONS) == [(NOW + 1,), (NOW + 2,)]


def test_a_record_without_its_source_is_kept_and_does_not_count(
    path: Path, recover: Recover
) -> None:
    change(path, "DELETE FROM source WHERE id = 2")
    found = recover()
    assert found.rows(SOURCES) == [OPUS, (2, "", "", "(lost: 2)", None, 0)]
    assert found.rows(RECORDS) == [FIRST, SECOND]


def test_a_sum_without_its_source_is_kept_and_counts(path: Path, recover: Recover) -> None:
    change(path, "UPDATE rollup SET source = 3 WHERE t = ?", OLD_HOUR)
    found = recover()
    lost = (3, COUNTED_TYPE, COUNTED_ENDPOINT, "(lost: 3)", None, 1)
    assert found.rows(SOURCES) == [OPUS, FREE, lost]
    assert found.rows(HOURS)[0] == (OLD_HOUR, 3, 3, 30)


LOST = (Span(OLD_HOUR, OLD_HOUR), Span(NOW, NOW, GapKind.POSSIBLE_LOSS))


@pytest.mark.parametrize("amount", ["x", "", "NaN", "Infinity", b"5", 0.5])
def test_a_record_of_no_amount_is_a_possible_loss(
    path: Path, recover: Recover, amount: object
) -> None:
    change(path, "UPDATE record SET credits = ? WHERE id = 11", amount)
    found = recover()
    assert found.rows(RECORDS) == [SECOND]
    assert found.rows("SELECT total, counted FROM tally") == [(1, 0)]
    assert found.spans() == LOST


@pytest.mark.parametrize(
    "damage",
    ["credits = 'x'", "credits = 'NaN'", "last = 'x'", "last = x'05'", "t = t + 1", "n = 0"],
)
def test_a_sum_that_breaks_the_rules_is_a_possible_loss(
    path: Path, recover: Recover, damage: str
) -> None:
    change(path, f"UPDATE rollup SET {damage} WHERE t = {OLD_HOUR} AND level = 900")  # noqa: S608
    found = recover()
    assert found.rows(SUMS) == [(HOUR, 1, 1, 5, None, None)]
    assert found.rows(TALLY) == [(2, 1, 0, HORIZON, 4, 0)]
    assert found.spans() == (Span(HOUR, HOUR), Span(NOW, NOW, GapKind.POSSIBLE_LOSS))


def test_a_record_less_than_was_counted_is_a_possible_loss(path: Path, recover: Recover) -> None:
    change(path, "DELETE FROM record WHERE id = 12")
    assert recover().spans() == LOST


def test_a_loss_is_reported_only_where_something_is_stored_before_it(
    path: Path, recover: Recover
) -> None:
    change(path, "DELETE FROM record")
    change(path, "DELETE FROM rollup")
    assert recover().spans() == ()
    change(path, "UPDATE tally SET total = 7")
    change(path, PUT_RECORD, 1, 13, HOUR, 1, 1, None, "")
    assert recover(HOUR).spans() == ()


def test_a_record_before_the_horizon_is_in_the_sums_only(path: Path, recover: Recover) -> None:
    change(path, "UPDATE record SET t_ms = ? WHERE id = 11", HORIZON - 1)
    change(path, "UPDATE record SET t_ms = ? WHERE id = 12", HORIZON)
    assert [row[0] for row in recover().rows(RECORDS)] == [12]


def test_a_lost_horizon_is_the_hour_after_the_newest_sum_of_removed_records(
    path: Path, recover: Recover
) -> None:
    change(path, "UPDATE tally SET horizon_ms = NULL, removed = 0, removed_counted = 0")
    change(path, PUT_SUM, 900, OLD_HOUR + 4 * QUARTER, 1, 2, 8, 4, 1)
    change(path, PUT_SUM, 900, OLD_HOUR + QUARTER, 1, 1, 1, 1, 1)
    found = recover()
    assert found.rows(TALLY) == [(2, 1, 0, HORIZON + HOUR_MS, 6, 6)]
    assert found.rows(HOURS)[:2] == [(OLD_HOUR, 1, 4, 31), (HORIZON, 1, 2, 8)]


def test_without_removed_records_there_is_no_horizon(path: Path, recover: Recover) -> None:
    change(path, "UPDATE tally SET horizon_ms = NULL, removed = 0, removed_counted = 0")
    change(path, "DELETE FROM rollup WHERE last IS NOT NULL")
    assert recover().rows(TALLY) == [(2, 1, 0, None, 0, 0)]


def test_the_revision_of_removed_records_is_kept(path: Path, recover: Recover) -> None:
    assert recover().rows("SELECT removed_revision FROM tally") == [(9,)]
