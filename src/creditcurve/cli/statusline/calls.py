"""Calls of the running instance: concurrent GETs of JSON on plain sockets, within one deadline."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Sequence

from creditcurve.cli.statusline.endpoint import Endpoint
from creditcurve.domain.identity import CHALLENGE, PROOF, is_proof

TYPE_CHECKING = False  # see the package's docstring
if TYPE_CHECKING:
    from typing import Any

PATHS = ("/api/status", "/api/usage?hours=1&bucket=10", "/api/account", "/api/forecast")
"""The calls that the line needs, in the order of ``line.Answers``."""
_CHUNK_BYTES = 65_536
_CHALLENGE = os.urandom(16).hex()


class NotOursError(Exception):
    """Nothing answers at the address of the note, or another program does."""


class SlowError(Exception):
    """The instance does not answer in time."""


def send(endpoint: Endpoint, paths: Sequence[str], *, deadline_s: float) -> list[socket.socket]:
    """Send a request for each path; return their connections.

    Raises:
        NotOursError: nothing listens.
        SlowError: the instance does not accept in time.
    """
    return [_send(endpoint, path, deadline_s) for path in paths]


def answers(
    endpoint: Endpoint, sockets: Sequence[socket.socket], *, deadline_s: float
) -> list[Any]:
    """Return the answer on each connection; None for one that is refused or late.

    Raises:
        NotOursError: nothing answers the first request, or another program does.
        SlowError: the first request is not answered in time.
    """
    first = _receive(endpoint, sockets[0], deadline_s)
    return [first, *(_or_none(endpoint, one, deadline_s) for one in sockets[1:])]


def _send(endpoint: Endpoint, path: str, deadline_s: float) -> socket.socket:
    host = f"[{endpoint.host}]" if ":" in endpoint.host else endpoint.host
    request = (
        f"GET {endpoint.base_path}{path} HTTP/1.0\r\n"
        f"Host: {host}:{endpoint.port}\r\n"
        f"Authorization: Bearer {endpoint.token}\r\n"
        f"{CHALLENGE}: {_CHALLENGE}\r\n\r\n"
    )
    try:
        connection = socket.create_connection(
            (endpoint.host, endpoint.port), timeout=_left(deadline_s)
        )
        connection.sendall(request.encode("ascii"))
    except TimeoutError as error:
        raise SlowError from error
    except (OSError, UnicodeError) as error:
        raise NotOursError from error
    return connection


def _receive(endpoint: Endpoint, connection: socket.socket, deadline_s: float) -> Any:
    """Return the JSON of an answer; an HTTP/1.0 answer ends with its connection."""
    content = b""
    try:
        with connection:
            while True:
                connection.settimeout(_left(deadline_s))
                piece = connection.recv(_CHUNK_BYTES)
                if not piece:
                    break
                content += piece
    except TimeoutError as error:
        raise SlowError from error
    except OSError as error:
        raise NotOursError from error
    return _decoded(endpoint, content)


def _decoded(endpoint: Endpoint, content: bytes) -> Any:
    head, _, body = content.partition(b"\r\n\r\n")
    if head.split(b" ", 2)[1:2] != [b"200"] or not _is_proven(endpoint, head):
        raise NotOursError
    try:
        return json.loads(body)
    except ValueError as error:
        raise NotOursError from error


def _is_proven(endpoint: Endpoint, head: bytes) -> bool:
    """Return whether an answer is the instance's, not that of a program that has its port now."""
    fields = [line.partition(b":") for line in head.split(b"\r\n")]
    given = next((value for name, _, value in fields if name.lower() == PROOF.encode()), b"")
    shown = given.strip().decode("latin-1")
    return not endpoint.secret or is_proof(shown, endpoint.secret, endpoint.address, _CHALLENGE)


def _or_none(endpoint: Endpoint, connection: socket.socket, deadline_s: float) -> Any:
    try:
        return _receive(endpoint, connection, deadline_s)
    except (NotOursError, SlowError):
        return None


def _left(deadline_s: float) -> float:
    left_s = deadline_s - time.monotonic()
    if left_s <= 0:
        raise TimeoutError
    return left_s
