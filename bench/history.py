"""Curves over HTTP from stores of three sizes, beside plain SQL on the same rows.

The rival is a bare table with a covering index on time (its strongest form) and no sums made
beforehand; its answer is encoded as JSON, and is not sent.
"""

import http.client
import json
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from bench.figures import Figure
from bench.large import DAY, LARGEST, NOW, database_of, folder_with
from bench.processes import cpu_s, program, wait_until_idle

from support.program import Program

RUNS: Final = 25
_TABLE: Final = (
    "CREATE TABLE usage (id INTEGER PRIMARY KEY, t INTEGER, model TEXT, credits INTEGER)"
)
_ROWS: Final = """
    INSERT INTO usage
    SELECT record.id, t_ms, model, credits
      FROM store.record JOIN store.source ON source.id = record.source
"""
_INDEX: Final = "CREATE INDEX usage_time ON usage (t, model, credits)"
_GROUPED: Final = """
    SELECT t / :bucket * :bucket, model, count(*), sum(credits) FROM usage
     WHERE t >= :from AND t < :to GROUP BY 1, 2 ORDER BY 1
"""


class Question(NamedTuple):
    """A curve to ask for."""

    name: str
    days: int
    bucket_s: int
    goal_ms: float
    where: str


_STORED: Final = (
    "{} stored sums are points already: SQLite takes about a sixth, Python almost half (a row "
    "becomes a tuple, which is added to its series), HTTP and JSON the rest"
)
QUESTIONS: Final = (
    Question("24 h by minute", 1, 60, 5, _STORED.format("7,200")),
    Question("30 d by hour", 30, 3_600, 3, _STORED.format("3,600")),
    Question(
        "1 y by day",
        365,
        86_400,
        8,
        "43,800 sums of hours become 1,825 points: SQLite reads them in a fifth of the time, and "
        "sorts and sums them in half of it",
    ),
)


class Times(NamedTuple):
    """The fastest answer, and the processor time of an answer, in ms."""

    took_ms: float
    cpu_ms: float


def main() -> list[Figure]:
    """Measure each question on the largest store and on two smaller ones."""
    ours = {count: _ours(count) for count in (LARGEST // 100, LARGEST // 10, LARGEST)}
    plain = _plain(LARGEST)
    return [
        figure
        for at, question in enumerate(QUESTIONS)
        for figure in _figures(question, {count: ours[count][at] for count in ours}, plain[at])
    ]


def _figures(question: Question, ours: dict[int, Times], plain_ms: float) -> list[Figure]:
    sizes = ", ".join(f"{count:,}" for count in ours)
    cpu = ", ".join(f"{times.cpu_ms:.1f}" for times in ours.values())
    return [
        Figure(
            name=f"history of {LARGEST:,} over HTTP, {question.name}",
            ours=ours[LARGEST].took_ms,
            unit="ms",
            goal=question.goal_ms,
            rival=plain_ms,
            rival_name="plain SQL",
            where=question.where,
        ),
        Figure(
            name=f"{question.name}: {LARGEST:,} records to a tenth of them, processor time",
            ours=ours[LARGEST].cpu_ms / ours[LARGEST // 10].cpu_ms,
            unit="x",
            goal=1.3,
            where=f"{cpu} ms for {sizes} records",
        ),
    ]


def _ours(count: int) -> list[Times]:
    with program(folder_with(count)) as server:
        wait_until_idle(server.pid)
        return [_asked(server, question) for question in QUESTIONS]


def _asked(server: Program, question: Question) -> Times:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc)
    path = (
        f"/api/usage?from={NOW - question.days * DAY}&to={NOW}&bucket={question.bucket_s}&by=model"
    )

    def ask() -> None:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(body.decode())

    ask()
    used_s = cpu_s(server.pid)
    took_ms = _fastest_ms(ask)
    used_ms = (cpu_s(server.pid) - used_s) * 1_000 / RUNS
    connection.close()
    return Times(took_ms, used_ms)


def _plain(count: int) -> list[float]:
    rows = _rival(folder_with(count).with_name(f"{count}-rival.db"), count)
    times = []
    for question in QUESTIONS:
        bindings = {
            "bucket": question.bucket_s * 1_000,
            "from": NOW - question.days * DAY,
            "to": NOW,
        }
        ask = partial(_grouped, rows, bindings)
        times.append(_fastest_ms(ask, 1 if question.days > 1 else RUNS))
    rows.close()
    return times


def _grouped(rows: sqlite3.Connection, bindings: dict[str, int]) -> str:
    return json.dumps(rows.execute(_GROUPED, bindings).fetchall())


def _rival(file: Path, count: int) -> sqlite3.Connection:
    is_new = not file.exists()
    rows = sqlite3.connect(file, isolation_level=None)
    if is_new:
        rows.execute("PRAGMA journal_mode = OFF")
        rows.execute("ATTACH ? AS store", (str(database_of(folder_with(count))),))
        for statement in (_TABLE, _ROWS, _INDEX):
            rows.execute(statement)
    return rows


def _fastest_ms(call: Callable[[], object], runs: int = RUNS) -> float:
    took = []
    for _ in range(runs):
        began_s = time.perf_counter()
        call()
        took.append((time.perf_counter() - began_s) * 1_000)
    return min(took)
