"""HTTP/1.1 over one connection: uvicorn's protocol, with limits that apply before any access check.

The limits are in ``connections`` (number), ``arrival`` (time and size) and ``reading`` (answers).
"""

import asyncio
import functools

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from creditcurve.api.events.body import STATE, Writer
from creditcurve.server.accounts import is_from_other_account
from creditcurve.server.arrival import Arrival
from creditcurve.server.connections import Connections
from creditcurve.server.date import DateHeader
from creditcurve.server.reading import WatchedFlow
from creditcurve.server.refusals import HEAD_TOO_LARGE, TIMEOUT, TOO_MANY, refuse
from creditcurve.server.stream import StreamProtocol, reset
from creditcurve.turns import Turns


class Protocol(HttpToolsProtocol):
    """uvicorn's protocol with limits; a stream can take its connection over."""

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
        self._arrival = Arrival(self.loop.call_later, self._time_out)
        self._is_other_account = False
        self.address = ""
        """The address of the peer, without its port."""

    @property
    def is_idle(self) -> bool:
        """Whether no complete request is in progress."""
        return not self._arrival.is_complete or self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Admit the connection; the first head is due from now on."""
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        self.flow = WatchedFlow(
            transport, self.loop.call_later, functools.partial(reset, transport)
        )
        self._is_other_account = is_from_other_account(self.client, self.server)
        if self._connections.admit(self):
            self._arrival.expect()
        else:
            refuse(transport, None, TOO_MANY)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._arrival.stop()
        self._connections.discard(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse now, or at the turn of this connection; until then nothing more is read."""
        if not self._turns.run(functools.partial(self._parse, data)):
            self.transport.pause_reading()

    def _parse(self, data: bytes) -> None:
        if self.transport.is_closing() or self._is_lost:
            return
        self._arrival.received(len(data))
        super().data_received(data)
        if self._arrival.is_too_large:
            refuse(self.transport, self.cycle, HEAD_TOO_LARGE)
        elif not self.flow.read_paused:
            self.transport.resume_reading()

    def on_message_begin(self) -> None:
        """Let the request take its connection over."""
        super().on_message_begin()
        self._arrival.begin()
        self.scope["state"][STATE] = self.take_over
        self.scope["state"]["is_other_account"] = self._is_other_account

    def on_headers_complete(self) -> None:
        """Date the answer."""
        self._arrival.end_head()
        self.server_state.default_headers = self._date.headers()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Count the bytes of the body, which the application limits."""
        self._arrival.was_body(len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Expect no more of this request."""
        self._arrival.end()
        super().on_message_complete()

    def take_over(self, writer: Writer) -> StreamProtocol:
        """Give the connection to a writer, which continues the body that has begun.

        No reference to the parser and the head of the request is left: with many streams, the
        garbage collector seldom runs.
        """
        stream = StreamProtocol(
            self.transport,
            writer,
            self.address,
            admitted=self._connections,
            awaited=self.connections,
        )
        if self._is_lost:
            self.loop.call_soon(stream.connection_lost, None)
            return stream
        stream.replace(self)
        self._arrival.stop()
        if self.flow.write_paused:
            stream.pause_writing()
        self.flow.resume_writing()
        self.cycle.disconnected = True  # uvicorn then accepts that the request ends
        self.parser = self.scope = self.headers = self.cycle = None  # type: ignore[assignment]
        del self._arrival
        return stream

    def drop(self) -> None:
        """Close the connection for a new one."""
        self.transport.abort()

    def _time_out(self) -> None:
        """Close the connection; answer only a request that has begun.

        A browser opens connections ahead of its requests, and would take an answer for that of the
        request that it then sends.
        """
        if self._arrival.has_begun:
            refuse(self.transport, self.cycle, TIMEOUT)
        else:
            self.transport.close()

    @property
    def _is_lost(self) -> bool:
        """Whether the connection is lost or given away; uvicorn then has no parser."""
        parser: object = self.parser
        return parser is None
