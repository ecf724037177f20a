"""A million records on the disk: how fast they are imported, and how many bytes each takes.

The rival stores the same rows durably in a plain table with one index, by ``executemany``, in
transactions of the same size, without sums, checks and parsing.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from bench.figures import Figure
from bench.files import command, rival
from bench.store import CHUNK, made

from creditcurve.domain.record import Record
from creditcurve.recordfiles import FileFormat, write_records

COUNT: Final = 1_000_000


def main(count: int = COUNT) -> list[Figure]:
    """Measure ``creditcurve import`` as a whole process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records = made(count)
        file = folder / "records.csv"
        asyncio.run(_write(file, records))
        run = command(folder / "data", "import", str(file))
        rival_s = rival(folder, records)
        size = sum(one.stat().st_size for one in (folder / "data").glob("*.db*"))
        rival_size = (folder / "rival.db").stat().st_size
    return [
        Figure(
            name=f"import of {count:,} records",
            ours=count / run.took_s,
            unit="records/s",
            goal=150_000,
            is_more_better=True,
            rival=count / rival_s,
            rival_name="executemany into a plain table",
            where=(
                "more than half is SQLite (three sums, row, two indexes), the rest is the "
                "parsing and checking of CSV in Python"
            ),
        ),
        Figure(
            name=f"bytes per record of {count:,}",
            ours=size / count,
            unit="B",
            goal=60,
            rival=rival_size / count,
            rival_name="plain table",
            where=(
                "dbstat of a million: row 28, index by time 29, sums 23, index by revision 15; "
                "60 B need a table ordered by time without a second copy, a migration of every "
                "folder"
            ),
        ),
        Figure(
            name=f"import of {count:,} records: peak memory",
            ours=run.memory_mb,
            unit="MB",
            where="the program and one chunk of 2,000 records",
        ),
    ]


async def _write(file: Path, records: list[Record]) -> None:
    async def chunks() -> AsyncIterator[list[Record]]:
        for start in range(0, len(records), CHUNK):
            yield records[start : start + CHUNK]

    with file.open("wb") as opened:
        async for piece in write_records(chunks(), FileFormat.CSV):
            opened.write(piece)
