"""A session, kept in an HttpOnly cookie: opened with the access key or by a link.

A browser also gets a proof, which its page keeps and sends in a header: the cookie alone, which the
browser sends to every port of the host, opens nothing. A script's cookie needs no proof.

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
from creditcurve.api.http.authorization import PROOF, bearer_of, client_of, session_of
from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.endpoint import Answer, refuses
from creditcurve.api.http.guard import FOREIGN_SITES
from creditcurve.api.http.problems import ProblemError
from creditcurve.api.http.sessions import LINK_S, SESSION_S, TICKET_S, Credentials
from creditcurve.api.state import AppState

LOGIN_PATH = "/login"


class KeyInput(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The access key or the token of a link, to open a session of this browser."""

    key: str


class LoginQuery(Struct, frozen=True, kw_only=True):
    """The token of a link."""

    token: str = ""


class LinkToken(Struct, frozen=True, kw_only=True):
    """A one-time path, below the address of the page; ``expires_s`` is null without a key."""

    path: str
    expires_s: int | None


class TicketView(Struct, frozen=True, kw_only=True):
    """A one-time value for the query parameter ``ticket``; null if none is needed."""

    ticket: str | None
    expires_s: int | None


@refuses(ProblemCode.KEY_WRONG, ProblemCode.TOO_MANY_ATTEMPTS)
async def open_session(
    body: KeyInput, request: Request, app: AppState
) -> Annotated[Response, Answer(204)]:
    """Open this browser's session with the access key, or with the token of a link.

    The answer to a browser has the header `creditcurve-session`, whose value it sends with each
    call.
    """
    response = Response(status_code=204)
    if app.access is not None:
        session = await app.access.open_session(
            body.key, client_of(request.scope), needs_proof="origin" in request.headers
        )
        _set_cookie(response, request, app.access, app.about.base_path, session)
        if session.proof is not None:
            response.headers[PROOF] = session.proof
    return response


async def close_session(request: Request, app: AppState) -> Annotated[Response, Answer(204)]:
    """End this browser's session and its event streams."""
    response = Response(status_code=204)
    access = app.access
    session = None if access is None else session_of(access, request.headers)
    if access is None or session is None:
        return response
    ending = access.ending(session)
    if ending is not None:
        await app.store.state.end_session(*ending)
        app.feed.status_changed()  # wakes the streams of the session, which then end
    path = _cookie_path(app.about.base_path)
    response.delete_cookie(access.cookie, path=path, httponly=True, samesite="strict")
    return response


async def new_ticket(app: AppState) -> TicketView:
    """Create a ticket for one download, which a browser opens without the session's header."""
    if app.access is None:
        return TicketView(ticket=None, expires_s=None)
    return TicketView(ticket=app.access.new_ticket(), expires_s=int(TICKET_S))


@refuses(ProblemCode.KEY_REQUIRED, ProblemCode.KEY_WRONG, ProblemCode.TOO_MANY_ATTEMPTS)
async def new_link(request: Request, app: AppState) -> LinkToken:
    """Create a link that opens one browser's session; a session cannot create one."""
    if app.access is None:
        return LinkToken(path="/", expires_s=None)
    await app.access.authorize(
        bearer=bearer_of(request.headers), session=None, client=client_of(request.scope)
    )
    return LinkToken(path=link_path(app.access.new_link()), expires_s=int(LINK_S))


@refuses(ProblemCode.NOT_AHEAD_OF_TIME, ProblemCode.TOO_MANY_ATTEMPTS)
async def follow_link(
    query: LoginQuery, request: Request, app: AppState
) -> Annotated[Response, Answer(303)]:
    """Redirect to the page; the token of a valid link opens a session.

    A browser gets the session's proof in the fragment of the address, from which the page removes
    it.
    """
    if "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", "")):
        detail = "A link is not followed before it is clicked."
        raise ProblemError(ProblemCode.NOT_AHEAD_OF_TIME, detail)
    page = f"{app.about.base_path}/"
    response = RedirectResponse(page, status_code=303, headers={"cache-control": "no-store"})
    if app.access is not None and query.token and _is_visit(request):
        is_browser = "text/html" in request.headers.get("accept", "")
        session = app.access.redeem(query.token, needs_proof=is_browser)
        if session is not None:
            _set_cookie(response, request, app.access, app.about.base_path, session)
            response.headers["location"] += _fragment(session)
    return response


def link_path(token: str) -> str:
    """Return the path of a link, below the address of the page."""
    return f"{LOGIN_PATH}?{urlencode({'token': token})}"


def page_path(token: str) -> str:
    """Return the path of the page, which exchanges the token in its fragment for a session.

    A browser may come from a file or another site; the fragment is never sent.
    """
    return f"/#login={token}"


def _is_visit(request: Request) -> bool:
    """Return whether a person opens the link: typed, from a terminal, or from our own page."""
    is_foreign = request.headers.get("sec-fetch-site") in FOREIGN_SITES
    return request.method == "GET" and not is_foreign


def _fragment(session: Credentials) -> str:
    return "" if session.proof is None else f"#session={session.proof}"


def _set_cookie(
    response: Response, request: Request, access: Access, base_path: str, session: Credentials
) -> None:
    response.set_cookie(
        access.cookie,
        session.token,
        max_age=SESSION_S,
        path=_cookie_path(base_path),
        httponly=True,
        samesite="strict",
        secure=_is_https(request),
    )


def _cookie_path(base_path: str) -> str:
    return base_path or "/"


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
