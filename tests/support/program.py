"""The program as its users run it: a process with a data folder and a port, called over HTTP."""

import contextlib
import os
import signal
import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx2
import msgspec

from support.plain import plain
from support.starting import COMMAND, Started, can_fork, start

STOP_S = 30.0


class Program:
    """``creditcurve serve`` with its data folder; it can be started and stopped repeatedly."""

    def __init__(
        self,
        folder: Path,
        upstream: str | None,
        *,
        arguments: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
        command: tuple[str, ...] = COMMAND,
    ) -> None:
        self.data_dir = folder / "data"
        self.log_file = folder / "stderr.log"
        self._home = folder / "home"
        self._command = command
        site = () if upstream is None else ("--upstream", upstream)
        self._arguments = ("--port", "0", *site, *arguments)
        self._environment = dict(environment or {})
        self._process: subprocess.Popen[str] | Started | None = None
        self.url = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._process is not None and self._process.poll() is None:
            self.stop()

    @property
    def pid(self) -> int:
        """The process id."""
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        """Everything written to standard error so far."""
        return self.log_file.read_text()

    def start(self) -> None:
        """Start and wait for the ready line."""
        self.launch()
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line.startswith("Listening on http://"), (line, self.log)
        self.url = line.removeprefix("Listening on ").strip()

    def launch(self, *given: str) -> subprocess.Popen[str] | Started:
        """Start without waiting."""
        data_dir = ("--data-dir", str(self.data_dir))
        arguments = ["serve", *data_dir, *self._arguments, *given]
        environment = self.environment()
        with self.log_file.open("a") as log:
            if can_fork(self._command, environment):
                self._process = _fork(arguments, environment, log.fileno())
            else:
                self._process = subprocess.Popen(
                    [*self._command, *arguments],
                    stdout=subprocess.PIPE,
                    stderr=log,
                    stdin=subprocess.DEVNULL,
                    text=True,
                    env=environment,
                )
        return self._process

    def environment(self) -> dict[str, str]:
        """Return a clean environment, without the keyring of the account that runs the tests."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        home = {"HOME": str(self._home), "XDG_CONFIG_HOME": str(self._home / "config")}
        return {**kept, **home, "CREDITCURVE_KEYRING": "off", **self._environment}

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal; return the exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        return self.wait()

    def restart_on(self, port: str) -> None:
        """Start again at a port, as a supervisor would."""
        first, _, *rest = self._arguments
        self._arguments = (first, port, *rest)
        self.start()

    def kill(self) -> None:
        """Kill it."""
        assert self._process is not None
        self._process.kill()
        self.wait()

    def wait(self) -> int:
        """Wait for its end; return the exit code."""
        assert self._process is not None
        try:
            self._process.communicate(timeout=STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
            raise
        return self._process.wait()

    def call(
        self,
        method: str,
        path: str,
        json: Any = None,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> httpx2.Response:
        """Send a request; return the answer."""
        given = dict(headers or {})
        if json is not None:
            content = msgspec.json.encode(json)
            given.setdefault("content-type", "application/json")
        with httpx2.Client(
            base_url=self.url, trust_env=False, timeout=30, verify=plain()
        ) as client:
            return client.request(method, path, headers=given, content=content)

    def raw(self, request: bytes) -> bytes:
        """Send bytes over a socket; return the head of the answer, empty without an answer."""
        host, _, port = self.url.removeprefix("http://").rpartition(":")
        received = b""
        with (
            socket.create_connection((host, int(port)), timeout=5) as connection,
            contextlib.suppress(OSError),
        ):
            connection.sendall(request)
            while b"\r\n\r\n" not in received and (chunk := connection.recv(65_536)):
                received += chunk
        return received

    def get(self, path: str) -> Any:
        """Return the JSON of a successful GET."""
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def give_cookie(self, cookie: str, *, collecting: bool = False) -> None:
        """Set a cookie, and switch collecting on if wanted."""
        answer = self.call("PUT", "/api/cookie", {"cookie": cookie})
        assert answer.status_code == 200, answer.text
        if collecting:
            answer = self.call("PATCH", "/api/settings", {"collecting": True})
            assert answer.status_code == 200, answer.text


def _fork(arguments: list[str], environment: Mapping[str, str], stderr: int) -> Started:
    read_end, write_end = os.pipe()
    stdin = os.open(os.devnull, os.O_RDONLY)
    try:
        stdout = os.fdopen(read_end)
        return start(arguments, environment, (stdin, write_end, stderr), stdout=stdout)
    finally:
        os.close(stdin)
        os.close(write_end)
