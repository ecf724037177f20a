"""nginx and Caddy, started with the configurations that docs/proxy.md shows."""

import os
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlsplit

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
        wait_for_port(self.port, self._process, self._log)
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


@contextmanager
def caddy_line(folder: Path, target: str) -> Iterator[str]:
    """Run the README's command without a name, and so without https; yield the address."""
    readme = (_PAGE.parents[1] / "README.md").read_text("utf-8")
    found = re.search(r"`(caddy reverse-proxy [^`]*)`", readme)
    assert found is not None
    port = free_port()
    line = found[1].replace(NAME, f":{port}").replace("127.0.0.1:8080", urlsplit(target).netloc)
    environment = {
        **os.environ,
        "CADDY_ADMIN": f"127.0.0.1:{free_port()}",
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    with (
        (folder / "caddy.out").open("wb") as log,
        subprocess.Popen(line.split(), stdout=log, stderr=log, env=environment) as process,
    ):
        try:
            wait_for_port(port, process, folder / "caddy.out")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_for_port(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a process listens."""
    end = time.monotonic() + 20
    while not _listens(port):
        assert time.monotonic() < end, log.read_text()
        assert process.poll() is None, log.read_text()
        time.sleep(0.05)


def _listens(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
