"""HTTP/1.1 over one connection, with limits that apply before any access check.

The head must arrive within ten seconds and the body within thirty; a client that reads its answer
too slowly is disconnected. The bytes that are not body are limited (``overhead``).
"""

import asyncio
import functools
from typing import Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from creditcurve.api.events.body import STATE, Writer
from creditcurve.server.accounts import is_other_account
from creditcurve.server.connections import Connections
from creditcurve.server.date import DateHeader
from creditcurve.server.deadline import Deadline
from creditcurve.server.overhead import Overhead
from creditcurve.server.reading import ReadWatch
from creditcurve.server.stream import StreamProtocol, reset
from creditcurve.turns import Turns

HEAD_TIMEOUT_S: Final = 10.0
BODY_TIMEOUT_S: Final = 30.0

_HEAD_TOO_LARGE: Final = "431 Request Header Fields Too Large"
_TIMEOUT: Final = "408 Request Timeout"
_TOO_MANY: Final = "503 Service Unavailable"

Peer = tuple[str, int]
Server = tuple[str, int | None]


class Protocol(HttpToolsProtocol):
    """uvicorn's protocol with limits; a stream can take its connection over.

    Attributes:
        address: the address of the peer, without its port.
    """

    _read_watch: ReadWatch

    def __init__(
        self,
        *args: object,
        connections: Connections,
        turns: Turns,
        date: DateHeader,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through
        self._connections = connections
        self._turns = turns
        self._date = date
        self._deadline = Deadline(self.loop.call_later, self._time_out)
        self._overhead = Overhead()
        self._is_other_account = False
        self._is_receiving = True
        self._is_unused = True
        self.address = ""

    @property
    def is_idle(self) -> bool:
        """Whether no complete request is in progress."""
        return self._is_receiving or _is_complete(self.cycle)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Admit the connection; the first head is due from now on."""
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        self._read_watch = ReadWatch(
            call_later=self.loop.call_later,
            waiting_bytes=transport.get_write_buffer_size,
            on_stalled=self.abort,
        )
        self._is_other_account = _comes_from_other_account(self.client, self.server)
        if self._connections.admit(self):
            self._deadline.set(HEAD_TIMEOUT_S)
        else:
            self._refuse(_TOO_MANY)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._deadline.clear()
        self._read_watch.stop()
        self._connections.discard(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse now, or at the turn of this connection; until then nothing more is read."""
        if not self._turns.run(functools.partial(self._parse, data)):
            self.transport.pause_reading()

    def _parse(self, data: bytes) -> None:
        """Count the bytes that are not body."""
        if self.transport.is_closing() or self._is_lost:
            return
        self._overhead.received(len(data))
        super().data_received(data)
        if self._overhead.is_too_large:
            self._refuse(_HEAD_TOO_LARGE)
        elif not self.flow.read_paused:
            self.transport.resume_reading()

    def on_message_begin(self) -> None:
        """Start the deadline; let the request take its connection over."""
        super().on_message_begin()
        self._is_receiving = True
        self._is_unused = False
        self._deadline.set(HEAD_TIMEOUT_S)
        self.scope["state"][STATE] = self.take_over
        self.scope["state"]["is_other_account"] = self._is_other_account

    def on_headers_complete(self) -> None:
        """Start the deadline of the body, and date the answer."""
        self._deadline.set(BODY_TIMEOUT_S)
        self.server_state.default_headers = self._date.headers()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Count the bytes of the body, which the application limits."""
        self._overhead.was_body(len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Start counting for the next request."""
        self._deadline.clear()
        self._is_receiving = False
        self._overhead.restart()
        super().on_message_complete()

    def pause_writing(self) -> None:
        """Watch the client: much data waits for it."""
        super().pause_writing()
        self._read_watch.start()

    def resume_writing(self) -> None:
        """End the watch: the client has read."""
        self._read_watch.stop()
        super().resume_writing()

    def abort(self) -> None:
        """Reset the connection: a close would wait for data that is not being read."""
        reset(self.transport)

    def take_over(self, writer: Writer) -> StreamProtocol:
        """Give the connection to a writer, which continues the body that has begun.

        No reference to the parser and the head of the request is left: with many streams, the
        garbage collector seldom runs.
        """
        awaited = cast("set[object]", self.connections)
        stream = StreamProtocol(
            self.transport,
            writer,
            self.address,
            admitted=self._connections,
            awaited=awaited,
        )
        if self._is_lost:
            self.loop.call_soon(stream.connection_lost, None)
            return stream
        self._deadline.clear()
        self._connections.replace(self, stream)
        awaited.remove(self)
        awaited.add(stream)
        self.transport.set_protocol(stream)
        self.cycle.disconnected = True  # uvicorn then accepts that the request ends
        self.parser = self.scope = self.headers = self.cycle = None  # type: ignore[assignment]
        del self._deadline, self._read_watch
        return stream

    def drop(self) -> None:
        """Close the connection for a new one."""
        self._deadline.clear()
        self.transport.abort()

    def _time_out(self) -> None:
        """Close the connection; answer only a request that has begun.

        A browser opens connections ahead of its requests, and would take an answer for that of the
        request that it then sends.
        """
        if self._is_unused:
            self.transport.close()
        else:
            self._refuse(_TIMEOUT)

    @property
    def _is_lost(self) -> bool:
        """Whether the connection is lost or given away; uvicorn then has no parser."""
        parser: object = self.parser
        return parser is None

    def _refuse(self, status: str) -> None:
        """Close the connection, with an answer if none has begun."""
        self._deadline.clear()
        if self.transport.is_closing():
            return
        if not _is_answering(self.cycle):
            head = f"HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            self.transport.write(head.encode())
        self.transport.close()


def _is_complete(cycle: RequestResponseCycle | None) -> bool:
    """Return whether a request is answered; there is no cycle before the first one."""
    return cycle is None or cycle.response_complete


def _is_answering(cycle: RequestResponseCycle | None) -> bool:
    """Return whether an answer has begun and is not complete."""
    return cycle is not None and cycle.response_started and not cycle.response_complete


def _comes_from_other_account(client: Peer | None, server: Server | None) -> bool:
    """Ask once for each connection; a connection from another machine has no account."""
    if client is None or server is None or server[1] is None:
        return False
    is_local = client[0] == "::1" or client[0].startswith("127.")
    return is_local and is_other_account(client, (server[0], server[1]))
