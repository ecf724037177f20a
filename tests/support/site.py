"""The simulated upstream in a thread of its own, so that a test can speak to it directly."""

import asyncio
import threading
import time
from types import TracebackType
from typing import Self

from creditcurve.clocks import SystemClock
from creditcurve.domain.secret import Secret
from creditcurve.simulator import History, Simulator

SONNET, OPUS = "claude-sonnet-4-20250514", "claude-opus-4-5-20251101"
COOKIE = "__Secure-authjs.session-token=made-up-for-tests"


class Site:
    """A running simulator."""

    def __init__(self, history: History | None = None, *, row_limit: int | None = None) -> None:
        self.simulator = Simulator(
            history=history or History.sample(),
            clock=SystemClock(),
            cookie=Secret.of(COOKIE),
            row_limit=row_limit,
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="site", daemon=True)

    @property
    def url(self) -> str:
        """Its address."""
        return self.simulator.url

    def __enter__(self) -> Self:
        self._thread.start()
        self.open()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def open(self, port: int = 0) -> None:
        """Listen (again)."""
        asyncio.run_coroutine_threadsafe(self.simulator.start(port=port), self._loop).result(10)

    def close(self) -> None:
        """Go away: who calls is refused."""
        asyncio.run_coroutine_threadsafe(self.simulator.close(), self._loop).result(10)

    def replace_cookie(self, cookie: str) -> None:
        """From now on only this one is accepted."""
        self.simulator.cookie = Secret.of(cookie)

    def charge(
        self, spent: int, model: str = "claude-opus-4-5-20251101", *, ago_s: float = 2
    ) -> None:
        """A request that was made so many seconds ago."""
        now_ms = time.time_ns() // 1_000_000
        self.simulator.history.add(t_ms=now_ms - round(ago_s * 1000), credits=spent, model=model)

    def calls(self, path: str) -> int:
        """How often a path was asked for, whatever its query."""
        targets = [request.target.partition("?")[0] for request in self.simulator.requests]
        return targets.count(path)
