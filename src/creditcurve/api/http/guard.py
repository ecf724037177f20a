"""The guard runs before every route, static files and event streams included.

It checks the Host header first (the defence against DNS rebinding, where Origin equals Host), then
where a call comes from, then the access key. A refused request reaches nothing behind it.
"""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from creditcurve.api.http.authorization import PRIVATE, authorize
from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.previous import unregistering_script
from creditcurve.api.http.problems import ProblemError, response_to
from creditcurve.domain.loopback import canonical_address, is_loopback_address

OWN_NAMES = ("localhost", "creditcurve.localhost")
FOREIGN_SITES = frozenset({"cross-site", "same-site"})
"""``same-site`` is another port of localhost, or another name of the same domain."""

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::(\d{1,5}))?", re.ASCII)
_ORIGIN = re.compile(r"https?://([a-z0-9_.:\[\]-]{1,260})", re.ASCII)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_SAFE_METHODS = frozenset({"GET", "HEAD"})
_MAX_SHOWN_HOST = 253


def content_security_policy(inline_script: str = "") -> str:
    """Return the policy of an answer; ``inline_script`` is the source of one in its page."""
    return (
        f"default-src 'none'; script-src 'self'{inline_script and ' ' + inline_script}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


SECURITY_HEADERS = {
    "content-security-policy": content_security_policy(),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Guard:
    """ASGI middleware in front of the whole application."""

    def __init__(
        self, app: ASGIApp, *, allowed_hosts: tuple[str, ...], refuses_other_accounts: bool
    ) -> None:
        self._app = app
        self._refuses_other_accounts = refuses_other_accounts
        self._names = frozenset((*OWN_NAMES, *allowed_hosts))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer with a problem."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_private = scope["path"].startswith(PRIVATE)
        guarded = _with_headers(send, is_private=is_private)
        headers = Headers(scope=scope)
        try:
            self._check(scope, headers)
            if headers.get("service-worker") == "script":
                await unregistering_script()(scope, receive, guarded)
                return
            await authorize(scope, headers)
        except ProblemError as problem:
            await response_to(problem)(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)

    def _check(self, scope: Scope, headers: Headers) -> None:
        host = self._check_host(headers)
        if self._refuses_other_accounts and scope["state"].get("is_other_account"):
            raise _other_account()
        _check_source(scope["method"], scope["path"], headers, host)

    def _check_host(self, headers: Headers) -> str:
        given = headers.getlist("host")
        if len(given) != 1:
            raise ProblemError(
                ProblemCode.HOST_MISSING,
                "The request must have one Host header. Behind a proxy, pass it on.",
            )
        host = given[0].lower()
        match = _HOST.fullmatch(host)
        if match is None:
            raise ProblemError(ProblemCode.HOST_MALFORMED, "The Host header is not a host name.")
        name = canonical_address(match[1].strip("[]").rstrip("."))
        if not (is_loopback_address(name) or name in self._names):
            raise _host_not_allowed(name)
        return host


def _check_source(method: str, path: str, headers: Headers, host: str) -> None:
    """Refuse what another site's page sends; a command line sends neither header.

    Reading calls are refused too, also as a navigation or a frame. A link to ``/login`` may be
    followed from elsewhere.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if method in _SAFE_METHODS:
        is_link = path.startswith("/login") and headers.get("sec-fetch-mode") == "navigate"
        is_guarded = path.startswith((*PRIVATE, "/login")) and not is_link
        if is_guarded and site in FOREIGN_SITES:
            raise _foreign()
        return
    if site not in (None, "same-origin"):
        raise _foreign()
    if origin is not None and not _is_same_host(origin.lower(), host):
        raise _origin_differs(origin.lower(), host)


def _is_same_host(origin: str, host: str) -> bool:
    """Compare them; proxies may add the default port of the scheme, which browsers leave out."""
    scheme, _, authority = origin.partition("://")
    default = _DEFAULT_PORTS.get(scheme, "")
    return authority.removesuffix(default) == host.removesuffix(default)


def _other_account() -> ProblemError:
    detail = (
        "This page belongs to another account of this machine. "
        "To share it, its owner sets CREDITCURVE_ACCESS_KEY."
    )
    return ProblemError(ProblemCode.OTHER_ACCOUNT, detail)


def _foreign() -> ProblemError:
    return ProblemError(
        ProblemCode.FOREIGN_ORIGIN, "A page of another site may not call this program."
    )


def _origin_differs(origin: str, host: str) -> ProblemError:
    """Return the problem of a foreign page, or of a proxy that replaces the Host header."""
    if not _ORIGIN.fullmatch(origin):
        return _foreign()
    detail = (
        f"The address the browser used ({origin}) and the Host header ({host}) differ. "
        "Behind a proxy, pass the Host header on, or set CREDITCURVE_TRUSTED_PROXIES to the "
        "proxy's address if it sends X-Forwarded-Host."
    )
    return ProblemError(ProblemCode.FOREIGN_ORIGIN, detail, origin=origin, host=host)


def _host_not_allowed(name: str) -> ProblemError:
    shown = name if len(name) <= _MAX_SHOWN_HOST else "This name"
    detail = (
        f"{shown} is not an allowed host. If this is your address for CreditCurve, add it with "
        "--allowed-host or CREDITCURVE_ALLOWED_HOSTS."
    )
    return ProblemError(ProblemCode.HOST_NOT_ALLOWED, detail, host=shown)


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
