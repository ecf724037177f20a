"""A failed call to the site as a value: the fault, and its consequence for the next call."""

from enum import StrEnum

import msgspec


class FaultKind(StrEnum):
    """The consequence of a failed call for the next one."""

    COOKIE = "cookie"
    OTHER_ORIGIN = "cookie_other_origin"
    FORBIDDEN = "forbidden"
    FIREWALL = "firewall"
    PASSING = "passing"


class FaultCode(StrEnum):
    """Every fault of a call; the page has a text for each code in each language."""

    UNAUTHORIZED = "unauthorized"
    LOGIN_REDIRECT = "login_redirect"
    LOGIN_PAGE = "login_page"
    COOKIE_CONTROL_CHARACTER = "cookie_control_character"
    OTHER_ORIGIN = "cookie_other_origin"
    FORBIDDEN = "upstream_forbidden"
    CHALLENGE = "waf_challenge"
    REDIRECT = "unexpected_redirect"
    STATUS = "upstream_unexpected_status"
    SERVER_ERROR = "upstream_error"
    RATE_LIMITED = "upstream_rate_limited"
    NOT_JSON = "not_json"
    SCHEMA_CHANGED = "schema_changed"
    TOO_LARGE = "too_large"
    TIMEOUT = "upstream_timeout"
    NETWORK = "upstream_network"
    NAME_NOT_FOUND = "upstream_name_not_found"
    REFUSED = "upstream_refused"
    UNREACHABLE = "upstream_unreachable"
    TLS = "tls_error"
    PROXY = "proxy_unreachable"


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A failed call.

    Attributes:
        kind: the consequence for the next call.
        code: which fault it is; for ``FaultKind.COOKIE`` the reason of the invalid cookie.
        detail: one sentence a user can act on; it contains no secret.
        retry_after_s: the wait that the site asked for, if it asked for a sensible one.
    """

    kind: FaultKind
    code: FaultCode
    detail: str
    retry_after_s: float | None = None
