"""The independent reader of the database notices each kind of damage that the store could do."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from creditcurve.domain.record import Record
from support.acknowledged import Acknowledged
from support.checker import check_database
from support.truth import opened, poll

T_MS = 1_760_000_000_000
ROWS = 5


def record(number: int) -> Record:
    return Record(
        id=number,
        t_ms=T_MS + number * 60_000,
        type="USAGE",
        endpoint="v1/messages",
        model="opus",
        credits=number,
    )


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    """A database with five records of one minute each."""
    store = opened(tmp_path)
    for newest in range(1, ROWS + 1):
        answer = [record(number) for number in range(1, newest + 1)]
        await store.records.append(poll(answer, at_ms=T_MS + newest * 60_000 + 1_000))
    await store.close()
    return tmp_path / "data" / "creditcurve.db"


@pytest.fixture
def history() -> Acknowledged:
    """A client that received the records in two events; the site made all of them."""
    history = Acknowledged()
    history.received(2, [1, 2])
    history.received(5, [3, 4, 5])
    history.made({3: T_MS + 180_000})
    return history


def change(path: Path, *statements: str) -> None:
    """Change the database with another program."""
    with closing(sqlite3.connect(path)) as database, database:
        for statement in statements:
            database.execute(statement)


def test_a_sound_database_contains_acknowledged_records(
    database: Path, history: Acknowledged
) -> None:
    content = history.verify(database)
    assert content.ids == set(range(1, ROWS + 1))
    assert content.spans == ((T_MS + 60_000, T_MS + 301_000),)


@pytest.mark.parametrize(
    "statements",
    [
        ["UPDATE record SET credits = 7 WHERE id = 3"],
        ["UPDATE rollup SET n = n + 1 WHERE level = 900"],
        ["DELETE FROM rollup WHERE level = 60 AND credits = 2"],
        ["DELETE FROM record WHERE id = 5"],
        ["UPDATE tally SET counted = counted - 1"],
        ["UPDATE tally SET revision = 4"],
        ["INSERT INTO coverage SELECT from_ms - 9, from_ms + 9, before, 60 FROM coverage"],
        ["UPDATE coverage SET to_ms = from_ms - 1"],
        ["UPDATE tally SET horizon_ms = 1760003600000"],
    ],
)
def test_each_damage_is_noticed(database: Path, statements: list[str]) -> None:
    check_database(database)
    change(database, *statements)
    with pytest.raises(AssertionError):
        check_database(database)


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (
            [
                "DELETE FROM record WHERE id = 5",
                "UPDATE tally SET total = 4, counted = 4",
                "DELETE FROM rollup",
                "UPDATE source SET counts = 0",
                "UPDATE tally SET counted = 0",
            ],
            "lost",
        ),
        (
            [
                "UPDATE record SET revision = 90 WHERE id = 3",
                "UPDATE record SET revision = 3 WHERE id = 4",
                "UPDATE record SET revision = 4 WHERE id = 3",
            ],
            "order",
        ),
    ],
)
def test_acknowledged_records_are_compared(
    database: Path, history: Acknowledged, statements: list[str], said: str
) -> None:
    change(database, *statements)
    check_database(database)
    with pytest.raises(AssertionError, match=said):
        history.verify(database)


@pytest.mark.parametrize(
    "break_it",
    [
        lambda history: history.made({99: T_MS + 100_000}),  # covered, and not stored
        lambda history: history.together([5, 6]),
        lambda history: history.stored([6]),
        lambda history: history.answered(6),
    ],
    ids=["unwatched time", "part of a poll", "lost record", "lost revision"],
)
def test_a_history_that_the_file_contradicts_is_refused(
    database: Path, history: Acknowledged, break_it: Callable[[Acknowledged], None]
) -> None:
    break_it(history)
    with pytest.raises(AssertionError):
        history.verify(database)


def test_a_record_that_comes_twice_or_a_revision_that_falls_is_refused() -> None:
    history = Acknowledged()
    history.received(2, [1, 2])
    with pytest.raises(AssertionError, match="twice"):
        history.received(3, [2])
    with pytest.raises(AssertionError):
        history.answered(1)
