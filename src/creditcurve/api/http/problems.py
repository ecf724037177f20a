"""Every error's one shape: ``application/problem+json`` (RFC 9457) with a stable ``code``.

Handlers raise ``Problem``, or let a refusal from below pass: it is translated here and only here.
No answer repeats a secret or shows a traceback.
"""

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from creditcurve.collecting.poll import CookieNotUsable
from creditcurve.commands import CannotVerify, CookieRejected, SettingRefused
from creditcurve.cookie.errors import CookieParseError
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.curve import OnlySumsError, TooManyRequestsError
from creditcurve.domain.instant import to_iso
from creditcurve.recordfiles import RecordFileError
from creditcurve.store import StoreUnavailableError
from creditcurve.upstream import UpstreamError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


class ProblemView(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An error: ``code`` is stable, ``detail`` is one sentence a user can act on."""

    status: int
    title: str
    code: str
    detail: str
    field: str | None = None
    offset: int | None = None
    names: tuple[str, ...] = ()
    bucket: int | None = None
    line: int | None = None


class Problem(Exception):  # noqa: N818 - named after the media type
    """An error to be answered with; raise it anywhere in the interface."""

    def __init__(  # noqa: PLR0913 - the members of the media type
        self,
        status: int,
        code: str,
        detail: str,
        *,
        field: str | None = None,
        offset: int | None = None,
        names: tuple[str, ...] = (),
        bucket: int | None = None,
        line: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.headers = headers
        self.view = ProblemView(
            status=status,
            title=HTTPStatus(status).phrase,
            code=code,
            detail=detail,
            field=field,
            offset=offset,
            names=names,
            bucket=bucket,
            line=line,
        )


def invalid(field: str, detail: str) -> Problem:
    """422 for a field's value."""
    return Problem(422, "invalid_value", detail, field=field)


def response_to(problem: Problem) -> Response:
    """The answer that carries a problem."""
    return Response(
        msgspec.json.encode(problem.view),
        status_code=problem.view.status,
        media_type=MEDIA_TYPE,
        headers=problem.headers,
    )


async def answer_exception(_request: Request, error: Exception) -> Response:
    """Starlette's exception handler for everything."""
    return response_to(translate(error))


def translate(error: Exception) -> Problem:
    """The problem that tells of an exception."""
    for kind, translation in _TRANSLATIONS.items():
        if isinstance(error, kind):
            return translation(error)
    log.error("unforeseen failure in a handler", exc_info=error)
    return Problem(500, "internal_error", "Something failed inside; the log tells what.")


def _cookie_refusal(error: CookieParseError) -> Problem:
    return Problem(
        error.status,
        error.code,
        error.detail,
        field="cookie",
        offset=error.offset,
        names=error.names,
    )


def _cookie_rejected(_error: CookieRejected) -> Problem:
    detail = "The site does not accept this cookie: sign in there again and copy a new one."
    return Problem(422, "cookie_rejected", detail, field="cookie")


def _cannot_verify(error: CannotVerify) -> Problem:
    return Problem(503, "cannot_verify", f"The cookie could not be tried: {error.fault.detail}")


def _cookie_not_usable(error: CookieNotUsable) -> Problem:
    details = {
        CookieState.INVALID: "The cookie no longer works: paste a new one.",
        CookieState.UNREADABLE: "The stored cookie cannot be read any more: paste it again.",
    }
    code = "cookie_invalid" if error.state is CookieState.INVALID else "no_cookie"
    detail = details.get(error.state, "There is no cookie yet: paste one in the settings.")
    return Problem(409, code, detail)


def _setting_refused(error: SettingRefused) -> Problem:
    return invalid(error.field, f"{error}.")


def _malformed(error: RecordFileError) -> Problem:
    return Problem(422, "malformed_record", str(error), line=error.line)


def _upstream(error: UpstreamError) -> Problem:
    fault_code = error.fault.code.value
    code = fault_code if fault_code.startswith("upstream_") else f"upstream_{fault_code}"
    return Problem(504 if code == "upstream_timeout" else 502, code, error.fault.detail)


def _too_many_requests(error: TooManyRequestsError) -> Problem:
    detail = f"{error.requests} single requests are too many: ask for bucket={error.bucket_s}."
    return Problem(422, "too_many_requests", detail, field="bucket", bucket=error.bucket_s)


def _only_sums(error: OnlySumsError) -> Problem:
    detail = (
        f"Single requests before {to_iso(error.before_ms)} were removed: "
        f"ask from there on, or for bucket={error.bucket_s}."
    )
    return Problem(422, "only_sums", detail, field="bucket", bucket=error.bucket_s)


def _store_unavailable(error: StoreUnavailableError) -> Problem:
    return Problem(503, "storage_error", f"The data folder cannot be used now: {error}")


def _http(error: HTTPException) -> Problem:
    codes = {404: "not_found", 405: "method_not_allowed", 400: "bad_request"}
    details = {
        404: "There is nothing at this address; /api/docs lists what there is.",
        405: "This address does not take that method.",
    }
    code = codes.get(error.status_code, f"http_{error.status_code}")
    detail = details.get(error.status_code, HTTPStatus(error.status_code).description)
    return Problem(error.status_code, code, detail, headers=error.headers)


_TRANSLATIONS: dict[type[Exception], Callable[[Any], Problem]] = {
    Problem: lambda problem: problem,
    HTTPException: _http,
    CookieParseError: _cookie_refusal,
    CookieRejected: _cookie_rejected,
    CannotVerify: _cannot_verify,
    CookieNotUsable: _cookie_not_usable,
    SettingRefused: _setting_refused,
    RecordFileError: _malformed,
    UpstreamError: _upstream,
    OnlySumsError: _only_sums,
    TooManyRequestsError: _too_many_requests,
    StoreUnavailableError: _store_unavailable,
}

EXCEPTIONS: tuple[type[Exception], ...] = (*_TRANSLATIONS, Exception)
"""Everything that ``translate`` knows, for the application to register."""
