"""Export and import of a million records: how fast, and in how much memory.

``python -m bench.files [RECORDS]``. ``creditcurve export`` writes each format, and ``creditcurve
import`` reads it into an empty folder, each in a separate process whose peak memory is reported.
Then a running instance exports and imports CSV, and its memory is reported. The rival of the import
stores the same rows durably in a plain table by ``executemany``, in transactions of the same size,
without sums, checks and parsing.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final, NamedTuple

import apsw
from bench.store import CHUNK, Clock, made, poll

from creditcurve.domain.record import Record
from creditcurve.domain.secret import Secret
from creditcurve.store import SqliteStore
from creditcurve.vault import Vault

FORMS: Final = ("csv", "ndjson", "json")
_RIVAL: Final = """
    CREATE TABLE usage (
      id INTEGER PRIMARY KEY, t INTEGER, type TEXT, endpoint TEXT, model TEXT, credits INTEGER,
      status INTEGER, api_key TEXT, extra TEXT
    );
    CREATE INDEX usage_time ON usage (t, model, credits);
"""
_PIECE: Final = 2_000


class Run(NamedTuple):
    """The cost of a command: seconds, and its peak resident memory in MB."""

    took_s: float
    memory_mb: float


def main(count: int) -> None:
    """Fill a store, export and import it, and print the results."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records = made(count)
        asyncio.run(fill(folder / "full", records))
        rival_s = rival(folder, records)
        del records
        print(f"\n{count:,} records; the rival's rows were put in {rival_s:.1f} s")
        for form in FORMS:
            file = folder / f"records.{form}"
            export = command(folder / "full", "export", "--format", form, "--output", str(file))
            size = file.stat().st_size / 1e6
            tell(f"export {form}, {size:.0f} MB", export, count)
            tell(f"import {form}", command(folder / form, "import", str(file)), count, rival_s)
        file = folder / "records.csv"
        export = served(folder / "full", "export", "--output", str(folder / "served.csv"))
        tell("export csv, an instance", export, count)
        tell("import csv, an instance", served(folder / "empty", "import", str(file)), count)
        again = command(folder / "csv", "import", str(folder / "records.csv"))
        tell("import csv, all known", again, count, rival_s)
        few = folder / "few.csv"
        with (folder / "records.csv").open() as lines, few.open("w") as cut:
            cut.writelines(line for line, _ in zip(lines, range(1_001), strict=False))
        tell("import csv, 1,000 records", command(folder / "few", "import", str(few)), 1_000)


def tell(name: str, run: Run, count: int, rival_s: float | None = None) -> None:
    """Print one line of the result."""
    ratio = "" if rival_s is None else f"{run.took_s / rival_s:>8.1f} x the rival's time"
    pace = count / run.took_s
    print(f"{name:<28}{run.took_s:>7.1f} s{pace:>12,.0f}/s{run.memory_mb:>8.0f} MB{ratio}")


async def fill(folder: Path, records: list[Record]) -> None:
    """Create a store with the records."""
    vault = Vault.open(secret_key=Secret(b"bench"), key_file=folder / "no.key", use_keyring=False)
    store = SqliteStore.open(folder, vault=vault, clock=Clock())
    for start in range(0, len(records), CHUNK):
        await store.records.append(poll(records[start : start + CHUNK]))
    await store.close()


def rival(folder: Path, records: list[Record]) -> float:
    """Seconds for the same rows in a bare table."""
    connection = apsw.Connection(str(folder / "rival.db"))
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(_RIVAL)
    began = time.perf_counter()
    for start in range(0, len(records), _PIECE):
        with connection:
            connection.executemany(
                "INSERT OR IGNORE INTO usage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (r.id, r.t_ms, r.type, r.endpoint, r.model, r.credits, r.status, None, "")
                    for r in records[start : start + _PIECE]
                ),
            )
    took = time.perf_counter() - began
    connection.close()
    return took


def command(data_dir: Path, *arguments: str) -> Run:
    """Run a command of the program on a data folder."""
    environment = {**os.environ, "CREDITCURVE_KEYRING": "off"}
    began = time.perf_counter()
    memory_mb = 0.0
    with subprocess.Popen(
        [sys.executable, "-m", "creditcurve", *arguments, "--data-dir", str(data_dir)],
        stdout=subprocess.DEVNULL,
        env=environment,
    ) as process:
        while process.poll() is None:
            memory_mb = max(memory_mb, peak_mb(process.pid))
            time.sleep(0.02)
    if process.returncode:
        raise RuntimeError(f"{arguments} ended with {process.returncode}")
    return Run(time.perf_counter() - began, memory_mb)


def served(data_dir: Path, *arguments: str) -> Run:
    """Run a command that a running instance does; the memory is the instance's."""
    environment = {**os.environ, "CREDITCURVE_KEYRING": "off"}
    with subprocess.Popen(
        [sys.executable, "-m", "creditcurve", "serve", "--port", "0", "--data-dir", str(data_dir)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as instance:
        try:
            if instance.stdout is None or not instance.stdout.readline():
                raise RuntimeError("the instance did not start")
            took_s = command(data_dir, *arguments).took_s
            return Run(took_s, peak_mb(instance.pid))
        finally:
            instance.terminate()


def peak_mb(pid: int) -> float:
    """Return the peak resident memory of a process where Linux reports it; else 0."""
    try:
        told = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in told.splitlines() if "VmHWM" in line), 0.0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
