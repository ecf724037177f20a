"""Finds calls that block the event loop, with the stack of the call.

A thread asks the loop to run a callback and waits. If the callback is late, the thread records the
loop's stack at that moment. This costs forty wake-ups a second, so it runs at log level debug only.
"""

import asyncio
import contextlib
import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec

LIMIT_S: Final = 0.05
_PAUSE_S: Final = 0.025
_FRAMES: Final = 16
_RUN_QUEUE: Final = "/proc/self/task/{thread}/schedstat"

log = logging.getLogger(__name__)


class Stalls(msgspec.Struct, frozen=True):
    """The stalls since the start, and the longest of them."""

    count: int = 0
    longest_ms: int = 0

    def plus(self, length_ms: int) -> "Stalls":
        """Return the stalls with another one."""
        return Stalls(self.count + 1, max(self.longest_ms, length_ms))


class StallWatch:
    """Watches the event loop that it is started in.

    Time in which the loop's thread could run and had no processor does not count: that is the load
    of the machine, not a call of the program.

    Args:
        limit_s: a callback that is later than this is a stall.
        stack_of: returns the stack of a thread, by its identifier.
    """

    def __init__(
        self, limit_s: float = LIMIT_S, stack_of: Callable[[int], str] | None = None
    ) -> None:
        self._limit_s = limit_s
        self._stack_of = stack_of or stack_of_thread
        self._ended = threading.Event()
        self._beaten = threading.Event()
        self._beaten_at_s = 0.0
        self.stalls = Stalls()

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Watch the running event loop."""
        loop, native, ident = (
            asyncio.get_running_loop(),
            threading.get_native_id(),
            threading.get_ident(),
        )
        thread = threading.Thread(
            target=self._run, args=(loop, native, ident), name="stall watch", daemon=True
        )
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            self._beaten.set()
            thread.join()

    def _run(self, loop: asyncio.AbstractEventLoop, native: int, ident: int) -> None:
        while not self._ended.wait(_PAUSE_S):
            with contextlib.suppress(RuntimeError):  # the loop is closed
                self._observe(loop, native, ident)

    def _observe(self, loop: asyncio.AbstractEventLoop, native: int, ident: int) -> None:
        self._beaten.clear()
        waited_s = _run_queue_s(native)
        loop.call_soon_threadsafe(self._beat)
        asked_at_s = time.monotonic()
        if self._beaten.wait(self._limit_s):
            return
        stack = self._stack_of(ident)
        while not self._beaten.wait(_PAUSE_S):
            if self._ended.is_set():  # the loop waits for this thread
                return
        late_s = self._beaten_at_s - asked_at_s - (_run_queue_s(native) - waited_s)
        if late_s > self._limit_s and not self._ended.is_set():
            self._record(round(late_s * 1000), stack)

    def _record(self, length_ms: int, stack: str) -> None:
        self.stalls = self.stalls.plus(length_ms)
        log.debug("event loop stalled ms=%d stack=%s", length_ms, stack)

    def _beat(self) -> None:
        self._beaten_at_s = time.monotonic()
        self._beaten.set()


def _run_queue_s(thread: int) -> float:
    """Return how long a thread has waited for a processor; 0 where that is not known."""
    try:
        waited_ns = Path(_RUN_QUEUE.format(thread=thread)).read_text().split()[1]
    except (OSError, IndexError):
        return 0.0
    return int(waited_ns) / 1e9


def stack_of_thread(ident: int) -> str:
    """Return the calls of a thread, the innermost first, on one line."""
    frame = sys._current_frames().get(ident)  # noqa: SLF001 - there is no other way
    calls: list[str] = []
    while frame is not None and len(calls) < _FRAMES:
        code = frame.f_code
        calls.append(f"{Path(code.co_filename).name}:{frame.f_lineno}:{code.co_name}")
        frame = frame.f_back
    return " < ".join(calls) or "unknown"
