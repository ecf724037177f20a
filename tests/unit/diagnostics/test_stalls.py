"""A call that blocks the event loop is found, with its stack."""

import asyncio
import logging
import threading
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


class NeverRunningLoop(asyncio.SelectorEventLoop):
    """A loop that runs no callback, because it waits for the thread of the watch."""

    def call_soon_threadsafe(self, *_: object, **__: object) -> asyncio.Handle:
        """Forget the callback."""
        return asyncio.Handle(lambda: None, (), self)


def test_a_watch_that_ends_does_not_wait_for_the_loop() -> None:
    """The loop waits for the thread at the end: it would never answer."""
    watch = StallWatch(limit_s=0.01)
    watch._ended.set()
    loop = NeverRunningLoop()
    thread = threading.Thread(target=watch._observe, args=(loop, 0, 0), daemon=True)
    thread.start()
    thread.join(5)
    loop.close()
    assert not thread.is_alive()
    assert watch.stalls.count == 0
