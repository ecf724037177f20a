"""A browser's session, kept in an HttpOnly cookie: opened with the access key or by a link.

A link works once, for a quarter of an hour. Only a visit by a person uses it up: not a prefetch,
not ``HEAD``, and not a page of another site. The browser always ends at the page, with no token in
its address.
"""

from typing import Annotated
from urllib.parse import urlencode

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from creditcurve.api.http.access import Access
from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.endpoint import Answer, refuses
from creditcurve.api.http.guard import FOREIGN_SITES, SESSION_COOKIE, bearer_of, client_of
from creditcurve.api.http.problems import ProblemError
from creditcurve.api.http.sessions import LINK_S, SESSION_S
from creditcurve.api.state import AppState

LOGIN_PATH = "/login"


class KeyInput(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The access key, to open a session of this browser."""

    key: str


class LoginQuery(Struct, frozen=True, kw_only=True):
    """The token of a link."""

    token: str = ""


class LinkToken(Struct, frozen=True, kw_only=True):
    """A one-time path, below the address of the page; ``expires_s`` is null without a key."""

    path: str
    expires_s: int | None


@refuses(ProblemCode.KEY_WRONG, ProblemCode.TOO_MANY_ATTEMPTS)
async def open_session(
    body: KeyInput, request: Request, app: AppState
) -> Annotated[Response, Answer(204)]:
    """Open this browser's session with the access key."""
    response = Response(status_code=204)
    if app.access is not None:
        token = await app.access.open_session(body.key, client_of(request.scope))
        _set_cookie(response, request, app, token)
    return response


async def close_session(request: Request, app: AppState) -> Annotated[Response, Answer(204)]:
    """End this browser's session and its event streams."""
    token = request.cookies.get(SESSION_COOKIE)
    ending = None if app.access is None or token is None else app.access.ending(token)
    if ending is not None:
        await app.store.state.end_session(*ending)
        app.feed.status_changed()  # wakes the streams of the session, which then end
    response = Response(status_code=204)
    response.delete_cookie(SESSION_COOKIE, path=_cookie_path(app), httponly=True, samesite="strict")
    return response


@refuses(ProblemCode.KEY_REQUIRED, ProblemCode.KEY_WRONG, ProblemCode.TOO_MANY_ATTEMPTS)
async def new_link(request: Request, app: AppState) -> LinkToken:
    """Create a link that opens one browser's session; a session cannot create one."""
    if app.access is None:
        return LinkToken(path="/", expires_s=None)
    await app.access.authorize(
        bearer=bearer_of(request.headers), token=None, client=client_of(request.scope)
    )
    return LinkToken(path=login_path(app.access), expires_s=int(LINK_S))


@refuses(ProblemCode.NOT_AHEAD_OF_TIME, ProblemCode.TOO_MANY_ATTEMPTS)
async def follow_link(
    query: LoginQuery, request: Request, app: AppState
) -> Annotated[Response, Answer(303)]:
    """Redirect to the page; the token of a valid link opens a session."""
    if "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", "")):
        detail = "A link is not followed before it is clicked."
        raise ProblemError(ProblemCode.NOT_AHEAD_OF_TIME, detail)
    page = f"{app.about.base_path}/"
    response = RedirectResponse(page, status_code=303, headers={"cache-control": "no-store"})
    if app.access is not None and query.token and _is_visit(request):
        token = app.access.redeem(query.token)
        if token is not None:
            _set_cookie(response, request, app, token)
    return response


def login_path(access: Access) -> str:
    """Return the path of a new link, below the address of the page."""
    return f"{LOGIN_PATH}?{urlencode({'token': access.new_link()})}"


def _is_visit(request: Request) -> bool:
    """Return whether a person opens the link: typed, from a terminal, or from our own page."""
    is_foreign = request.headers.get("sec-fetch-site") in FOREIGN_SITES
    return request.method == "GET" and not is_foreign


def _set_cookie(response: Response, request: Request, app: AppState, token: str) -> None:
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=SESSION_S,
        path=_cookie_path(app),
        httponly=True,
        samesite="strict",
        secure=_is_https(request),
    )


def _cookie_path(app: AppState) -> str:
    return app.about.base_path or "/"


def _is_https(request: Request) -> bool:
    """Return whether the browser used https, perhaps to a proxy.

    Any client is believed: a false claim affects only its own cookie.
    """
    headers = request.headers
    forwarded = headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower()
    if request.scope["scheme"] == "https":
        return True
    is_forwarded = forwarded == "https" or "proto=https" in headers.get("forwarded", "").lower()
    return is_forwarded or headers.get("origin", "").startswith("https://")
