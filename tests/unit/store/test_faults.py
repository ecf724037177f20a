"""Faults of storage: nothing that was committed is lost, and what passes heals by itself."""

import asyncio
import contextlib
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest

from creditcurve.clocks import Clock
from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.record import Answer, Record
from creditcurve.domain.settings import Settings
from creditcurve.store import CurveQuery, ExportQuery, Poll, SqliteStore, StoreUnavailableError
from creditcurve.vault import Vault
from support.truth import rebuild_rollups

NOW = 1_760_000_000_000


def poll(*numbers: int, extra: str = "") -> Poll:
    records = tuple(
        Record(
            id=number,
            t_ms=NOW - 10_000_000 + number * 1_000,
            type="USAGE",
            endpoint="v1/messages",
            model="opus",
            credits=1,
            extra=extra,
        )
        for number in numbers
    )
    return Poll(
        at_ms=NOW,
        answer=Answer(records=records),
        interval_s=60,
        link=Link(),
        cookie_status=CookieStatus(),
    )


@contextlib.contextmanager
def held(folder: Path) -> Iterator[apsw.Connection]:
    """Lock the database for writing."""
    other = apsw.Connection(str(folder / "creditcurve.db"))
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        other.close()


class AskedClock:
    """A clock that stands still, and lets a test wait until it was asked for the time."""

    def __init__(self) -> None:
        self.asked = threading.Semaphore(0)

    def now_ms(self) -> int:
        """Return a fixed moment."""
        return NOW

    def monotonic_s(self) -> float:
        """Count the question."""
        self.asked.release()
        return 0.0


def await_tries(clock: AskedClock, tries: int) -> None:
    """Wait until a write has failed so often: it asks at its begin and after each failure."""
    for _ in range(1 + tries):
        clock.asked.acquire()


async def test_a_lock_delays_only_the_poll(folder: Path, vault: Vault) -> None:
    """The event loop runs on and reads end while the poll waits for the end of the lock."""
    clock = AskedClock()
    store = SqliteStore.open(folder, vault=vault, clock=clock)
    try:
        clock.asked = threading.Semaphore(0)
        with held(folder) as other:
            waiting = asyncio.create_task(store.records.append(poll(1, 2)))
            await asyncio.to_thread(await_tries, clock, 2)
            assert (await store.records.summary()).total == 0
            assert not waiting.done()
            assert store.storage.failing is None
            other.execute("ROLLBACK")
        assert (await waiting).new == 2
        assert (await store.records.summary()).total == 2
    finally:
        await store.close()


async def test_a_lasting_lock_is_reported_and_heals(
    store: SqliteStore, folder: Path, clock: Any
) -> None:
    """After two minutes the poll fails with a sentence; the next one after the lock succeeds."""
    with held(folder):
        waiting = asyncio.create_task(store.records.append(poll(1)))
        while not waiting.done():
            clock.s += 60
            await asyncio.wait({waiting}, timeout=0.05)
        with pytest.raises(StoreUnavailableError, match="Another program"):
            await waiting
        assert store.storage.failing == "Another program has locked the database."
        assert store.records.revision == 0
    assert (await store.records.append(poll(1))).new == 1
    assert store.storage.failing is None


async def test_store_closes_while_it_waits_for_a_lock(store: SqliteStore, folder: Path) -> None:
    """A lock that never ends does not keep the program from ending."""
    with held(folder):
        waiting = asyncio.create_task(store.records.append(poll(1)))
        await asyncio.wait({waiting}, timeout=0.05)
        await store.close()
        with pytest.raises(StoreUnavailableError):
            await waiting


@contextlib.contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """Forbid files to grow beyond the size of the database's files."""
    largest = max(path.stat().st_size for path in folder.iterdir())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_full_disk_loses_nothing_and_heals(
    store: SqliteStore, folder: Path, clock: Any
) -> None:
    """Nothing is half stored, reads and changes of the link work, and later writes succeed."""
    await store.records.append(poll(1, 2))
    broken = Link(state=LinkState.STORAGE_ERROR)
    with full_disk(folder):
        with pytest.raises(StoreUnavailableError):
            await store.records.append(poll(*range(1, 3_000), extra="x" * 200))
        told: str | None = store.storage.failing
        assert told is not None
        assert store.records.revision == 2
        assert (await store.records.summary()).total == 2
        assert (await store.curves.curve(CurveQuery(from_ms=0, to_ms=NOW))).total == 2
    with held(folder):
        saving = asyncio.create_task(store.state.save_link(broken))
        await asyncio.wait({saving}, timeout=0.05)
        assert store.state.link == broken
        clock.s += 1_000
        with pytest.raises(StoreUnavailableError):
            await saving
    assert store.state.link == broken
    assert (await store.records.append(poll(*range(1, 3_000)))).new == 2_997
    assert store.storage.failing is None
    assert (await store.records.summary()).total == 2_999


async def test_cancelled_caller_does_not_part_memory_and_disk(
    store: SqliteStore, folder: Path, vault: Vault, clock: Clock
) -> None:
    """A client that goes away while its change is written leaves both the same."""
    with held(folder) as other:
        saving = asyncio.create_task(store.state.save(settings=Settings(poll_interval_s=10)))
        await asyncio.wait({saving}, timeout=0.05)
        saving.cancel()
        await asyncio.wait({saving})
        other.execute("ROLLBACK")
    await store.state.save_link(Link())  # comes after the change, on the same thread
    assert store.state.settings == Settings(poll_interval_s=10)
    second = SqliteStore.open(folder, vault=vault, clock=clock)
    try:
        assert second.state.settings == store.state.settings
    finally:
        await second.close()


async def test_two_stores_on_one_folder_do_not_harm_each_other(
    store: SqliteStore, folder: Path, vault: Vault, clock: Clock
) -> None:
    """The instance lock forbids it; the database bears it."""
    second = SqliteStore.open(folder, vault=vault, clock=clock)
    try:
        await asyncio.gather(
            *(one.records.append(poll(n)) for n in range(20) for one in (store, second))
        )
        assert (await store.records.summary()).total == 20
    finally:
        await second.close()


APPENDER = """
import asyncio, sys, time
from pathlib import Path
from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer, Record
from creditcurve.domain.secret import Secret
from creditcurve.store import Poll, SqliteStore
from creditcurve.vault import Vault

class Clock:
    def now_ms(self): return 1_760_000_000_000
    def monotonic_s(self): return time.monotonic()

async def main(folder):
    vault = Vault.open(secret_key=Secret(b"test key"), key_file=folder / "key", use_keyring=False)
    store = SqliteStore.open(folder, vault=vault, clock=Clock())
    first = store.records.revision
    while True:
        rows = tuple(
            Record(id=n, t_ms=1_759_000_000_000 + n * 7_000, type="USAGE", endpoint="v1/messages",
                   model="opus", credits=n)
            for n in range(first, first + 20)
        )
        poll = Poll(at_ms=1_760_000_000_000, answer=Answer(records=rows), interval_s=60,
                    link=Link(last_success_ms=first), cookie_status=CookieStatus())
        first = (await store.records.append(poll)).revision
        print(first, flush=True)

asyncio.run(main(Path(sys.argv[1])))
"""


async def test_kill_at_any_moment_loses_no_committed_poll(
    folder: Path, vault: Vault, clock: Clock
) -> None:
    """After each of three kills every poll is there as a whole, sums and state with it."""
    for round_ in range(1, 4):
        appender = subprocess.Popen(  # noqa: ASYNC220 - the test has nothing else to do meanwhile
            [sys.executable, "-c", APPENDER, str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert appender.stdout is not None
        with appender:
            told = [int(appender.stdout.readline()) for _ in range(7 * round_)][-1]
            appender.send_signal(signal.SIGKILL)
        store = SqliteStore.open(folder, vault=vault, clock=clock)
        try:
            assert (store.storage.recovered_from, store.storage.other_journal) == (None, None)
            assert store.records.revision >= told
            assert store.records.revision % 20 == 0
            assert store.state.link.last_success_ms == store.records.revision - 20
            rows = [one async for chunk in store.records.export(ExportQuery()) for one in chunk]
            assert [one.id for one in rows] == list(range(store.records.revision))
            query = CurveQuery(from_ms=0, to_ms=NOW, bucket=3_600)
            curve = await store.curves.curve(query)
            assert curve.total == sum(range(store.records.revision))
            await rebuild_rollups(store)
            assert await store.curves.curve(query) == curve
        finally:
            await store.close()
