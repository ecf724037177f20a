"""Calls of the HTTP interface, with or without a running instance.

Without one, the same handlers run here on the store, so that an answer is the same either way.
"""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import unquote

import msgspec
from starlette.types import ASGIApp, Message

from creditcurve.app import Application
from creditcurve.cli.client import Client, Problem, ProblemError
from creditcurve.cli.exits import CommandError, Exit, run_command
from creditcurve.cli.offline import running_or
from creditcurve.cli.zone import Zone, configured_zone
from creditcurve.clocks import SystemClock
from creditcurve.config import Config, Flags
from creditcurve.decoding import decode
from creditcurve.store.sqlite import inspection

Answer = Any
"""Decoded JSON."""

_Result = TypeVar("_Result")


class Interface(Protocol):
    """The interface of a data folder."""

    async def call(self, method: str, path: str, body: Answer = None) -> Answer:
        """Return the answer to a call.

        Raises:
            CommandError: it is refused.
        """
        ...


Work = Callable[[Interface], Coroutine[None, None, int]]


def run_reading(data_dir: Path | None, work: Work) -> int:
    """Run a command that only reads; return its exit code. Without a database it is refused."""

    def read(config: Config) -> int:
        if not inspection.has_database(config.data_dir):
            raise CommandError(
                f"There is no data in {config.data_dir} yet: start creditcurve first.",
                f"{config.data_dir} 中还没有数据：请先启动 creditcurve。",
                Exit.NO_INPUT,
            )
        return with_interface(config, work)

    return run_command(Flags(data_dir=data_dir), read)


def with_interface(
    config: Config, work: Callable[[Interface], Coroutine[None, None, _Result]]
) -> _Result:
    """Run a command on the interface of the running instance, or of the store.

    Raises:
        CommandError, ConfigError: the call is refused, or the store cannot be used.
    """

    async def here() -> _Result:
        async with Application(config, SystemClock()).interface() as app:
            return await work(_Local(app))

    return running_or(config, running=lambda client: asyncio.run(work(_Remote(client))), here=here)


async def zone_of_settings(interface: Interface) -> Zone:
    """Return the zone of the settings."""
    settings = await interface.call("GET", "/api/settings")
    return configured_zone(settings["time_zone"])


class _Remote:
    """The interface of the running instance."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def call(self, method: str, path: str, body: Answer = None) -> Answer:
        return decode(self._client.call(method, path, body), object)


class _Local:
    """The interface on the store of this process."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def call(self, method: str, path: str, body: Answer = None) -> Answer:
        return await _respond(self._app, method, path, body)


async def _respond(app: ASGIApp, method: str, path: str, body: Answer) -> Answer:
    """Return the answer of an application to one request.

    Raises:
        ProblemError: it refuses.
    """
    content = b"" if body is None else msgspec.json.encode(body)
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(_scope(method, path, len(content)), receive, send)
    answer = b"".join(message.get("body", b"") for message in sent)
    if sent[0]["status"] >= 400:
        raise ProblemError(decode(answer, Problem))
    return decode(answer, object)


def _scope(method: str, path: str, length: int) -> dict[str, Any]:
    route, _, query = path.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(route),
        "raw_path": route.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [
            (b"host", b"localhost"),
            (b"content-type", b"application/json"),
            (b"content-length", str(length).encode()),
        ],
        "client": None,
        "server": None,
    }
