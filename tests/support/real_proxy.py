"""nginx and Caddy, started with the configurations that docs/proxy.md shows."""

import re
import socket
import ssl
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import httpx2

from support.authority import Authority

NAME: Final = "credits.example.org"
_PAGE: Final = Path(__file__).parents[2] / "docs" / "proxy.md"
_NGINX: Final = """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
{server}
}}
"""


def documented(language: str, number: int) -> str:
    """Return a block of the page, by the language of its fence and its place among these."""
    blocks = re.findall(rf"```{language}\n(.*?)```", _PAGE.read_text("utf-8"), re.DOTALL)
    return str(blocks[number])


class RealProxy:
    """A proxy with TLS in front of a program."""

    def __init__(self, command: list[str], port: int, authority: Authority, log: Path) -> None:
        self._command = command
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._trust = ssl.create_default_context(cafile=str(authority.file))
        self.port = port
        self.origin = f"https://{NAME}:{port}"

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log)
        end = time.monotonic() + 20
        while not self._listens():
            assert time.monotonic() < end, self._log.read_text()
            assert self._process.poll() is None, self._log.read_text()
            time.sleep(0.05)
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(10)

    def _listens(self) -> bool:
        with socket.socket() as connection:
            return connection.connect_ex(("127.0.0.1", self.port)) == 0

    def client(self) -> httpx2.Client:
        """Return a client that connects here and calls the page by its name."""
        return httpx2.Client(
            base_url=f"https://127.0.0.1:{self.port}",
            headers={"host": f"{NAME}:{self.port}"},
            verify=self._trust,
            trust_env=False,
            timeout=10,
        )


def nginx(folder: Path, target: str, authority: Authority, *, path: bool = False) -> RealProxy:
    """Return nginx with the documented server, or the documented location below a path."""
    port = free_port()
    certificate = authority.certificate(host="127.0.0.1")
    server = documented("nginx", 0)
    if path:
        server = re.sub(
            r"  location / \{.*?\n  \}", documented("nginx", 1), server, flags=re.DOTALL
        )
    server = server.replace("127.0.0.1:8080", target.removeprefix("http://"))
    server = server.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    server = server.replace(f"/etc/ssl/{NAME}.pem", str(certificate))
    file = folder / "nginx.conf"
    file.write_text(_NGINX.format(folder=folder, server=server))
    return RealProxy(["nginx", "-c", str(file)], port, authority, folder / "nginx.out")


def caddy(folder: Path, target: str, authority: Authority, *, path: bool = False) -> RealProxy:
    """Return Caddy with the documented site, or the documented part below a path."""
    port = free_port()
    certificate = authority.certificate(host="127.0.0.1")
    site = documented("caddy", 0)
    if path:
        site = f"{NAME} {{\n{documented('caddy', 1)}}}\n"
    site = site.replace("127.0.0.1:8080", target.removeprefix("http://"))
    tls = f"  bind 127.0.0.1\n  tls {certificate} {certificate}\n"
    site = site.replace(f"{NAME} {{\n", f"https://{NAME}:{port} {{\n{tls}")
    options = "{\n  admin off\n  auto_https disable_redirects\n  default_sni 127.0.0.1\n}\n"
    file = folder / "Caddyfile"
    file.write_text(options + site)
    command = ["caddy", "run", "--config", str(file), "--adapter", "caddyfile"]
    return RealProxy(command, port, authority, folder / "caddy.out")


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
