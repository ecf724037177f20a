"""The guard stands before every route, static files and streams included.

First the Host header (the defence against DNS rebinding: there the Origin equals the Host), then
where a changing call comes from, then the access key. What it refuses reaches nothing behind it.
"""

import ipaddress
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from creditcurve.api.http.access import SESSION_COOKIE, Access
from creditcurve.api.http.problems import Problem, response_to

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::(\d{1,5}))?", re.ASCII)
_SAFE_METHODS = frozenset({"GET", "HEAD"})
_OPEN_PATHS = frozenset({"/api/health", "/api/session"})
FOREIGN_SITES = frozenset({"cross-site", "same-site"})
"""``same-site`` is another port of localhost, or another name of the same domain."""

SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Guard:
    """ASGI middleware; outermost, so that nothing is answered without it."""

    def __init__(
        self, app: ASGIApp, *, allowed_hosts: tuple[str, ...], access: Access | None
    ) -> None:
        self._app = app
        self._allowed_hosts = frozenset(allowed_hosts)
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _with_headers(send, is_private=_is_private(scope["path"]))
        try:
            self._demand(scope)
        except Problem as problem:
            await response_to(problem)(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)

    def _demand(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        host = self._demand_host(headers)
        self._demand_origin(scope["method"], scope["path"], headers, host)
        if self._access is not None and _is_private(scope["path"]):
            client = scope.get("client")
            self._access.demand(
                bearer=bearer_of(headers),
                token=session_token_of(headers),
                client=client[0] if client else "",
            )

    def _demand_host(self, headers: Headers) -> str:
        given = headers.getlist("host")
        if len(given) != 1:
            raise Problem(400, "host_missing", "The request must name one host.")
        match = _HOST.fullmatch(given[0].lower())
        if match is None:
            raise Problem(400, "host_malformed", "The Host header is not a host.")
        name = match[1].strip("[]")
        if not (_is_loopback(name) or name in self._allowed_hosts):
            raise Problem(
                403,
                "host_not_allowed",
                "This name is not allowed; CREDITCURVE_ALLOWED_HOSTS can allow it.",
            )
        return given[0].lower()

    def _demand_origin(self, method: str, path: str, headers: Headers, host: str) -> None:
        """What another site's page sends is refused; a command line sends neither header."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if method in _SAFE_METHODS:
            is_foreign = site in FOREIGN_SITES and path.startswith(("/api", "/login"))
            is_refused = is_foreign and headers.get("sec-fetch-mode") != "navigate"
        else:
            is_refused = site not in (None, "same-origin") or (
                origin is not None and origin.lower().partition("://")[2] != host
            )
        if is_refused:
            raise Problem(403, "foreign_origin", "Another site's page may not call this program.")


def _is_private(path: str) -> bool:
    """Whether a path needs the key: everything but health, the way in, and the page's own shell."""
    return path.startswith(("/api", "/metrics")) and path not in _OPEN_PATHS


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def bearer_of(headers: Headers) -> str | None:
    """The key or token of an ``Authorization`` header, if there is one."""
    scheme, _, key = headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" and key else None


def session_token_of(headers: Headers) -> str | None:
    """The token of this browser's session, if it shows one."""
    for pair in headers.get("cookie", "").split(";"):
        name, _, value = pair.strip().partition("=")
        if name == SESSION_COOKIE:
            return value
    return None


def _with_headers(send: Send, *, is_private: bool) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY_HEADERS.items():
                headers.setdefault(name, value)
            if is_private:
                headers.setdefault("cache-control", "no-store")
        await send(message)

    return send_with_headers
