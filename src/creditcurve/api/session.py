"""A browser's session, opened with the access key and kept in an HttpOnly cookie."""

from typing import cast

from starlette.responses import Response

from creditcurve.api.access import SESSION_COOKIE, Access
from creditcurve.api.endpoint import Call, Nothing
from creditcurve.api.schema import KeyInput


async def open_session(call: Call[Nothing, KeyInput]) -> Response:
    """204 and the session's cookie for the right key."""
    access = _access(call)
    response = Response(status_code=204)
    if access is None:
        return response
    client = call.request.client.host if call.request.client else ""
    token = access.open_session(call.body.key, client)
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=access.session_s,
        httponly=True,
        samesite="strict",
        secure=call.request.url.scheme == "https",
    )
    return response


async def close_session(call: Call[Nothing, Nothing]) -> Response:
    """204; the session ends, in this browser and on the server."""
    access = _access(call)
    token = call.request.cookies.get(SESSION_COOKIE)
    if access is not None and token is not None:
        access.close_session(token)
    response = Response(status_code=204)
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict")
    return response


def _access(call: Call[Nothing, KeyInput] | Call[Nothing, Nothing]) -> Access | None:
    return cast("Access | None", call.request.app.state.access)
