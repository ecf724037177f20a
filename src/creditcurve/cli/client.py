"""A client of the running instance, on the standard library: it must start fast.

It calls this machine alone, never through a proxy, and shows the token of the instance's note. A
note that a crash left behind names nobody: then nobody answers, and ``NotRunning`` says so.
"""

import contextlib
import http.client
from collections.abc import Callable, Iterator
from email.message import Message
from types import TracebackType
from typing import Final, Self, TypeVar
from urllib.parse import urlsplit

import msgspec

from creditcurve.cli.exits import FAILED, IO_ERROR, UNAVAILABLE, Refusal
from creditcurve.instance import Instance, from_here

CHUNK_BYTES: Final = 65_536
_JSON: Final = {"content-type": "application/json"}
_LINES: Final = {"content-type": "application/x-ndjson"}

Lines = bytes
"""A body of JSON values, one per line."""

_Answer = TypeVar("_Answer")


class NotRunning(Refusal):
    """Nobody answers at the address of the note."""

    def __init__(self, detail: str = "CreditCurve is not running.") -> None:
        super().__init__(detail, UNAVAILABLE)


class NoAnswer(Refusal):
    """Somebody listens there, but says nothing in time."""

    def __init__(self) -> None:
        super().__init__("CreditCurve runs, but does not answer in time.", UNAVAILABLE)


class Declined(Refusal):
    """The instance answered with a problem; the message is its detail."""

    def __init__(self, problem: "Problem") -> None:
        super().__init__(problem.detail, FAILED)
        self.problem = problem


class Problem(msgspec.Struct, frozen=True):
    """What every refusal of the interface holds."""

    status: int
    code: str
    detail: str


class Client:
    """A connection to an instance; ``timeout_s`` bounds each wait for it."""

    def __init__(self, instance: Instance, *, timeout_s: float = 60.0) -> None:
        address = urlsplit(from_here(instance.address))
        self._http = http.client.HTTPConnection(
            address.hostname or "", address.port, timeout=timeout_s
        )
        self._headers = {"authorization": f"Bearer {instance.token}"}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def get(self, path: str, kind: type[_Answer]) -> _Answer:
        """The answer to a GET, as a value of its type.

        Raises:
            NotRunning: nobody is there, or somebody else.
            NoAnswer: it says nothing in time.
            Declined: it refuses.
        """
        return _decoded(self.call("GET", path), kind)

    def call(self, method: str, path: str, body: msgspec.Struct | Lines | None = None) -> bytes:
        """One call; the body of its answer.

        Raises:
            NotRunning: nobody is there, or somebody else.
            NoAnswer: it says nothing in time.
            Declined: it refuses.
        """
        try:
            return self._asked(method, path, body).read()
        except (OSError, http.client.HTTPException) as error:
            raise _failure(error) from error

    def stream(self, path: str, heard: Callable[[Message], None]) -> Iterator[bytes]:
        """The body of an answer, piece by piece; its headers are heard before.

        Raises:
            NotRunning, NoAnswer, Declined: as ``call``.
            Refusal: the answer broke off.
        """
        try:
            answer = self._asked("GET", path, None)
        except (OSError, http.client.HTTPException) as error:
            raise _failure(error) from error
        heard(answer.headers)
        try:
            while piece := answer.read(CHUNK_BYTES):
                yield piece
        except (OSError, http.client.HTTPException) as error:
            raise Refusal(
                "The answer broke off: what was written is not whole.", IO_ERROR
            ) from error

    def _asked(
        self, method: str, path: str, body: msgspec.Struct | Lines | None
    ) -> http.client.HTTPResponse:
        content, kind = _content(body)
        headers = {**self._headers, **kind}
        with contextlib.suppress(BrokenPipeError):  # it has refused the body; its answer says why
            self._http.request(method, path, body=content, headers=headers)
        answer = self._http.getresponse()
        if answer.status >= 400:
            raise Declined(_decoded(answer.read(), Problem))
        return answer


def _content(body: msgspec.Struct | Lines | None) -> tuple[bytes | None, dict[str, str]]:
    """What goes over the wire, and the header that names its kind."""
    if body is None:
        return None, {}
    if isinstance(body, bytes):
        return body, _LINES
    return msgspec.json.encode(body), _JSON


def _decoded(body: bytes, kind: type[_Answer]) -> _Answer:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.MsgspecError as error:
        raise NotRunning("Another program answers at the address of CreditCurve.") from error


def _failure(error: Exception) -> Refusal:
    return NoAnswer() if isinstance(error, TimeoutError) else NotRunning()
