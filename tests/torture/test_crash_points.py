"""A power cut at every write and every sync: no acknowledged record is lost, no sum is wrong."""

import random
from itertools import count
from pathlib import Path

import pytest

from creditcurve.domain.record import Record
from creditcurve.store import ExportQuery, SqliteStore
from support.checker import check_database
from support.disk import Disk, Fate, write_image
from support.torture import Figures, Scale
from support.truth import poll
from support.world import open_store

POLLS = 50
START_MS = 1_760_000_000_000
REOPENED_EVERY = 10
"""Closing the store writes its journal back into the database: those writes are cut as well."""


class FixedClock:
    """A clock that does not change."""

    def now_ms(self) -> int:
        """Return the present time."""
        return START_MS + 86_400_000

    def monotonic_s(self) -> float:
        """Return 0."""
        return 0.0


def record(number: int) -> Record:
    """Return a record; every seventh does not count."""
    return Record(
        id=number,
        t_ms=START_MS + number * 7_000,
        type="USAGE" if number % 7 else "REFUND",
        endpoint="v1/messages",
        model=("opus", "sonnet", "haiku")[number % 3],
        credits=number % 50,
    )


async def run(folder: Path, disk: Disk) -> dict[int, int]:
    """Poll through the disk; return how many records were acknowledged after each operation."""
    acknowledged = {}
    numbers = count(1)
    store = open_store(folder, FixedClock())
    for turn in range(POLLS):
        await store.records.append(poll(record(next(numbers)) for _ in range(1 + turn % 3)))
        acknowledged[len(disk.operations)] = (await store.records.summary()).total
        if turn % REOPENED_EVERY == REOPENED_EVERY - 1:
            await store.close()
            store = open_store(folder, FixedClock())
    await store.close()
    return acknowledged


@pytest.mark.slow
async def test_a_power_cut_at_any_write_loses_nothing(
    tmp_path: Path, scale: Scale, figures: Figures
) -> None:
    folder = tmp_path / "data"
    await open_store(folder, FixedClock()).close()
    disk = Disk(folder)
    with disk.recording():
        acknowledged = await run(folder, disk)
    chance = random.Random(7)
    cuts = 0
    for number, fate, image in disk.crashes(scale.step(len(disk.operations), 300), chance):
        cuts += 1
        copy = tmp_path / "copy" / str(cuts)
        copy.parent.mkdir(exist_ok=True)
        write_image(image, copy)
        least = max((n for at, n in acknowledged.items() if at <= number), default=0)
        await verify(copy, least, (number, fate))
    figures.add("power cuts", cuts, f"at {len(disk.operations)} writes and syncs: nothing lost")
    assert cuts > len(Fate)


async def verify(folder: Path, least: int, moment: tuple[int, Fate]) -> None:
    """Open what the power cut left; it contains every acknowledged record as it was."""
    store: SqliteStore = open_store(folder, FixedClock())
    try:
        assert store.recovered_from is None, moment
        found = [one async for chunk in store.records.export(ExportQuery()) for one in chunk]
    finally:
        await store.close()
    assert len(found) >= least, moment
    assert [one.id for one in found] == list(range(1, len(found) + 1)), moment
    for one in found:
        original = record(one.id)
        assert (one.t_ms, one.credits, one.model) == (
            original.t_ms,
            original.credits,
            original.model,
        ), moment
    assert check_database(folder / "creditcurve.db") == {one.id for one in found}, moment
