"""A reader of server-sent events over a real connection."""

from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, Self

import httpx2
import msgspec

from support.plain import plain


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event; ``data`` is decoded JSON, or None for a block without data."""

    name: str
    data: Any
    id: str | None = None
    retry: str | None = None


class Events:
    """Reads an open stream of ``GET /api/events``."""

    def __init__(
        self,
        url: str,
        *,
        since: int | None = None,
        last_event_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout_s: float = 10.0,
    ) -> None:
        self._client = httpx2.Client(trust_env=False, timeout=timeout_s, verify=plain())
        has = {} if last_event_id is None else {"last-event-id": last_event_id}
        query = "" if since is None else f"?since={since}"
        given = {**has, **(headers or {})}
        self._context = self._client.stream("GET", f"{url}/api/events{query}", headers=given)
        self.response = self._context.__enter__()
        self._lines = self.response.iter_lines()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._context.__exit__(None, None, None)
        self._client.close()

    def __iter__(self) -> Iterator[Event]:
        block: dict[str, str] = {}
        for line in self._lines:
            if line:
                name, _, value = line.partition(":")
                block[name] = value.removeprefix(" ")
                continue
            yield Event(
                name=block.get("event", ""),
                data=msgspec.json.decode(block["data"]) if "data" in block else None,
                id=block.get("id"),
                retry=block.get("retry"),
            )
            block = {}

    def until(self, wanted: str, where: Callable[[Any], bool] = lambda _data: True) -> Event:
        """Return the next event of that name whose data matches; skip all others."""
        for event in self:
            if event.name == wanted and where(event.data):
                return event
        raise AssertionError(f"the stream ended before a fitting {wanted!r}")

    def greeting(self) -> list[Event]:
        """Return the first three events: retry, status, settings."""
        iterator = iter(self)
        return [next(iterator) for _ in range(3)]
