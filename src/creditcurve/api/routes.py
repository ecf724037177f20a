"""The table of contents: every call of the interface, in one place."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from creditcurve import __version__
from creditcurve.api.events.stream import EventsQuery, EventStream
from creditcurve.api.http import docs, openapi, page
from creditcurve.api.http.endpoint import Call, Content, Described, Endpoint, Nothing, route
from creditcurve.api.resources import (
    cookie,
    metrics,
    quarantine,
    records,
    session,
    settings,
    status,
    usage,
)
from creditcurve.api.schema import (
    CookieInput,
    CookieSaved,
    CookieView,
    HealthView,
    ImportView,
    KeyInput,
    LinkToken,
    QuarantinePageView,
    RecordsPageView,
    RefreshView,
    RetentionView,
    SettingsPatch,
    StatusView,
    UsageView,
)
from creditcurve.domain.instant import to_iso
from creditcurve.domain.settings import Settings
from creditcurve.recordfiles import MAX_RECORD_BYTES, FileFormat, media_type

_INVALID = (422, "invalid_value, unknown_field")
_COOKIE_CODES = (
    "cookie_empty, cookie_control_character, cookie_non_ascii, no_cookie_in_snippet, "
    "session_cookie_missing, session_cookie_incomplete, cookie_ambiguous, cookie_expired, "
    "cookie_rejected"
)


async def refresh(call: Call[Nothing, Nothing]) -> RefreshView:
    """Poll now, also while collection is off."""
    polled = await call.context.commands.refresh()
    return RefreshView(new=polled.new, updated=polled.updated, at=to_iso(polled.at_ms))


async def openapi_json(_call: Call[Nothing, Nothing]) -> Response:
    """This document."""
    return JSONResponse(contract())


async def docs_page(_call: Call[Nothing, Nothing]) -> Response:
    """This document, to read."""
    return HTMLResponse(docs.render(contract()))


ENDPOINTS: Sequence[Endpoint] = (
    Endpoint(
        method="GET",
        path="/api/health",
        handler=status.health,
        summary="Whether the program works.",
        answers=HealthView,
        alternatives=((503, HealthView),),
    ),
    Endpoint(
        method="GET",
        path="/api/status",
        handler=status.status,
        summary="The state of everything.",
        answers=StatusView,
    ),
    Endpoint(
        method="GET",
        path="/api/settings",
        handler=settings.read,
        summary="The user's settings.",
        answers=Settings,
    ),
    Endpoint(
        method="PATCH",
        path="/api/settings",
        handler=settings.change,
        summary="Change any subset of the settings; all of it or nothing.",
        body=SettingsPatch,
        answers=Settings,
        refusals=(_INVALID, (409, "no_cookie, cookie_invalid")),
    ),
    Endpoint(
        method="GET",
        path="/api/retention",
        handler=settings.retention,
        summary="What `retention_days` would remove; asking removes nothing.",
        query=settings.RetentionQuery,
        answers=RetentionView,
        refusals=(_INVALID,),
    ),
    Endpoint(
        method="PUT",
        path="/api/cookie",
        handler=cookie.put,
        summary="Read a pasted cookie, try it, and keep it where it works.",
        body=CookieInput,
        answers=CookieSaved,
        refusals=(
            (422, _COOKIE_CODES),
            (413, "cookie_too_large"),
            (503, "cannot_verify"),
        ),
        too_large_code="cookie_too_large",
    ),
    Endpoint(
        method="DELETE",
        path="/api/cookie",
        handler=cookie.delete,
        summary="Forget the cookie and stop collecting.",
    ),
    Endpoint(
        method="POST",
        path="/api/cookie/check",
        handler=cookie.check,
        summary="Try the stored cookie now, with one call.",
        answers=CookieView,
        refusals=((409, "no_cookie"), (503, "cannot_verify")),
    ),
    Endpoint(
        method="POST",
        path="/api/refresh",
        handler=refresh,
        summary="Poll now, also while collection is off; calls that come together share one poll.",
        answers=RefreshView,
        refusals=(
            (409, "no_cookie, cookie_invalid"),
            (502, "upstream_*"),
            (504, "upstream_timeout"),
        ),
    ),
    Endpoint(
        method="GET",
        path="/api/usage",
        handler=usage.read,
        summary="The curve over a range.",
        query=usage.UsageQuery,
        answers=UsageView,
        refusals=((422, "invalid_value, unknown_field, too_many_requests, only_sums"),),
    ),
    Endpoint(
        method="GET",
        path="/api/records",
        handler=records.page,
        summary="Stored records, newest first.",
        query=records.PageQuery,
        answers=RecordsPageView,
        refusals=(_INVALID,),
    ),
    Endpoint(
        method="GET",
        path="/api/export",
        handler=records.download,
        summary="Stored records as a file, oldest first.",
        query=records.DownloadQuery,
        media_type="text/csv",
        refusals=(_INVALID,),
    ),
    Endpoint(
        method="GET",
        path="/api/quarantine",
        handler=quarantine.page,
        summary="What the site answered that could not be read, newest first.",
        query=quarantine.PageQuery,
        answers=QuarantinePageView,
        refusals=(_INVALID,),
    ),
    Endpoint(
        method="POST",
        path="/api/import",
        handler=records.take_in,
        summary=(
            "Take in records, one per line as an export in NDJSON has them, at most 1 MiB: "
            "those whose id is known stand as they are, the others are stored, all or none."
        ),
        body=Content,
        takes=media_type(FileFormat.NDJSON),
        max_body_bytes=MAX_RECORD_BYTES,
        answers=ImportView,
        refusals=((413, "body_too_large"), (422, "malformed_record")),
    ),
    Endpoint(
        method="POST",
        path="/api/session",
        handler=session.open_session,
        summary="Open this browser's session with the access key.",
        body=KeyInput,
        refusals=((401, "key_wrong"), (429, "too_many_attempts")),
    ),
    Endpoint(
        method="DELETE",
        path="/api/session",
        handler=session.close_session,
        summary="End this browser's session.",
    ),
    Endpoint(
        method="POST",
        path="/api/session/link",
        handler=session.new_link,
        summary="A link that opens one browser's session, for whoever has the access key itself.",
        answers=LinkToken,
        refusals=((401, "key_required, key_wrong"), (429, "too_many_attempts")),
    ),
    Endpoint(
        method="GET",
        path=session.LOGIN_PATH,
        handler=session.follow_link,
        summary="To the page; with the token of a link that is good, logged in.",
        query=session.LoginQuery,
        answers_by_redirect=True,
        refusals=((429, "too_many_attempts"), (503, "not_ahead_of_time")),
    ),
    Endpoint(
        method="GET",
        path="/metrics",
        handler=metrics.read,
        summary="Figures in Prometheus' text format.",
        media_type="text/plain",
    ),
    Endpoint(
        method="GET",
        path="/api/openapi.json",
        handler=openapi_json,
        summary="This document.",
        media_type="application/json; charset=utf-8",
    ),
    Endpoint(
        method="GET",
        path="/api/docs",
        handler=docs_page,
        summary="This document, to read.",
        media_type="text/html",
    ),
)

EVENTS = Described(
    method="GET",
    path="/api/events",
    summary=(
        "Server-sent events: `retry`, `status`, `settings`, the records the client lacks, then "
        "what happens (`records`, `status`, `settings`, `reset`)."
    ),
    query=EventsQuery,
    media_type="text/event-stream",
    refusals=(_INVALID,),
)


def routes() -> list[BaseRoute]:
    """The interface and the page."""
    paths = dict.fromkeys(endpoint.path for endpoint in ENDPOINTS)
    return [
        *(route(path, [one for one in ENDPOINTS if one.path == path]) for path in paths),
        Route(EVENTS.path, EventStream(), methods=["GET"]),
        *(Route(path, page.serve, methods=["GET"]) for path in page.PATHS),
    ]


@cache
def contract() -> dict[str, Any]:
    """The OpenAPI document of this version."""
    return openapi.document([*ENDPOINTS, EVENTS], __version__)
