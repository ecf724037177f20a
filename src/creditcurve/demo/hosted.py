"""A demo inside a running instance, below its page: started by the first call, ended when idle.

It is a second application of its own: a temporary data folder, a simulated site, and no part of the
user's data, settings or cookie. Visitors share it.
"""

import asyncio
import contextlib
import logging
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import msgspec

from creditcurve.api.http.demo import PATH, Calls
from creditcurve.app import Application
from creditcurve.clocks import Clock
from creditcurve.config import Config
from creditcurve.domain.settings import Settings

IDLE_S: Final = 300.0
"""A hidden page has no stream; the demo waits so long for it to be shown again."""

PREFIX: Final = "creditcurve-demo-"

log = logging.getLogger(__name__)


class HostedDemo:
    """Starts and ends the demo; ``visited`` counts the calls that are being answered."""

    def __init__(
        self, config: Config, clock: Clock, *, idle_s: float = IDLE_S, place: Path | None = None
    ) -> None:
        """Start nothing yet; ``place`` is for the demo's folder, by default the system's."""
        self._config = config
        self._place = place
        self._clock = clock
        self._idle_s = idle_s
        self._run: _Run | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def visited(self, shown: Settings) -> AsyncIterator[Calls]:
        """Start the demo if it does not run, and keep it running meanwhile.

        Args:
            shown: settings whose language, theme and time zone a new demo begins with.

        Raises:
            OSError, StoreError: the demo cannot be started.
        """
        run = self._run
        if run is None or run.is_over:
            run = self._run = _Run(self._idle_s)
            task = asyncio.create_task(self._serve(run, shown), name="demo")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        with run.visit():
            yield await asyncio.shield(run.calls)

    def end_streams(self) -> None:
        """End the demo's event streams."""
        if self._run is not None and self._run.application is not None:
            self._run.application.end_streams()

    async def aclose(self) -> None:
        """End the demo."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, run: "_Run", shown: Settings) -> None:
        """Run a demo until nobody visits it."""
        try:
            with tempfile.TemporaryDirectory(prefix=PREFIX, dir=self._place) as folder:
                async with self._started(Path(folder) / "data", shown) as (application, calls):
                    run.application = application
                    run.calls.set_result(calls)
                    await run.wait_until_idle()
        except asyncio.CancelledError:
            run.calls.cancel()
            raise
        except Exception as error:  # noqa: BLE001 - passed on to the visitors
            run.fail(error)
        finally:
            run.is_over = True

    @contextlib.asynccontextmanager
    async def _started(
        self, folder: Path, shown: Settings
    ) -> AsyncIterator[tuple[Application, Calls]]:
        """Run the simulated site and an application on it."""
        # Imported late: a page that is not the demo does not need it.
        from creditcurve.demo.simulation import (  # noqa: PLC0415 - see above
            demo_config,
            prepare,
            simulated_site,
        )

        site = await asyncio.to_thread(simulated_site, self._clock)
        await site.start()
        try:
            config = msgspec.structs.replace(
                demo_config(self._config, folder, site.url),
                base_path=self._config.base_path + PATH,
                access_key=None,
                is_hosted_demo=True,
            )
            application = Application(config, self._clock)
            async with application.unguarded() as running:
                await prepare(running.state.commands, running.state.store, shown)
                log.info("demo started")
                yield application, running.calls
            log.info("demo ended")
        finally:
            await site.close()


class _Run:
    """One demo from its start to its end.

    Attributes:
        calls: the application, once it is started.
        is_over: whether another one must be started for the next visitor.
    """

    def __init__(self, idle_s: float) -> None:
        self.calls: asyncio.Future[Calls] = asyncio.get_running_loop().create_future()
        self.application: Application | None = None
        self.is_over = False
        self._idle_s = idle_s
        self._visits = 0
        self._changed = asyncio.Event()

    @contextlib.contextmanager
    def visit(self) -> Iterator[None]:
        """Count a visit."""
        self._visits += 1
        self._changed.set()
        try:
            yield
        finally:
            self._visits -= 1
            self._changed.set()

    def fail(self, error: Exception) -> None:
        """Give the error to the visitors that wait for the start; log a later one."""
        if not self.calls.done():
            self.calls.set_exception(error)
        elif not self.calls.cancelled():
            log.error("demo failed", exc_info=error)

    async def wait_until_idle(self) -> None:
        """Return after a time without visits and streams; from then on, the run is over."""
        while not self.is_over:
            self._changed.clear()
            try:
                async with asyncio.timeout(None if self._visits else self._idle_s):
                    await self._changed.wait()
            except TimeoutError:
                self.is_over = self.application is None or not self.application.has_streams
