"""The server's own answers never interrupt another answer."""

import asyncio

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from creditcurve.server.refusals import TIMEOUT, refuse


class _Transport(asyncio.Transport):
    """Keeps everything that is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = b""
        self.is_closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent += bytes(data)

    def is_closing(self) -> bool:
        return self.is_closed

    def close(self) -> None:
        self.is_closed = True


def request(*, started: bool, complete: bool) -> RequestResponseCycle:
    """Return a request whose answer has come as far as the arguments say."""
    cycle = RequestResponseCycle.__new__(RequestResponseCycle)
    cycle.response_started, cycle.response_complete = started, complete
    return cycle


def refused(cycle: RequestResponseCycle | None) -> bytes:
    """Refuse on an open connection; return the answer."""
    transport = _Transport()
    refuse(transport, cycle, TIMEOUT)
    assert transport.is_closed
    return transport.sent


def test_a_refusal_is_an_answer_without_content_that_closes() -> None:
    answer = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    assert refused(None) == answer
    assert refused(request(started=False, complete=False)) == answer
    assert refused(request(started=True, complete=True)) == answer


def test_an_answer_that_has_begun_is_not_continued_by_a_refusal() -> None:
    assert refused(request(started=True, complete=False)) == b""


def test_a_connection_that_is_closing_gets_no_answer() -> None:
    transport = _Transport()
    transport.close()
    refuse(transport, None, TIMEOUT)
    assert transport.sent == b""
