"""A call of the interface: method, path and handler.

Everything else comes from the handler: parameters named ``query`` and ``body`` give their types,
``app`` and ``request`` receive the application's state and the raw request, a parameter of the path
is a text parameter of the same name, the return annotation gives the answer, the docstring the
summary and description, and ``@refuses`` the problems. The Starlette route and the OpenAPI document
are both made from it.
"""

import inspect
import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Annotated, Any, Final, TypeVar, get_args, get_origin

from msgspec import Struct
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.json import convert, decode, encode
from creditcurve.api.http.problems import ProblemError
from creditcurve.api.state import state_of

JSON = "application/json"
MAX_BODY_BYTES = 65_536
_COMPRESSED: Final = (
    # Higher levels take twice the time for a twentieth of the size.
    Middleware(GZipMiddleware, minimum_size=1_024, compresslevel=4),
)
_IN_BRACES = re.compile(r"\{(\w+)\}")

Handler = Callable[..., Awaitable[Any]]
_Handler = TypeVar("_Handler", bound=Handler)


class Body(Struct, frozen=True):
    """How a body is sent: ``Annotated[bytes, Body(...)]`` or ``Annotated[SomeStruct, Body(...)]``.

    Attributes:
        media_type: the only content type accepted.
        max_bytes: a larger body is refused before it is read completely.
        too_large: the problem code of that refusal.
    """

    media_type: str = JSON
    max_bytes: int = MAX_BODY_BYTES
    too_large: ProblemCode = ProblemCode.BODY_TOO_LARGE


class Answer(Struct, frozen=True):
    """An answer that the handler builds itself: ``Annotated[Response, Answer(...), ...]``.

    Attributes:
        status: the HTTP status.
        content: the type of a JSON answer (a struct or a list of them), the media type of any
            other, None for an empty one.
    """

    status: int
    content: Any | str | None = None


class NoQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """A query string without parameters."""


def refuses(*codes: ProblemCode) -> Callable[[_Handler], _Handler]:
    """Declare the problems of a handler, besides those that every call may answer with."""

    def declare(handler: _Handler) -> _Handler:
        handler.__refusals__ = codes  # type: ignore[attr-defined]  # functions accept attributes
        return handler

    return declare


class Endpoint:
    """A call, with its types and refusals read from the handler once.

    Attributes:
        body_type: a struct for JSON, ``bytes`` for other content, None without a body.
        answers: every successful answer.
        refusals: the codes declared by ``@refuses``.
        path_parameters: the names in the braces of the path.
    """

    def __init__(self, method: str, path: str, handler: Handler) -> None:
        signature = inspect.signature(handler, eval_str=True)
        parameters = {name: one.annotation for name, one in signature.parameters.items()}
        self.method = method
        self.path = path
        self.handler = handler
        self.summary, _, description = inspect.cleandoc(handler.__doc__ or "").partition("\n\n")
        self.description = description.partition("Raises:")[0].strip()
        self.query_type: type[Struct] = parameters.get("query", NoQuery)
        self.body_type, self.body = _body_of(parameters.get("body"))
        self.answers = _answers_of(signature.return_annotation)
        self.refusals: tuple[ProblemCode, ...] = getattr(handler, "__refusals__", ())
        self.path_parameters: tuple[str, ...] = tuple(_IN_BRACES.findall(path))
        self._passes = frozenset(parameters)

    @property
    def is_json(self) -> bool:
        """Whether every successful answer is JSON, or empty."""
        return not any(isinstance(answer.content, str) for answer in self.answers)

    async def serve(self, request: Request) -> Response:
        """Validate a request, call the handler, and return its answer as a response."""
        query = convert(request.query_params.multi_items(), self.query_type)
        body = await self._read_body(request)
        available = {**request.path_params, "query": query, "body": body, "request": request}
        arguments: dict[str, object] = {
            name: value for name, value in available.items() if name in self._passes
        }
        if "app" in self._passes:
            arguments["app"] = state_of(request.scope)
        answer = await self.handler(**arguments)
        if isinstance(answer, Response):
            return answer
        if answer is None:
            return Response(status_code=204)
        return Response(encode(answer), media_type=JSON)

    async def _read_body(self, request: Request) -> Struct | bytes | None:
        content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if self.body_type is None:
            if content_type not in ("", JSON) and self.method not in ("GET", "HEAD"):
                raise _unsupported(JSON)
            return None
        if content_type != self.body.media_type:
            raise _unsupported(self.body.media_type)
        content = await self._read_bytes(request)
        return content if self.body_type is bytes else decode(content, self.body_type)

    async def _read_bytes(self, request: Request) -> bytes:
        content = bytearray()
        async for chunk in request.stream():
            content += chunk
            if len(content) > self.body.max_bytes:
                raise self._too_large()
        return bytes(content)

    def _too_large(self) -> ProblemError:
        detail = f"The request is larger than {self.body.max_bytes // 1024:,} KiB."
        return ProblemError(self.body.too_large, detail, headers={"connection": "close"})


def route(path: str, endpoints: Iterable[Endpoint]) -> Route:
    """Return the route of all calls at one path, so that ``Allow`` names all their methods."""
    by_method = {endpoint.method: endpoint for endpoint in endpoints}

    async def serve(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        return await by_method[method].serve(request)

    # Streams and downloads are sent as they are.
    middleware = _COMPRESSED if all(one.is_json for one in by_method.values()) else ()
    return Route(path, serve, methods=list(by_method), middleware=middleware)


def _body_of(annotation: Any) -> tuple[Any, Body]:
    if get_origin(annotation) is not Annotated:
        return annotation, Body()
    kind, *markers = get_args(annotation)
    return kind, next((marker for marker in markers if isinstance(marker, Body)), Body())


def _answers_of(annotation: Any) -> tuple[Answer, ...]:
    if annotation is None:
        return (Answer(204),)
    if get_origin(annotation) is Annotated:
        return tuple(one for one in get_args(annotation)[1:] if isinstance(one, Answer))
    return (Answer(200, annotation),)


def _unsupported(expected: str) -> ProblemError:
    detail = f"The content type must be {expected}."
    return ProblemError(ProblemCode.UNSUPPORTED_MEDIA_TYPE, detail)
