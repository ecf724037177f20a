"""The plain server of ``rebroadcast.py`` as a process."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from bench.processes import free_port, running

from support.site import COOKIE

NAME: Final = "plain server"
_SCRIPT: Final = Path(__file__).with_name("rebroadcast.py")


class Plain(NamedTuple):
    """A running plain server."""

    url: str
    pid: int


@contextlib.contextmanager
def plain_server(site_url: str) -> Iterator[Plain]:
    """Run the plain server for a site until the end."""
    port = free_port()
    command = [sys.executable, str(_SCRIPT), str(port), site_url, COOKIE]
    with running(command, port) as process:
        yield Plain(f"http://127.0.0.1:{port}", process.pid)
