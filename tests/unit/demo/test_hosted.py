"""The hosted demo starts once, lives as long as somebody visits it, and leaves nothing behind."""

import asyncio
import shutil
from pathlib import Path

import pytest

from creditcurve.clocks import SystemClock
from creditcurve.config import Config
from creditcurve.demo.hosted import HostedDemo
from creditcurve.domain.settings import Settings


def demo_in(place: Path, idle_s: float) -> HostedDemo:
    return HostedDemo(Config(data_dir=place / "own"), SystemClock(), idle_s=idle_s, place=place)


def folders(place: Path) -> int:
    return len(list(place.iterdir()))


async def idle_turns() -> None:
    """Let the event loop do everything that is due: without visitors, the demo would be over."""
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.mark.slow
async def test_visitors_share_one_demo_that_ends_after_the_last(tmp_path: Path) -> None:
    demo = demo_in(tmp_path, idle_s=0)
    async with demo.visited(Settings()) as first:
        async with demo.visited(Settings()) as second:
            assert first is second
        await idle_turns()
        async with demo.visited(Settings()) as second:
            assert first is second
        assert folders(tmp_path) == 1
    await asyncio.wait([task for task in asyncio.all_tasks() if task.get_name() == "demo"])
    assert folders(tmp_path) == 0
    async with demo.visited(Settings()) as third:
        assert third is not first
    await demo.aclose()
    assert folders(tmp_path) == 0


async def test_a_start_that_fails_is_reported_and_tried_again(tmp_path: Path) -> None:
    demo = demo_in(tmp_path, idle_s=60)
    shutil.rmtree(tmp_path)
    with pytest.raises(OSError, match="No such file"):
        async with demo.visited(Settings()):
            raise AssertionError
    await asyncio.to_thread(tmp_path.mkdir)
    async with demo.visited(Settings()):
        assert folders(tmp_path) == 1
    await demo.aclose()
