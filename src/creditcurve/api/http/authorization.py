"""The credentials of a request: a key, a session or a ticket.

A browser's session consists of a cookie, which the browser sends to every port of the host, and a
proof in a header, which only the page itself can send.
"""

from typing import Final
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.types import Scope

from creditcurve.api.http.access import Access
from creditcurve.api.http.sessions import Credentials
from creditcurve.api.state import state_of

PROOF: Final = "creditcurve-session"
"""The header with a session's proof, in requests and in the answer that opens a session."""
PRIVATE: Final = ("/api", "/metrics")

_TICKET: Final = "ticket"
_PUBLIC_PATHS: Final = frozenset({"/api/health", "/api/session"})
_DOCUMENTATION: Final = frozenset({"/api/docs", "/api/docs.js", "/api/openapi.json"})
"""Opened as pages, for which a cookie suffices: they contain no data."""


async def authorize(scope: Scope, headers: Headers) -> None:
    """Let a request pass that may have its path.

    Raises:
        ProblemError: 401, or 429 after too many wrong keys.
    """
    access, path = state_of(scope).access, scope["path"]
    if access is None or not needs_key(path):
        return
    session = session_of(access, headers)
    if access.is_ticket(_take_ticket(scope), session):
        return
    if (
        path in _DOCUMENTATION
        and session is not None
        and access.is_session(session, is_proven=True)
    ):
        return
    await access.authorize(bearer=bearer_of(headers), session=session, client=client_of(scope))


def needs_key(path: str) -> bool:
    """Return whether a path needs the key: all but health, log-in, and the page's own files."""
    return path.startswith(PRIVATE) and path not in _PUBLIC_PATHS


def client_of(scope: Scope) -> str:
    """Return the address of the client."""
    client = scope.get("client")
    return client[0] if client else ""


def bearer_of(headers: Headers) -> bytes | None:
    """Return the key or token of an ``Authorization`` header as bytes, usually UTF-8."""
    scheme, _, key = headers.get("authorization", "").partition(" ")
    return key.strip().encode("latin-1") if scheme.lower() == "bearer" and key else None


def session_of(access: Access, headers: Headers) -> Credentials | None:
    """Return the proof of a session of this instance that a request contains."""
    for pair in headers.get("cookie", "").split(";"):
        name, _, value = pair.strip().partition("=")
        if name == access.cookie:
            return Credentials(value, headers.get(PROOF))
    return None


def _take_ticket(scope: Scope) -> str:
    """Remove the ticket from the query, which the call itself does not know."""
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    ticket = next((value for name, value in query if name == _TICKET), "")
    if ticket and scope["method"] == "GET":
        rest = [(name, value) for name, value in query if name != _TICKET]
        scope["query_string"] = urlencode(rest).encode("latin-1")
    return ticket
