"""The server: the instance lock first, then the port, then the application.

Nothing touches the database or the upstream before both are ours. At the end the streams are ended
before uvicorn waits for its connections: it would wait for them for ever.
"""

import asyncio
import contextlib
import os
import signal
import socket
import struct
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Final

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from creditcurve import instance
from creditcurve.app import Application
from creditcurve.clocks import SystemClock
from creditcurve.config import Config

MAX_HEAD_BYTES: Final = 65_536
DRAIN_S: Final = 1
"""Connections that are still busy after this are cancelled; the program ends within 2 s."""
BACKLOG: Final = 2_048

_HEAD_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class PortUnavailable(Exception):  # noqa: N818 - a refusal, for the user to read
    """The address cannot be listened on; the message says why and what to do."""


def run(config: Config, ready: Callable[[str, str], None]) -> None:
    """Serve until a signal ends it.

    Args:
        config: what to serve, and where.
        ready: called once with the address and the path by which to enter, when the first request
            can be taken.

    Raises:
        AlreadyRunning: another instance has the data folder.
        PortUnavailable: the address cannot be listened on.
        StoreError: the database is from a newer version, or cannot be used.
    """
    with instance.held(config.data_dir), _listening(config) as listener:
        address = _address(config.host, listener)
        application = Application(config, SystemClock())
        application.open_store()

        def announce() -> None:
            here = instance.Instance(
                address=address, pid=os.getpid(), token=application.local_token
            )
            instance.announce(config.data_dir, here)
            ready(address, application.login_path())

        server = Server(application, announce)
        server.run(sockets=[listener])


class Server(uvicorn.Server):
    """uvicorn's server, which ends its streams first and answers signals with exit code 0."""

    def __init__(self, application: Application, announce: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                application.asgi,
                http=Protocol,
                ws="none",
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                backlog=BACKLOG,
                timeout_graceful_shutdown=DRAIN_S,
            )
        )
        self._application = application
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say where."""
        await super().startup(sockets)
        if self.started:
            self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then drain."""
        self._application.end_streams()
        await asyncio.sleep(0)
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take SIGINT and SIGTERM as a wish to end well; uvicorn would raise them again after."""
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


class Protocol(HttpToolsProtocol):
    """HTTP/1.1 with a bound on the head, and a way for a stream to cut its connection."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through as it came
        self._head_bytes = 0

    def data_received(self, data: bytes) -> None:
        """Count what belongs to a head that has not ended."""
        self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes > MAX_HEAD_BYTES and not self.transport.is_closing():
            self.transport.write(_HEAD_TOO_LARGE)
            self.transport.close()

    def on_message_begin(self) -> None:
        """A new request, with the means to abort its connection."""
        super().on_message_begin()
        self.scope["state"]["abort"] = self.abort

    def abort(self) -> None:
        """End the connection now, by a reset: a close would wait behind what is not being read."""
        connection = self.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def on_headers_complete(self) -> None:
        """The head has ended; bodies are bounded elsewhere."""
        self._head_bytes = -sys.maxsize
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The next head starts from nothing."""
        self._head_bytes = 0
        super().on_message_complete()


@contextlib.contextmanager
def _listening(config: Config) -> Iterator[socket.socket]:
    """A bound socket.

    Raises:
        PortUnavailable: it is taken, needs more rights, or is no address of this machine.
    """
    listener: socket.socket | None = None
    try:
        family, _, _, _, where = socket.getaddrinfo(
            config.host.strip("[]"), config.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        listener.listen(BACKLOG)
    except OSError as error:
        if listener is not None:
            listener.close()
        raise PortUnavailable(_why_unavailable(config, error)) from error
    with listener:
        yield listener


def _why_unavailable(config: Config, error: OSError) -> str:
    where = f"{config.host}:{config.port}"
    if isinstance(error, PermissionError):
        return f"Port {config.port} needs more rights: choose one from 1024 up, like --port 8080."
    if isinstance(error, socket.gaierror):
        return f"{config.host!r} is no address of this machine: try --host 127.0.0.1."
    reason = (error.strerror or str(error)).lower()
    return f"Cannot listen on {where} ({reason}): choose another port with --port."


def _address(host: str, listener: socket.socket) -> str:
    name = host.strip("[]")
    port = listener.getsockname()[1]
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
