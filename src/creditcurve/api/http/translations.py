"""Translates the errors of lower packages into problems, in this place only."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from creditcurve.alerting.courier import UnknownChannelError
from creditcurve.api.http.codes import ProblemCode, of_upstream
from creditcurve.api.http.problems import ProblemError, invalid, response_to
from creditcurve.channels import ChannelError
from creditcurve.collecting.cookie import CookieNotUsableError
from creditcurve.collecting.reset import (
    ResetDoubtfulError,
    ResetNotAvailableError,
    ResetSpentError,
)
from creditcurve.commands.alerts import InvalidChannelError
from creditcurve.commands.cookie import CannotVerifyError, CookieRejectedError, OriginFixedError
from creditcurve.commands.settings import InvalidSettingError
from creditcurve.cookie.errors import CookieParseError
from creditcurve.domain.alert import RuleError
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.curve import OnlySumsError, TooManyRequestsError
from creditcurve.domain.instant import to_iso
from creditcurve.domain.origin import OriginError
from creditcurve.recordfiles import RecordFileError
from creditcurve.store import StoreUnavailableError
from creditcurve.upstream import UpstreamError

log = logging.getLogger(__name__)

_NOT_FOUND = (
    "Nothing exists at this address; see /api/docs. If a proxy serves CreditCurve below a path, "
    "start it with --base-path."
)
_RULE_FIELDS = {"start": "from", "end": "to"}


async def answer_exception(_request: Request, error: Exception) -> Response:
    """Answer any exception; registered as Starlette's exception handler."""
    return response_to(translate(error))


def translate(error: Exception) -> ProblemError:
    """Return the problem that describes an exception."""
    for kind, translation in _TRANSLATIONS.items():
        if isinstance(error, kind):
            return translation(error)
    log.error("unexpected error in a handler", exc_info=error)
    return ProblemError(ProblemCode.INTERNAL_ERROR, "An internal error occurred; see the log.")


def _cookie_refusal(error: CookieParseError) -> ProblemError:
    return ProblemError(
        ProblemCode.of_code(error.code) or ProblemCode.INVALID_VALUE,
        error.detail,
        field="cookie",
        offset=error.offset,
        names=error.names,
        origin=error.origin,
    )


def _cookie_rejected(_error: CookieRejectedError) -> ProblemError:
    detail = "The site does not accept this cookie. Sign in there again and copy a new one."
    return ProblemError(ProblemCode.COOKIE_REJECTED, detail, field="cookie")


def _origin_fixed(error: OriginFixedError) -> ProblemError:
    detail = f"This instance was started for {error.origin}; restart it without --upstream."
    return ProblemError(ProblemCode.ORIGIN_FIXED, detail, field="origin", origin=error.origin)


def _origin(error: OriginError) -> ProblemError:
    return invalid("origin", str(error))


def _cannot_verify(error: CannotVerifyError) -> ProblemError:
    detail = f"The cookie could not be checked: {error.fault.detail}"
    return ProblemError(ProblemCode.CANNOT_VERIFY, detail)


def _cookie_not_usable(error: CookieNotUsableError) -> ProblemError:
    if error.state is CookieState.INVALID:
        detail = "The cookie no longer works. Paste a new one."
        return ProblemError(ProblemCode.COOKIE_INVALID, detail)
    if error.state is CookieState.UNREADABLE:
        detail = "The stored cookie cannot be decrypted. Paste it again."
        return ProblemError(ProblemCode.NO_COOKIE, detail)
    detail = "There is no cookie yet. Paste one in the settings."
    return ProblemError(ProblemCode.NO_COOKIE, detail)


def _invalid_setting(error: InvalidSettingError) -> ProblemError:
    return invalid(error.field, f"{error}.")


def _rule(error: RuleError) -> ProblemError:
    return invalid(_RULE_FIELDS.get(error.field, error.field), str(error))


def _channel(error: InvalidChannelError) -> ProblemError:
    return invalid(error.field, str(error))


def _unknown_channel(_error: UnknownChannelError) -> ProblemError:
    return ProblemError(ProblemCode.NOT_FOUND, "There is no channel of this id.")


def _channel_failed(error: ChannelError) -> ProblemError:
    detail = f"The channel did not accept the message: {error.answer}"
    return ProblemError(
        ProblemCode.CHANNEL_FAILED, detail, channel_status=error.status, answer=error.answer
    )


def _malformed(error: RecordFileError) -> ProblemError:
    return ProblemError(ProblemCode.MALFORMED_RECORD, str(error), line=error.line)


def _upstream(error: UpstreamError) -> ProblemError:
    return ProblemError(of_upstream(error.fault.code.value), error.fault.detail)


def _reset_spent(_error: ResetSpentError) -> ProblemError:
    detail = "Today's reset has been used; the next one is available tomorrow."
    return ProblemError(ProblemCode.RESET_USED, detail)


def _reset_not_available(_error: ResetNotAvailableError) -> ProblemError:
    detail = "The site does not offer a reset at present; nothing was used."
    return ProblemError(ProblemCode.RESET_NOT_AVAILABLE, detail)


def _reset_doubtful(error: ResetDoubtfulError) -> ProblemError:
    detail = "The site's answer was lost: compare the balance before using another reset."
    entry = error.entry
    return ProblemError(
        ProblemCode.RESET_DOUBTFUL,
        detail,
        before=entry.before,
        after=entry.after,
        remaining=entry.remaining,
    )


def _too_many_requests(error: TooManyRequestsError) -> ProblemError:
    detail = f"{error.requests} single requests are too many; use bucket={error.bucket_s}."
    return ProblemError(
        ProblemCode.TOO_MANY_REQUESTS, detail, field="bucket", bucket=error.bucket_s
    )


def _only_sums(error: OnlySumsError) -> ProblemError:
    detail = (
        f"Single requests before {to_iso(error.before_ms)} were deleted; "
        f"use a later range or bucket={error.bucket_s}."
    )
    return ProblemError(ProblemCode.ONLY_SUMS, detail, field="bucket", bucket=error.bucket_s)


def _store_unavailable(error: StoreUnavailableError) -> ProblemError:
    return ProblemError(ProblemCode.STORAGE_ERROR, f"The data folder cannot be used: {error}")


def _http(error: HTTPException) -> ProblemError:
    problems = {
        404: (ProblemCode.NOT_FOUND, _NOT_FOUND),
        405: (ProblemCode.METHOD_NOT_ALLOWED, "This address does not support that method."),
    }
    phrase = HTTPStatus(error.status_code).description or "The request cannot be processed."
    code, detail = problems.get(error.status_code, (ProblemCode.BAD_REQUEST, phrase))
    return ProblemError(code, detail, headers=error.headers)


_TRANSLATIONS: dict[type[Exception], Callable[[Any], ProblemError]] = {
    ProblemError: lambda problem: problem,
    HTTPException: _http,
    CookieParseError: _cookie_refusal,
    CookieRejectedError: _cookie_rejected,
    OriginFixedError: _origin_fixed,
    OriginError: _origin,
    CannotVerifyError: _cannot_verify,
    CookieNotUsableError: _cookie_not_usable,
    InvalidSettingError: _invalid_setting,
    RuleError: _rule,
    InvalidChannelError: _channel,
    UnknownChannelError: _unknown_channel,
    ChannelError: _channel_failed,
    RecordFileError: _malformed,
    UpstreamError: _upstream,
    ResetSpentError: _reset_spent,
    ResetNotAvailableError: _reset_not_available,
    ResetDoubtfulError: _reset_doubtful,
    OnlySumsError: _only_sums,
    TooManyRequestsError: _too_many_requests,
    StoreUnavailableError: _store_unavailable,
}
EXCEPTIONS: tuple[type[Exception], ...] = (*_TRANSLATIONS, Exception)
"""Everything that ``translate`` knows, for the application to register."""
