"""A power cut at every write and every sync: no acknowledged record is lost, no sum is wrong."""

import random
import shutil
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
    step = scale.step(len(disk.operations), 300)
    for number, fate, image in disk.crashes(step, chance):
        cuts += 1
        copy = tmp_path / "copy"
        write_image(image, copy)
        whole = {n for at, n in acknowledged.items() if at <= number} | {0}
        found = await verify(copy, (number, fate))
        assert found in {0, *acknowledged.values()}, "a part of a poll"
        assert found >= max(whole), (number, fate)
        shutil.rmtree(copy)
    where = f"{-(-len(disk.operations) // step)} of {len(disk.operations)} writes and syncs"
    figures.add(
        "power cuts", cuts, f"at {where}, {len(Fate)} fates each: nothing lost, no partial poll"
    )
    assert cuts > len(Fate)


async def verify(folder: Path, moment: tuple[int, Fate]) -> int:
    """Open the files after the power cut; return how many of the first records it contains."""
    store: SqliteStore = open_store(folder, FixedClock())
    try:
        assert store.storage.recovered_from is None, moment
        found = [one async for chunk in store.records.export(ExportQuery()) for one in chunk]
    finally:
        await store.close()
    assert [one.id for one in found] == list(range(1, len(found) + 1)), moment
    for one in found:
        original = record(one.id)
        assert (one.t_ms, one.credits, one.model) == (
            original.t_ms,
            original.credits,
            original.model,
        ), moment
    assert check_database(folder / "creditcurve.db").ids == {one.id for one in found}, moment
    return len(found)
