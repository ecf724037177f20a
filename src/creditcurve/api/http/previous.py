"""Removes what programs that used this address earlier left in the browser.

A service worker or a cached script of another program at the same address would run inside the
page and read the cookie that the user pastes.
"""

from typing import Final

from starlette.responses import Response

CLEAR: Final = '"cache", "storage"'
"""``Clear-Site-Data`` of a browser's first visit; later it would delete our own preferences."""

_MARK_S: Final = 400 * 86_400
_SCRIPT: Final = """\
// Replaces a service worker of another program that used this address earlier.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil(self.registration.unregister());
});
"""


def unregistering_script() -> Response:
    """Return a service worker that unregisters itself; CreditCurve has no service worker."""
    headers = {"cache-control": "no-store"}
    return Response(_SCRIPT, media_type="text/javascript", headers=headers)


def clear_on_first_visit(response: Response, *, mark: str, cookies: str, path: str) -> None:
    """Make the browser clear the address of other programs' data, once for each browser.

    Args:
        response: the answer with the page.
        mark: name of the cookie that marks a browser as cleared; no other program knows it.
        cookies: the cookies of the request.
        path: the path of the cookie.
    """
    if f"{mark}=" in cookies:
        return
    response.headers["clear-site-data"] = CLEAR
    response.set_cookie(mark, "1", max_age=_MARK_S, path=path, httponly=True, samesite="strict")
