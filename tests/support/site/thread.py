"""The simulated site on another thread, for tests that run outside an event loop."""

import asyncio
import ssl
import threading
import time
from types import TracebackType
from typing import Self

from creditcurve.clocks import SystemClock
from creditcurve.domain.secret import Secret
from creditcurve.simulator import History
from support.site.gate import Gate
from support.site.sample import sample_history
from support.site.server import ANY, Simulator

SONNET, OPUS = "claude-sonnet-4-20250514", "claude-opus-4-5-20251101"
COOKIE = "__Secure-authjs.session-token=made-up-for-tests"


class HeldAnswer:
    """A gate of the site, used from outside its thread."""

    def __init__(self, gate: Gate, loop: asyncio.AbstractEventLoop) -> None:
        self._gate = gate
        self._loop = loop

    def wait(self) -> None:
        """Wait until a request has come and waits for its answer."""
        asyncio.run_coroutine_threadsafe(self._gate.reached(), self._loop).result(15)

    def release(self) -> None:
        """Send the answer."""
        self._loop.call_soon_threadsafe(self._gate.release)


class Site:
    """A running simulator."""

    def __init__(
        self,
        history: History | None = None,
        *,
        row_limit: int | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._tls = tls
        self.simulator = Simulator(
            history=history or sample_history(),
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
        """Start to listen, again if it was closed."""
        start = self.simulator.start(port=port, tls=self._tls)
        asyncio.run_coroutine_threadsafe(start, self._loop).result(10)

    def close(self) -> None:
        """Stop listening: further connections are refused."""
        asyncio.run_coroutine_threadsafe(self.simulator.close(), self._loop).result(10)

    def hold(self, endpoint: str = ANY) -> HeldAnswer:
        """Hold the next answer of an endpoint until it is released."""
        return HeldAnswer(self.simulator.hold(endpoint), self._loop)

    def replace_cookie(self, cookie: str) -> None:
        """Accept only this cookie from now on."""
        self.simulator.cookie = Secret.of(cookie)

    def charge(
        self, spent: int, model: str = "claude-opus-4-5-20251101", *, ago_s: float = 2
    ) -> None:
        """Add a request that was made ``ago_s`` seconds ago."""
        now_ms = time.time_ns() // 1_000_000
        self.simulator.history.add(t_ms=now_ms - round(ago_s * 1000), credits=spent, model=model)

    def charge_together(self, count: int) -> dict[int, int]:
        """Add requests that were made just now, before any further answer; return their times."""

        async def add() -> dict[int, int]:
            now_ms = time.time_ns() // 1_000_000
            rows = [self.simulator.history.add(t_ms=now_ms, credits=one) for one in range(count)]
            return {int(str(row["id"])): now_ms for row in rows}

        return asyncio.run_coroutine_threadsafe(add(), self._loop).result(10)

    def calls(self, path: str) -> int:
        """Return how many requests a path received, with any query."""
        targets = [request.target.partition("?")[0] for request in self.simulator.requests]
        return targets.count(path)
