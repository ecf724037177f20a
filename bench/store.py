"""The store against plain SQL: the same questions over the same million records, in one run.

``python bench/store.py [RECORDS]`` prints a line for each question: our time, the rival's, and how
many times faster ours is. The rival is a bare table with a covering index on time (its strongest
form) and no sums made beforehand; for the append, the same rows durably put into such a table.
Ratios compare between machines, milliseconds do not.
"""

import asyncio
import itertools
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import apsw
import msgspec

from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.curve import Curve
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer, Record
from creditcurve.domain.secret import Secret
from creditcurve.store import Bucket, CurveQuery, Poll, SqliteStore
from creditcurve.vault import Vault

DAY: Final = 86_400_000
NOW: Final = 1_760_000_000_000
MODELS: Final = ("opus-4", "opus-4", "opus-4", "sonnet-4", "sonnet-4", "haiku-4", "haiku-3")
CHUNK: Final = 50_000
RUNS: Final = 7

_RIVAL = """
    CREATE TABLE usage (id INTEGER PRIMARY KEY, t INTEGER, model TEXT, credits INTEGER);
    CREATE INDEX usage_time ON usage (t, model, credits);
"""
_GROUPED = """
    SELECT t / :bucket * :bucket, model, count(*), sum(credits) FROM usage
     WHERE t >= :from AND t < :to GROUP BY 1, 2 ORDER BY 1
"""


class Clock:
    """A clock that is always at the end of the records."""

    def now_ms(self) -> int:
        """The end of the records."""
        return NOW

    def monotonic_s(self) -> float:
        """Real seconds."""
        return time.monotonic()


def made(count: int, *, seed: int = 1) -> list[Record]:
    """Records over a year, denser towards its end: half of them in the last 30 days."""
    chance = random.Random(seed)  # noqa: S311 - a benchmark needs the same rows each time
    times = sorted(
        NOW - round((30 if number % 2 else 365) * DAY * chance.random()) - 1
        for number in range(count)
    )
    return [
        Record(
            id=10_000_000 + number * 30,
            t_ms=t_ms,
            type="USAGE",
            endpoint="v1/messages",
            model=chance.choice(MODELS),
            credits=chance.randrange(200),
            status=200,
        )
        for number, t_ms in enumerate(times)
    ]


def poll(records: list[Record]) -> Poll:
    """A good poll that brought these."""
    return Poll(
        at_ms=NOW,
        answer=Answer(records=tuple(records)),
        interval_s=60,
        link=Link(),
        cookie_status=CookieStatus(),
    )


async def median_ms(question: Callable[[], Awaitable[object]]) -> float:
    """The median of some runs, after one that warms up."""
    await question()
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        await question()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def tell(name: str, ours: float, rival: float) -> None:
    """Print one line of the result."""
    print(f"{name:<34}{ours:>10.2f} ms{rival:>12.2f} ms{rival / ours:>9.1f} x")


class Bench:
    """Both parties, filled with the same records."""

    def __init__(self, folder: Path, store: SqliteStore, records: list[Record]) -> None:
        self.store = store
        self.records = records
        self.rival = apsw.Connection(str(folder / "rival.db"))
        self.rival.execute("PRAGMA journal_mode = WAL")
        self.rival.execute("PRAGMA synchronous = FULL")
        self.rival.execute(_RIVAL)

    async def fill(self) -> None:
        """Give both parties the records."""
        for start in range(0, len(self.records), CHUNK):
            await self.store.records.append(poll(self.records[start : start + CHUNK]))
        self.put(self.records)

    def put(self, records: list[Record]) -> None:
        """Give the rival records, durably."""
        with self.rival:
            self.rival.executemany(
                "INSERT OR REPLACE INTO usage VALUES (?, ?, ?, ?)",
                ((one.id, one.t_ms, one.model, one.credits) for one in records),
            )

    async def curve(self, name: str, days: int, bucket: Bucket, zone: ZoneInfo | None) -> None:
        """The curve over the last days, in buckets."""
        query = CurveQuery(from_ms=NOW - days * DAY - 1, to_ms=NOW, bucket=bucket, zone=zone)
        curve = await self.store.curves.curve(query)
        answer = {
            "from": query.from_ms,
            "to": query.to_ms,
            "bucket": (curve.bucket_s or 1) * 1000,
        }

        async def ours() -> Curve:
            return await self.store.curves.curve(query)

        async def theirs() -> object:
            return await asyncio.to_thread(lambda: self.rival.execute(_GROUPED, answer).fetchall())

        tell(name, await median_ms(ours), await median_ms(theirs))

    async def append(self) -> None:
        """A poll of 20 new rows, and one that brings nothing new."""
        numbers = itertools.count(1)

        def new() -> list[Record]:
            first = 20 * next(numbers)
            return [
                msgspec.structs.replace(one, id=10_000_001 + 30 * number, t_ms=NOW - 1 + number)
                for number, one in enumerate(self.records[:20], first)
            ]

        async def ours() -> object:
            return await self.store.records.append(poll(new()))

        async def theirs() -> object:
            return await asyncio.to_thread(self.put, new())

        tell("append 20 new rows", await median_ms(ours), await median_ms(theirs))
        same = poll(self.records[-20:])
        rows = self.records[-20:]
        tell(
            "append 20 known rows",
            await median_ms(lambda: self.store.records.append(same)),
            await median_ms(lambda: asyncio.to_thread(self.put, rows)),
        )

    async def summary(self) -> None:
        """The totals."""

        async def theirs() -> object:
            text = "SELECT count(*), min(t), max(t), sum(credits) FROM usage"
            return await asyncio.to_thread(lambda: self.rival.execute(text).fetchall())

        tell("summary", await median_ms(self.store.records.summary), await median_ms(theirs))

    async def lag(self) -> None:
        """Measure how long the event loop is blocked by the heaviest curve."""
        query = CurveQuery(from_ms=NOW - 365 * DAY, to_ms=NOW, bucket=86_400)
        asked = asyncio.gather(*(self.store.curves.curve(query) for _ in range(6)))
        worst = 0.0
        while not asked.done():
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            worst = max(worst, time.perf_counter() - began - 0.001)
        await asked
        print(f"event loop, worst lag over six curves of a year: {worst * 1000:.1f} ms")


async def main(count: int) -> None:
    """Fill both stores, query them, and print the results."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vault = Vault.open(
            secret_key=Secret(b"bench"), key_file=folder / "unused.key", use_keyring=False
        )
        store = SqliteStore.open(folder / "data", vault=vault, clock=Clock())
        bench = Bench(folder, store, made(count))
        began = time.perf_counter()
        await bench.fill()
        took = time.perf_counter() - began
        size = await store.storage.size_bytes() / 1e6
        print(f"{count:,} records, {size:.0f} MB, filled in {took:.0f} s\n")
        print(f"{'':<34}{'CreditCurve':>13}{'plain SQL':>15}{'faster':>11}")
        await bench.curve("24 h by minute", 1, 60, None)
        await bench.curve("30 d, bucket=auto", 30, "auto", None)
        await bench.curve("30 d by hour", 30, 3_600, None)
        await bench.curve("a year by day, Asia/Kathmandu", 365, 86_400, ZoneInfo("Asia/Kathmandu"))
        await bench.curve("a year by day, Europe/Berlin", 365, 86_400, ZoneInfo("Europe/Berlin"))
        await bench.append()
        await bench.summary()
        await bench.lag()
        await store.close()
        began = time.perf_counter()
        again = SqliteStore.open(folder / "data", vault=vault, clock=Clock())
        print(f"open, with its check: {(time.perf_counter() - began) * 1000:.0f} ms")
        await again.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
