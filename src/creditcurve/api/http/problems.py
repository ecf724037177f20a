"""Errors as ``application/problem+json`` (RFC 9457) with a stable ``code``.

Handlers raise ``ProblemError``, or let an error of a lower package pass (``translations``). No
answer repeats a secret or shows a traceback.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TypedDict, Unpack

import msgspec
from starlette.responses import Response

from creditcurve.api.http.codes import ProblemCode
from creditcurve.domain.credits import Credits

_encoder = msgspec.json.Encoder(decimal_format="number")
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
    origin: str | None = None
    host: str | None = None
    before: Credits | None = None
    after: Credits | None = None
    remaining: int | None = None
    channel_status: int | None = None
    answer: str | None = None


class Members(TypedDict, total=False):
    """The optional members of a problem."""

    field: str | None
    offset: int | None
    names: tuple[str, ...]
    bucket: int | None
    line: int | None
    origin: str | None
    host: str | None
    before: Credits | None
    after: Credits | None
    remaining: int | None
    channel_status: int | None
    answer: str | None


class ProblemError(Exception):
    """An error to answer with; raise it anywhere in the interface."""

    def __init__(
        self,
        code: ProblemCode,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **members: Unpack[Members],
    ) -> None:
        super().__init__(detail)
        self.headers = headers
        title = HTTPStatus(code.status).phrase
        self.view = ProblemView(
            status=code.status, title=title, code=code.value, detail=detail, **members
        )


def invalid(field: str, detail: str) -> ProblemError:
    """Return the problem of a field with a bad value (422)."""
    return ProblemError(ProblemCode.INVALID_VALUE, detail, field=field)


def response_to(problem: ProblemError) -> Response:
    """Return the response that carries a problem."""
    return Response(
        _encoder.encode(problem.view),
        status_code=problem.view.status,
        media_type=MEDIA_TYPE,
        headers=problem.headers,
    )
