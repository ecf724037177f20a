"""An HTTP client of the running instance, on the standard library: it must start fast.

It connects to this machine only, never through a proxy, and authenticates with the token of the
instance's note. A note may be left over from a crash; ``NotRunningError`` reports that.
"""

import contextlib
import http.client
import secrets
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar
from urllib.parse import urlsplit

import msgspec

from creditcurve.cli.exits import CommandError, Exit
from creditcurve.cli.messages.problems import problem_text
from creditcurve.decoding import decode
from creditcurve.domain.identity import CHALLENGE, PROOF, is_proof
from creditcurve.instance import Instance, find, local_address

CHUNK_BYTES: Final = 65_536
_JSON: Final = {"content-type": "application/json"}
_LINES: Final = {"content-type": "application/x-ndjson"}

Lines = bytes
"""A body of JSON values, one per line."""
Body = msgspec.Struct | dict[str, Any] | Lines | None

_Answer = TypeVar("_Answer")


class NotRunningError(CommandError):
    """No instance answers at the address of the note."""

    def __init__(
        self,
        en: str = "CreditCurve is not running: start it with creditcurve.",
        zh: str = "CreditCurve 未运行：请先运行 creditcurve。",
    ) -> None:
        super().__init__(en, zh, Exit.UNAVAILABLE)


class NoAnswerError(CommandError):
    """The instance accepts connections and does not answer in time."""

    def __init__(self) -> None:
        super().__init__(
            "CreditCurve is running, but does not answer in time: try again, or see its log.",
            "CreditCurve 正在运行，但没有及时响应：请稍后重试，或查看其日志。",
            Exit.UNAVAILABLE,
        )


class ProblemError(CommandError):
    """The instance answered with a problem."""

    def __init__(self, problem: "Problem") -> None:
        super().__init__(*problem_text(problem.code, problem.detail))
        self.problem = problem


class Problem(msgspec.Struct, frozen=True):
    """The fields that every problem of the interface has."""

    status: int
    code: str
    detail: str


class _Identity(msgspec.Struct, frozen=True):
    """The part of the status that identifies an instance."""

    data_dir: str


class Client:
    """A connection to an instance; ``timeout_s`` limits each wait for data."""

    def __init__(self, instance: Instance, *, timeout_s: float = 60.0) -> None:
        address = urlsplit(local_address(instance.address))
        self._base_path = address.path.rstrip("/")
        self._http = http.client.HTTPConnection(
            address.hostname or "", address.port, timeout=timeout_s
        )
        self._instance = instance
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
        """Return the answer to a GET as a value of its type.

        Raises:
            NotRunningError: no instance is there, or another program.
            NoAnswerError: the instance does not answer in time.
            ProblemError: the instance refuses.
        """
        return _decoded(self.call("GET", path), kind)

    def status(self, data_dir: Path) -> bytes:
        """Return the status, if it is that of the instance of a data folder.

        Raises:
            NotRunningError: another program or another instance has the port now.
            NoAnswerError, ProblemError: as ``get``.
        """
        answer = self.call("GET", "/api/status")
        identity = _decoded(answer, _Identity)
        if Path(identity.data_dir).resolve() != data_dir.resolve():
            raise NotRunningError
        return answer

    def call(self, method: str, path: str, body: Body = None) -> bytes:
        """Send a request; return the body of the answer.

        Raises:
            NotRunningError, NoAnswerError, ProblemError: as ``get``.
        """
        try:
            return self._answer(method, path, body).read()
        except (OSError, http.client.HTTPException) as error:
            raise _failure(error) from error

    def stream(self, path: str, on_headers: Callable[[Message], None]) -> Iterator[bytes]:
        """Yield the body of an answer in pieces, after a call with its headers.

        Raises:
            NotRunningError, NoAnswerError, ProblemError: as ``get``.
            CommandError: the connection broke before the end.
        """
        try:
            answer = self._answer("GET", path, None)
        except (OSError, http.client.HTTPException) as error:
            raise _failure(error) from error
        on_headers(answer.headers)
        try:
            while piece := answer.read(CHUNK_BYTES):
                yield piece
        except (OSError, http.client.HTTPException) as error:
            raise CommandError(
                "The connection broke, the output is incomplete: run the command again.",
                "连接中断，输出不完整：请重新运行此命令。",
                Exit.IO_ERROR,
            ) from error

    def health(self) -> bytes:
        """Return the answer of the health check, also if something fails.

        Raises:
            NotRunningError, NoAnswerError: as ``get``.
        """
        try:
            return self._send("GET", "/api/health", None).read()
        except (OSError, http.client.HTTPException) as error:
            raise _failure(error) from error

    def _answer(self, method: str, path: str, body: Body) -> http.client.HTTPResponse:
        answer = self._send(method, path, body)
        if answer.status >= 400:
            raise ProblemError(_decoded(answer.read(), Problem))
        return answer

    def _send(self, method: str, path: str, body: Body) -> http.client.HTTPResponse:
        content, kind = _content(body)
        challenge = secrets.token_hex(16)
        headers = {**self._headers, **kind, CHALLENGE: challenge}
        path = self._base_path + path
        with contextlib.suppress(BrokenPipeError):  # the body was refused; the answer says why
            self._http.request(method, path, body=content, headers=headers)
        answer = self._http.getresponse()
        note = self._instance
        given = answer.getheader(PROOF, "")
        if note.secret and not is_proof(given, note.secret, note.address, challenge):
            raise _other_program()
        return answer


@contextlib.contextmanager
def connected(data_dir: Path, *, timeout_s: float) -> Iterator[tuple[Client, Instance, bytes]]:
    """Connect to the running instance of a data folder; yield its client, note and status.

    Raises:
        NotRunningError: no instance of this folder is running.
        NoAnswerError, ProblemError: as ``Client.get``.
    """
    instance = find(data_dir)
    if instance is None:
        raise NotRunningError
    with Client(instance, timeout_s=timeout_s) as client:
        yield client, instance, client.status(data_dir)


def _content(body: Body) -> tuple[bytes | None, dict[str, str]]:
    """Return the bytes of a body and its content type."""
    if body is None:
        return None, {}
    if isinstance(body, bytes):
        return body, _LINES
    return msgspec.json.encode(body), _JSON


def _decoded(body: bytes, kind: type[_Answer]) -> _Answer:
    try:
        return decode(body, kind)
    except msgspec.MsgspecError as error:
        raise _other_program() from error


def _other_program() -> NotRunningError:
    return NotRunningError(
        "Another program answers at the address of CreditCurve.",
        "CreditCurve 的地址上运行着其他程序。",
    )


def _failure(error: Exception) -> CommandError:
    return NoAnswerError() if isinstance(error, TimeoutError) else NotRunningError()
