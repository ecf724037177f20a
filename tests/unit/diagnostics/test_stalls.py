"""A call that blocks the event loop is found, with its stack."""

import asyncio
import logging
import threading
import time

import pytest

from creditcurve.diagnostics import StallWatch
from creditcurve.diagnostics.stalls import stack_of_thread


class Looks:
    """Takes the stack of a thread, and lets the test wait for that."""

    def __init__(self) -> None:
        self.taken = threading.Event()

    def stack_of(self, ident: int) -> str:
        """Return the stack."""
        try:
            return stack_of_thread(ident)
        finally:
            self.taken.set()


def block_the_loop(until: threading.Event) -> None:
    """Block, as a forgotten synchronous call does, for longer than a wait for the processor."""
    assert until.wait(60)
    time.sleep(0.5)


async def test_a_blocking_call_is_logged_with_its_stack(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "creditcurve")
    looks = Looks()
    watch = StallWatch(0.2, looks.stack_of)
    observing = observe(watch)
    block_the_loop(looks.taken)
    await observing
    assert (watch.stalls.count, watch.stalls.longest_ms > 200) == (1, True)
    assert "block_the_loop" in caplog.messages[-1]


async def test_an_idle_loop_has_no_stall() -> None:
    watch = StallWatch(limit_s=60)
    await observe(watch)
    assert watch.stalls.count == 0


def observe(watch: StallWatch) -> asyncio.Future[None]:
    """Observe the running loop once, on another thread."""
    loop = asyncio.get_running_loop()
    threads = threading.get_native_id(), threading.get_ident()
    return loop.run_in_executor(None, watch._observe, loop, *threads)


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
