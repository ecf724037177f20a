"""Calls of the running instance: concurrent GETs of JSON on plain sockets, within one deadline."""

import json
import socket
import time
from collections.abc import Sequence
from typing import Any

from creditcurve.cli.statusline.endpoint import Endpoint

_CHUNK_BYTES = 65_536


class NotOursError(Exception):
    """Nothing answers at the address of the note, or another program does."""


class SlowError(Exception):
    """The instance does not answer in time."""


def answers(endpoint: Endpoint, paths: Sequence[str], *, deadline_s: float) -> list[Any]:
    """Return the answer to each path; None for one that is refused or late.

    Raises:
        NotOursError: nothing answers the first path, or another program does.
        SlowError: the first path is not answered in time.
    """
    sockets = [_send(endpoint, path, deadline_s) for path in paths]
    first = _receive(sockets[0], deadline_s)
    return [first, *(_or_none(one, deadline_s) for one in sockets[1:])]


def _send(endpoint: Endpoint, path: str, deadline_s: float) -> socket.socket:
    host = f"[{endpoint.host}]" if ":" in endpoint.host else endpoint.host
    request = (
        f"GET {endpoint.base_path}{path} HTTP/1.0\r\n"
        f"Host: {host}:{endpoint.port}\r\n"
        f"Authorization: Bearer {endpoint.token}\r\n\r\n"
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


def _receive(connection: socket.socket, deadline_s: float) -> Any:
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
    return _decoded(content)


def _decoded(content: bytes) -> Any:
    head, _, body = content.partition(b"\r\n\r\n")
    if head.split(b" ", 2)[1:2] != [b"200"]:
        raise NotOursError
    try:
        return json.loads(body)
    except ValueError as error:
        raise NotOursError from error


def _or_none(connection: socket.socket, deadline_s: float) -> Any:
    try:
        return _receive(connection, deadline_s)
    except (NotOursError, SlowError):
        return None


def _left(deadline_s: float) -> float:
    left_s = deadline_s - time.monotonic()
    if left_s <= 0:
        raise TimeoutError
    return left_s
