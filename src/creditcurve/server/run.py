"""Runs the server until a signal ends it.

The database and the upstream are not touched before the data folder and the port are ours. At the
end the event streams are ended before uvicorn waits for open connections, which would never end.
"""

import asyncio
import contextlib
import functools
import logging
import os
import secrets
import signal
import socket
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Final

import msgspec
import uvicorn

from creditcurve import instance
from creditcurve.app import Application
from creditcurve.clocks import SystemClock, until_tick_s
from creditcurve.config import Config
from creditcurve.demo.hosted import HostedDemo
from creditcurve.diagnostics import RecentLines
from creditcurve.server.accounts import are_accounts_known
from creditcurve.server.allocator import return_large_blocks
from creditcurve.server.connections import Connections, connection_limit
from creditcurve.server.date import DateHeader
from creditcurve.server.garbage import SOON_S, Garbage
from creditcurve.server.hardening import protect_memory
from creditcurve.server.listening import BACKLOG, listening
from creditcurve.server.log_limit import LogLimit
from creditcurve.server.protocol import Protocol
from creditcurve.turns import Turns

DRAIN_S: Final = 1
"""Connections that are still busy after this are cancelled; the program ends within 2 s."""

PARSED_AT_ONCE: Final = 32
"""Parts of requests that are parsed in one iteration of the event loop."""


class Ready(msgspec.Struct, frozen=True):
    """A server that accepts requests.

    Attributes:
        address: address of the page without a trailing slash, reachable from this machine.
        new_login: creates the token of a login link; None if none is needed.
        is_open_to_accounts: whether other accounts of this machine can use the page.
        taken: an address like ``[::1]:8080`` that another program has; see ``listening``.
    """

    address: str
    new_login: Callable[[], str] | None
    is_open_to_accounts: bool
    taken: str | None


def run(config: Config, on_ready: Callable[[Ready], None]) -> None:
    """Serve until a signal ends it.

    Args:
        config: the configuration.
        on_ready: called once, when requests are accepted.

    Raises:
        AlreadyRunningError: another instance has the data folder.
        DataFolderError: the data folder cannot be used.
        PortError: the address cannot be listened on.
        StoreError: the database is from a newer version, or cannot be used.
    """
    protect_memory()
    return_large_blocks()
    lines = RecentLines()
    with lines.attached(), instance.held(config.data_dir), listening(config) as listeners:
        # Messages link to the page, so its port must be known where a free one was asked for.
        config = msgspec.structs.replace(config, port=listeners.port)
        address = page_address(config)
        clock = SystemClock()
        demo = None if config.is_demo else HostedDemo(config, clock)
        application = Application(config, clock, demo, lines)
        application.open_store()
        note = _note(application, address)
        application.identify(secret=note.secret, address=address)

        def announce() -> None:
            instance.announce(config.data_dir, note)
            on_ready(
                Ready(
                    address,
                    new_login=application.new_login,
                    is_open_to_accounts=_is_open_to_accounts(application),
                    taken=listeners.taken,
                )
            )

        logging.getLogger("uvicorn.error").addFilter(LogLimit(SystemClock()))
        Server(application, announce).run(sockets=listeners.sockets)


def _note(application: Application, address: str) -> instance.Instance:
    """Return the note by which commands of this machine find and recognize this run."""
    return instance.Instance(
        address=address,
        pid=os.getpid(),
        token=application.local_token,
        secret=secrets.token_urlsafe(32),
    )


def page_address(config: Config) -> str:
    """Return the address of the page on this machine; a wildcard address becomes loopback."""
    host = f"[{config.host}]" if ":" in config.host else config.host
    return instance.local_address(f"http://{host}:{config.port}{config.base_path}")


def _is_open_to_accounts(application: Application) -> bool:
    if application.new_login is not None:
        return False
    return not (application.refuses_other_accounts and are_accounts_known())


class Server(uvicorn.Server):
    """uvicorn's server; it ends streams first, and exits with 0 after a signal."""

    def __init__(self, application: Application, announce: Callable[[], None]) -> None:
        self._connections = connections = Connections(connection_limit())
        self._garbage = Garbage(SystemClock())
        protocol = functools.partial(
            Protocol,
            connections=connections,
            turns=Turns(PARSED_AT_ONCE),
            date=DateHeader(SystemClock()),
        )
        super().__init__(
            uvicorn.Config(
                application.asgi,
                http=protocol,  # type: ignore[arg-type]
                ws="none",
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=False,
                proxy_headers=False,
                backlog=BACKLOG,
                timeout_graceful_shutdown=DRAIN_S,
            )
        )
        self._application = application
        self._announce = announce
        self._wake_up: Callable[[], object] = lambda: None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then announce the address."""
        await super().startup(sockets)
        if self.started:
            self._garbage.take_over()
            self._announce()

    async def main_loop(self) -> None:
        """Wait for a signal; uvicorn looks ten times a second, which keeps a processor awake."""
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        self._wake_up = functools.partial(loop.call_soon_threadsafe, ended.set)
        while not self.should_exit:
            self._garbage.collect_if_due(len(self._connections))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), until_tick_s(SOON_S))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then drain."""
        self._application.end_streams()
        await asyncio.sleep(0)
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End on SIGINT and SIGTERM; uvicorn would raise them again afterwards."""
        signals = [signal.SIGINT, signal.SIGTERM]
        before = {number: signal.signal(number, self._on_signal) for number in signals}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self.should_exit and number == signal.SIGINT:
            os._exit(130)
        self.should_exit = True
        self._wake_up()
