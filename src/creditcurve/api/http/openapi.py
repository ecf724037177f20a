"""The OpenAPI document, made from the endpoints and their types."""

import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any, cast

import msgspec

from creditcurve.api.http.authorization import needs_key
from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.endpoint import JSON, Endpoint, NoQuery
from creditcurve.api.http.problems import MEDIA_TYPE, ProblemView

_TITLE = "CreditCurve"
_REF = "#/components/schemas/{name}"
_EVERYWHERE = (
    ProblemCode.BAD_REQUEST,
    ProblemCode.HOST_MISSING,
    ProblemCode.HOST_MALFORMED,
    ProblemCode.FOREIGN_ORIGIN,
    ProblemCode.HOST_NOT_ALLOWED,
    ProblemCode.OTHER_ACCOUNT,
    ProblemCode.INTERNAL_ERROR,
    ProblemCode.STORAGE_ERROR,
)
_WITH_KEY = (
    ProblemCode.KEY_REQUIRED,
    ProblemCode.LOGIN_REQUIRED,
    ProblemCode.KEY_WRONG,
    ProblemCode.TOO_MANY_ATTEMPTS,
)
_INVALID = (ProblemCode.INVALID_VALUE, ProblemCode.UNKNOWN_FIELD)


def document(
    endpoints: Sequence[Endpoint], version: str, *, further_types: Sequence[type] = ()
) -> dict[str, Any]:
    """Return the whole document, OpenAPI 3.1.

    Args:
        endpoints: the calls, in the order of the document.
        version: of the program.
        further_types: types that no call mentions, such as the data of events.
    """
    from apispec import APISpec  # noqa: PLC0415 - only who reads the document pays for it

    spec = APISpec(
        title=_TITLE,
        version=version,
        openapi_version="3.1.0",
        info={"description": "Instants are ISO 8601 in UTC; columns `t` are ms since 1970."},
    )
    types = [ProblemView, *further_types, *_types_of(endpoints)]
    _, schemas = msgspec.json.schema_components(dict.fromkeys(types), ref_template=_REF)
    for name, schema in schemas.items():
        spec.components.schema(name, _with_numbers(schema))
    for endpoint in endpoints:
        spec.path(path=endpoint.path, operations={endpoint.method.lower(): _operation(endpoint)})
    return spec.to_dict()


def refusals_of(endpoint: Endpoint) -> tuple[ProblemCode, ...]:
    """Return every code that a call may answer with: declared ones and those of all calls."""
    codes = [*endpoint.refusals, *_EVERYWHERE, *_INVALID]
    if needs_key(endpoint.path):
        codes += _WITH_KEY
    if endpoint.body_type is not None:
        codes.append(endpoint.body.too_large)
        codes += [] if endpoint.body_type is bytes else [ProblemCode.INVALID_JSON]
    if endpoint.method != "GET":
        codes.append(ProblemCode.UNSUPPORTED_MEDIA_TYPE)
    return tuple(dict.fromkeys(codes))


def _types_of(endpoints: Iterable[Endpoint]) -> Iterable[Any]:
    for endpoint in endpoints:
        if endpoint.body_type not in (None, bytes):
            yield endpoint.body_type
        for answer in endpoint.answers:
            if answer.content is not None and not isinstance(answer.content, str):
                yield answer.content


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": _operation_id(endpoint),
        "summary": endpoint.summary,
        "responses": _responses(endpoint),
    }
    if endpoint.description:
        operation["description"] = endpoint.description
    parameters = [_path_parameter(name) for name in endpoint.path_parameters]
    if endpoint.query_type is not NoQuery:
        parameters += _parameters(endpoint.query_type)
    if parameters:
        operation["parameters"] = parameters
    if endpoint.body_type is not None:
        content = {endpoint.body.media_type: {"schema": _body_schema(endpoint.body_type)}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _body_schema(kind: Any) -> dict[str, Any]:
    return {"type": "string", "format": "binary"} if kind is bytes else _schema_of(kind)


def _operation_id(endpoint: Endpoint) -> str:
    words = re.findall(r"[a-z]+", endpoint.path.removeprefix("/api"))
    return "_".join([endpoint.method.lower(), *words])


def _responses(endpoint: Endpoint) -> dict[str, Any]:
    """Return the answers by status; 503 may carry an answer or a problem."""
    responses: dict[str, Any] = {}
    for answer in endpoint.answers:
        description = {"description": f"{HTTPStatus(answer.status).phrase}."}
        response = responses.setdefault(str(answer.status), description)
        if answer.content is not None:
            response.setdefault("content", {}).update(_content(answer.content))
    refusals = refusals_of(endpoint)
    for status in sorted({code.status for code in refusals}):
        codes = ", ".join(code for code in refusals if code.status == status)
        response = responses.setdefault(str(status), {"description": "Refused."})
        response["description"] = f"{response['description'].rstrip('.')}: {codes}."
        response.setdefault("content", {})[MEDIA_TYPE] = {"schema": _schema_of(ProblemView)}
    return responses


def _content(content: type[msgspec.Struct] | str) -> dict[str, Any]:
    if not isinstance(content, str):
        return {JSON: {"schema": _schema_of(content)}}
    return {content: {"schema": {} if content.startswith(JSON) else {"type": "string"}}}


def _parameters(query: type[msgspec.Struct]) -> list[dict[str, Any]]:
    _, components = msgspec.json.schema_components([query], ref_template=_REF)
    schema = components[query.__name__]
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "schema": _without_null(_inlined(_with_numbers(definition), components)),
        }
        for name, definition in schema["properties"].items()
    ]


def _path_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a parameter's schema without null: an optional parameter is absent, never null."""
    present = [choice for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
    return cast("dict[str, Any]", present[0]) if len(present) == 1 else schema


def _inlined(definition: Any, components: dict[str, Any]) -> Any:
    """Replace references by their schemas: nothing else uses a parameter's enums."""
    if isinstance(definition, dict):
        if "$ref" in definition:
            return components[definition["$ref"].rpartition("/")[2]]
        return {key: _inlined(value, components) for key, value in definition.items()}
    if isinstance(definition, list):
        return [_inlined(value, components) for value in definition]
    return definition


def _with_numbers(schema: Any) -> Any:
    """Describe credits (``int | Decimal``) as JSON numbers, which is how they are encoded."""
    if isinstance(schema, dict):
        if schema.get("anyOf") == [{"type": "integer"}, {"type": "string", "format": "decimal"}]:
            rest = {key: value for key, value in schema.items() if key != "anyOf"}
            return {**rest, "type": "number"}
        if schema.get("items") is False:
            return _with_numbers(_as_list(schema))
        return {key: _with_numbers(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return [_with_numbers(value) for value in schema]
    return schema


def _as_list(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a pair's schema as that of a list of two: generators of types read it everywhere."""
    rest = {key: value for key, value in schema.items() if key != "prefixItems"}
    return {**rest, "items": schema["prefixItems"][0]}


def _schema_of(kind: Any) -> dict[str, Any]:
    (schema,), _ = msgspec.json.schema_components([kind], ref_template=_REF)
    return schema
