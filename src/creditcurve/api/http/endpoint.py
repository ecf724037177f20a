"""One call of the interface as a value: where it stands, what it takes, what it answers.

From it come both the Starlette route, which checks all input against the types before the handler
sees it, and the call's part of the OpenAPI document.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from creditcurve.api.http.context import Context
from creditcurve.api.http.problems import Problem, invalid

MAX_BODY_BYTES = 65_536

_encoder = msgspec.json.Encoder(decimal_format="number")
_FIELD = re.compile(r"at `\$\.?([^`]*)`")
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_MEDIA_TYPE = re.compile(r"[a-z]{1,20}/[a-z0-9.+-]{1,60}")
_NAME = re.compile(r"[a-z][a-z_]{0,30}")
_VALUE = re.compile(r""" (['"]).*\1$""", re.DOTALL)
_MISSING = re.compile(r"missing required field `([^`]*)`")


class Content(msgspec.Struct, frozen=True):
    """A body that is no JSON, for the handler to read."""

    body: bytes


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No parameters at all."""


Query = TypeVar("Query", bound=msgspec.Struct)
Body = TypeVar("Body", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Call(Generic[Query, Body]):
    """One request, checked: its parameters and body are values of the endpoint's types."""

    context: Context
    query: Query
    body: Body
    request: Request


Handler = Callable[[Call[Any, Any]], Awaitable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A call of the interface, as the document tells it.

    Attributes:
        body: the type of a JSON body, ``Content`` for another; None where there is no body.
        takes: the media type of the body.
        answers: the type of the answer; None where there is no JSON answer.
        media_type: of an answer that is not JSON.
        answers_by_redirect: the answer is 303, to another address.
        alternatives: further statuses that carry an answer of a type of their own.
        refusals: status and codes a caller should expect, for the document.
    """

    method: str
    path: str
    summary: str
    query: type[msgspec.Struct] = Nothing
    body: type[msgspec.Struct] | None = None
    takes: str = "application/json"
    answers: type[msgspec.Struct] | None = None
    media_type: str = "application/json"
    answers_by_redirect: bool = False
    alternatives: tuple[tuple[int, type[msgspec.Struct]], ...] = ()
    refusals: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint(Described):
    """A call that a handler answers.

    Attributes:
        handler: returns a value of ``answers``, a ``Response`` of its own, or None for 204.
        max_body_bytes: what a body may have; a larger one is refused before it is read.
        too_large_code: the problem code of that refusal.
    """

    handler: Handler
    max_body_bytes: int = MAX_BODY_BYTES
    too_large_code: str = "body_too_large"

    async def serve(self, request: Request) -> Response:
        """Check the request, have it handled, and send the answer."""
        query = read_query(request, self.query)
        body = await self._read_body(request)
        context = cast("Context", request.app.state.context)
        answer = await self.handler(Call(context, query, body, request))
        if isinstance(answer, Response):
            return answer
        if answer is None:
            return Response(status_code=204)
        return Response(encode(answer), media_type="application/json")

    async def _read_body(self, request: Request) -> msgspec.Struct:
        content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if content_type != self.takes and (content_type or self.body is not None):
            raise _unsupported(content_type, self.takes)
        if self.body is None:
            return Nothing()
        body = await self._bounded(request)
        return Content(body) if self.body is Content else decode(body, self.body)

    async def _bounded(self, request: Request) -> bytes:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > self.max_body_bytes:
                raise self._too_large()
        return bytes(body)

    def _too_large(self) -> Problem:
        most = f"{self.max_body_bytes // 1024:,} KiB"
        detail = (
            f"This is larger than {most}: copy the cookie alone."
            if self.too_large_code.startswith("cookie")
            else f"The request is larger than {most}."
        )
        return Problem(413, self.too_large_code, detail, headers={"connection": "close"})


def route(path: str, endpoints: Iterable[Endpoint]) -> Route:
    """The route of all calls that stand at one path; ``Allow`` names every method of theirs."""
    by_method = {endpoint.method: endpoint for endpoint in endpoints}

    async def serve(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        return await by_method[method].serve(request)

    return Route(path, serve, methods=list(by_method))


def encode(answer: msgspec.Struct) -> bytes:
    """JSON; decimals as numbers."""
    return _encoder.encode(answer)


def decode(body: bytes, kind: type[Body]) -> Body:
    """A body as a value of its type.

    Raises:
        Problem: 400 where it is not JSON, 422 naming the field that is at fault.
    """
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise invalid_by(error) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem(400, "invalid_json", "The body is not JSON in UTF-8.") from error


def read_query(request: Request, kind: type[Query]) -> Query:
    """The query string as a value of its type.

    Raises:
        Problem: 422 naming the parameter that is at fault.
    """
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in given:
            known = name if _NAME.fullmatch(name) else "A name"
            raise invalid(name if known == name else "", f"{known} is given twice.")
        given[name] = value
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise invalid_by(error) from error


def invalid_by(error: msgspec.ValidationError) -> Problem:
    """422 with the field that a type found at fault."""
    text = str(error)
    match = _UNKNOWN.search(text) or _MISSING.search(text) or _FIELD.search(text)
    if _UNKNOWN.search(text) and match:
        return _unknown(match[1])
    field = match[1] if match else ""
    return invalid(field, _VALUE.sub("", text.partition(" - at ")[0]) + ".")


def _unknown(name: str) -> Problem:
    """422; what is no name at all may be a value that slipped into its place, and is not told."""
    if not _NAME.fullmatch(name):
        return Problem(422, "unknown_field", "There is a name in it that is none of these here.")
    return Problem(422, "unknown_field", f"There is no {name!r} here.", field=name)


def _unsupported(content_type: str, takes: str) -> Problem:
    given = content_type if _MEDIA_TYPE.fullmatch(content_type) else "another content type"
    detail = f"Send {takes}, not {given if content_type else 'a body without a content type'}."
    return Problem(415, "unsupported_media_type", detail)
