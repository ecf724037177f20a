"""A call that blocks the event loop is found, with its stack."""

import asyncio
import logging
import time

import pytest

from creditcurve.diagnostics import StallWatch


def block_the_loop() -> None:
    """Block, as a forgotten synchronous call does."""
    time.sleep(0.4)


async def test_a_blocking_call_is_logged_with_its_stack(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "creditcurve")
    watch = StallWatch()
    with watch.watching():
        await asyncio.sleep(0.1)
        block_the_loop()
        while not watch.stalls.count:  # noqa: ASYNC110 - the watch's thread counts
            await asyncio.sleep(0.01)
    assert watch.stalls.longest_ms > 200
    assert "block_the_loop" in caplog.messages[-1]


async def test_an_idle_loop_has_no_stall() -> None:
    watch = StallWatch(limit_s=0.3)
    with watch.watching():
        await asyncio.sleep(0.5)
    assert watch.stalls.count == 0
