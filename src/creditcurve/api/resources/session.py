"""A browser's session, kept in an HttpOnly cookie: opened with the access key, or by a link.

A link is good once and for a quarter of an hour. Only a person's own visit uses it up: neither a
look ahead (prefetch, ``HEAD``) nor another site's page, which could only guess and lock its visitor
out. Whatever comes of it, the browser ends at the page, with nothing of the link in its address.
"""

from typing import cast
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from creditcurve.api.http.access import LINK_S, SESSION_COOKIE, Access
from creditcurve.api.http.endpoint import Call, Nothing
from creditcurve.api.http.guard import FOREIGN_SITES, bearer_of
from creditcurve.api.http.problems import Problem
from creditcurve.api.schema import KeyInput, LinkToken

LOGIN_PATH = "/login"
_PAGE = "/"


class LoginQuery(msgspec.Struct, frozen=True, kw_only=True):
    """The token of a link."""

    token: str = ""


async def open_session(call: Call[Nothing, KeyInput]) -> Response:
    """204 and the session's cookie for the right key."""
    access = _access(call.request)
    response = Response(status_code=204)
    if access is not None:
        token = access.open_session(call.body.key, _client(call.request))
        _give(response, call.request, token)
    return response


async def close_session(call: Call[Nothing, Nothing]) -> Response:
    """204; the session ends with its streams, in this browser and on the server, for good."""
    access = _access(call.request)
    token = call.request.cookies.get(SESSION_COOKIE)
    ending = None if access is None or token is None else access.ending(token)
    if ending is not None:
        await call.context.store.state.end_session(*ending)
        call.context.feed.status()  # the session's streams wake, and end
    response = Response(status_code=204)
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict")
    return response


async def new_link(call: Call[Nothing, Nothing]) -> LinkToken:
    """A link for whoever has the key itself: a session must not outlive its end by links."""
    access = _access(call.request)
    if access is None:
        return LinkToken(path=_PAGE, expires_s=None)
    bearer = bearer_of(call.request.headers)
    access.demand(bearer=bearer, token=None, client=_client(call.request))
    return LinkToken(path=login_path(access), expires_s=int(LINK_S))


async def follow_link(call: Call[LoginQuery, Nothing]) -> Response:
    """To the page, with a session for a good link."""
    access, request = _access(call.request), call.request
    if "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", "")):
        raise Problem(503, "not_ahead_of_time", "A link is not followed before it is clicked.")
    response = RedirectResponse(_PAGE, status_code=303, headers={"cache-control": "no-store"})
    if access is None or not call.query.token or not _is_visit(request):
        return response
    try:
        token = access.redeem(call.query.token, _client(request))
    except Problem as problem:
        if problem.view.status != 401:
            raise
        return response
    _give(response, request, token)
    return response


def login_path(access: Access) -> str:
    """The path of a new link."""
    return f"{LOGIN_PATH}?{urlencode({'token': access.new_link()})}"


def _is_visit(request: Request) -> bool:
    """Whether a person goes there, from a terminal, the address bar or this program's own page."""
    is_foreign = request.headers.get("sec-fetch-site") in FOREIGN_SITES
    return request.method == "GET" and not is_foreign


def _give(response: Response, request: Request, token: str) -> None:
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=Access.session_s,
        httponly=True,
        samesite="strict",
        secure=_is_https(request),
    )


def _is_https(request: Request) -> bool:
    """Whether the browser came by https, perhaps to a proxy; who lies about it harms himself."""
    headers = request.headers
    forwarded = headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower()
    is_told = forwarded == "https" or "proto=https" in headers.get("forwarded", "").lower()
    return is_told or headers.get("origin", "").startswith("https://")


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _access(request: Request) -> Access | None:
    return cast("Access | None", request.app.state.access)
