"""A reverse proxy as people configure it: it sets the Host header and may remove a path prefix."""

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx2

from support.plain import plain

_HOP_BY_HOP = {"connection", "transfer-encoding", "content-length", "keep-alive", "host"}


class HttpProxy:
    """Forwards requests to a program.

    Args:
        target: the program's address.
        host: the Host header it sends: ``target``, ``name`` (without the port) or ``browser``.
        prefix: a path that it removes from each request.
        adds: headers that it adds to each request.
    """

    def __init__(
        self,
        target: str,
        *,
        host: str = "browser",
        prefix: str = "",
        adds: Mapping[str, str] | None = None,
    ) -> None:
        self.target = target
        self.prefix = prefix
        self._host = host
        self._adds = dict(adds or {})
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            """Forwards one request after the other."""

            def do_GET(self) -> None:
                proxy.forward(self)

            do_PATCH = do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - names of http.server

            def log_message(self, *_: object) -> None:
                """Log nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="proxy")
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()

    def forward(self, request: BaseHTTPRequestHandler) -> None:
        """Pass a request on and stream its answer back."""
        content = request.rfile.read(int(request.headers.get("content-length", 0)))
        with (
            httpx2.Client(trust_env=False, timeout=None, verify=plain()) as client,
            client.stream(
                request.command,
                self.target + request.path.removeprefix(self.prefix),
                headers=self._headers(request),
                content=content or None,
            ) as answer,
        ):
            request.send_response(answer.status_code)
            for name, value in answer.headers.multi_items():
                if name not in _HOP_BY_HOP:
                    request.send_header(name, value)
            request.send_header("connection", "close")
            request.end_headers()
            request.close_connection = True
            for chunk in answer.iter_raw():
                try:
                    request.wfile.write(chunk)
                    request.wfile.flush()
                except OSError:
                    return

    def _headers(self, request: BaseHTTPRequestHandler) -> dict[str, str]:
        given = {
            name.lower(): value
            for name, value in request.headers.items()
            if name.lower() not in _HOP_BY_HOP
        }
        browser = request.headers["host"]
        hosts = {
            "target": urlsplit(self.target).netloc,
            "name": browser.partition(":")[0],
            "browser": browser,
        }
        return {**given, "host": hosts[self._host], **self._adds}
