"""The codes of problems. A code is stable: callers and the page's texts depend on it.

Each code has one HTTP status. Details in English are for people and may change.
"""

from enum import StrEnum
from typing import Self

from creditcurve.cookie.errors import CookieErrorCode


class ProblemCode(StrEnum):
    """Every code that the interface answers with, and the status it comes with."""

    status: int

    def __new__(cls, code: str, status: int) -> Self:
        """Create a member from its code and its HTTP status."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.status = status
        return member

    @classmethod
    def of_code(cls, code: str) -> Self | None:
        """Return the member with that code."""
        return next((one for one in cls if one.value == code), None)

    BAD_REQUEST = "bad_request", 400
    HOST_MISSING = "host_missing", 400
    HOST_MALFORMED = "host_malformed", 400
    INVALID_JSON = "invalid_json", 400
    KEY_REQUIRED = "key_required", 401
    LOGIN_REQUIRED = "login_required", 401
    KEY_WRONG = "key_wrong", 401
    FOREIGN_ORIGIN = "foreign_origin", 403
    OTHER_ACCOUNT = "other_account", 403
    HOST_NOT_ALLOWED = "host_not_allowed", 403
    NOT_FOUND = "not_found", 404
    METHOD_NOT_ALLOWED = "method_not_allowed", 405
    NO_COOKIE = "no_cookie", 409
    COOKIE_INVALID = "cookie_invalid", 409
    RESET_USED = "reset_used", 409
    RESET_NOT_AVAILABLE = "reset_not_available", 409
    BODY_TOO_LARGE = "body_too_large", 413
    COOKIE_TOO_LARGE = "cookie_too_large", 413
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type", 415
    INVALID_VALUE = "invalid_value", 422
    UNKNOWN_FIELD = "unknown_field", 422
    TOO_MANY_REQUESTS = "too_many_requests", 422
    ONLY_SUMS = "only_sums", 422
    MALFORMED_RECORD = "malformed_record", 422
    COOKIE_EMPTY = "cookie_empty", 422
    COOKIE_CONTROL_CHARACTER = "cookie_control_character", 422
    COOKIE_NON_ASCII = "cookie_non_ascii", 422
    NO_COOKIE_IN_SNIPPET = "no_cookie_in_snippet", 422
    SESSION_COOKIE_MISSING = "session_cookie_missing", 422
    SESSION_COOKIE_INCOMPLETE = "session_cookie_incomplete", 422
    COOKIE_AMBIGUOUS = "cookie_ambiguous", 422
    COOKIE_EXPIRED = "cookie_expired", 422
    ORIGIN_FIXED = "origin_fixed", 422
    COOKIE_REJECTED = "cookie_rejected", 422
    TOO_MANY_ATTEMPTS = "too_many_attempts", 429
    INTERNAL_ERROR = "internal_error", 500
    RESET_DOUBTFUL = "reset_doubtful", 502
    CHANNEL_FAILED = "channel_failed", 502
    UPSTREAM_ERROR = "upstream_error", 502
    UPSTREAM_UNAUTHORIZED = "upstream_unauthorized", 502
    UPSTREAM_LOGIN_REDIRECT = "upstream_login_redirect", 502
    UPSTREAM_LOGIN_PAGE = "upstream_login_page", 502
    UPSTREAM_COOKIE_CONTROL_CHARACTER = "upstream_cookie_control_character", 502
    UPSTREAM_COOKIE_OTHER_ORIGIN = "upstream_cookie_other_origin", 502
    UPSTREAM_FORBIDDEN = "upstream_forbidden", 502
    UPSTREAM_WAF_CHALLENGE = "upstream_waf_challenge", 502
    UPSTREAM_UNEXPECTED_REDIRECT = "upstream_unexpected_redirect", 502
    UPSTREAM_UNEXPECTED_STATUS = "upstream_unexpected_status", 502
    UPSTREAM_RATE_LIMITED = "upstream_rate_limited", 502
    UPSTREAM_NOT_JSON = "upstream_not_json", 502
    UPSTREAM_SCHEMA_CHANGED = "upstream_schema_changed", 502
    UPSTREAM_TOO_LARGE = "upstream_too_large", 502
    UPSTREAM_NETWORK = "upstream_network", 502
    UPSTREAM_NAME_NOT_FOUND = "upstream_name_not_found", 502
    UPSTREAM_REFUSED = "upstream_refused", 502
    UPSTREAM_UNREACHABLE = "upstream_unreachable", 502
    UPSTREAM_TLS_ERROR = "upstream_tls_error", 502
    UPSTREAM_PROXY_UNREACHABLE = "upstream_proxy_unreachable", 502
    CANNOT_VERIFY = "cannot_verify", 503
    NOT_AHEAD_OF_TIME = "not_ahead_of_time", 503
    STORAGE_ERROR = "storage_error", 503
    UPSTREAM_TIMEOUT = "upstream_timeout", 504


UPSTREAM_CODES = tuple(code for code in ProblemCode if code.startswith("upstream_"))
"""The codes of a failed call to the site."""

PASTE_CODES = tuple(one for one in ProblemCode if one.value in set(CookieErrorCode))
"""The codes with which a pasted text is refused before the site is asked."""


def of_upstream(fault_code: str) -> ProblemCode:
    """Return the problem code of a failed call to the site, ``upstream_error`` if it is new."""
    prefixed = fault_code if fault_code.startswith("upstream_") else f"upstream_{fault_code}"
    return ProblemCode.of_code(prefixed) or ProblemCode.UPSTREAM_ERROR
