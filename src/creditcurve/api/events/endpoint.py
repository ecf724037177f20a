"""``GET /api/events``: opens a stream."""

from collections.abc import Callable
from typing import Annotated, cast

from msgspec import Struct
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from creditcurve.api.events.body import STATE, TakeOver
from creditcurve.api.events.stream import MAX_BEHIND, Stream
from creditcurve.api.http.authorization import session_of
from creditcurve.api.http.endpoint import Answer
from creditcurve.api.http.integers import Natural
from creditcurve.api.state import AppState

MEDIA_TYPE = "text/event-stream"
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"connection", b"close"),
]


class EventsQuery(Struct, frozen=True, kw_only=True):
    """The newest revision that the client has (or ``Last-Event-ID``)."""

    since: Natural | None = None


async def follow(
    query: EventsQuery, request: Request, app: AppState
) -> Annotated[Response, Answer(200, MEDIA_TYPE)]:
    """Stream server-sent events.

    In this order: `retry`, `status`, `settings`, the records that the client lacks, then every
    change (`records`, `status`, `settings`, `account`). `reset` means that the client must fetch
    again.
    """
    since = query.since
    if since is None:
        since = _last_event_id(request.headers)
    return EventStream(app, since, _session_check(app, request.headers))


class EventStream(Response):
    """A response whose body is a stream of events."""

    media_type = MEDIA_TYPE

    def __init__(self, app: AppState, since: int | None, may_continue: Callable[[], bool]) -> None:
        super().__init__()
        self._app = app
        self._since = since
        self._may_continue = may_continue

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the head and the missing records; changes follow after the request has ended."""
        if scope["method"] == "HEAD":
            await super().__call__(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        stream = Stream(
            self._app,
            cast("TakeOver", scope["state"][STATE]),
            since=self._since,
            may_continue=self._may_continue,
        )
        await stream.greet()


def _session_check(app: AppState, headers: Headers) -> Callable[[], bool]:
    """Return whether a stream may continue: one opened by a session ends with the session."""
    access = app.access
    session = None if access is None else session_of(access, headers)
    if access is None or session is None or not access.is_session(session):
        return lambda: True
    return lambda: access.is_session(session)


def _last_event_id(headers: Headers) -> int | None:
    """Return the revision the browser names; an unknown form leads to ``reset``."""
    last = headers.get("last-event-id")
    if not last:
        return None
    is_number = last.isascii() and last.isdigit() and len(last) < 19
    return int(last) if is_number else -MAX_BEHIND - 1
