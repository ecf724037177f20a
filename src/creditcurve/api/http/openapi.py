"""The OpenAPI document, made from the table of endpoints and their types."""

import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any, cast

import msgspec
from apispec import APISpec

from creditcurve.api.http.endpoint import Content, Described, Nothing
from creditcurve.api.http.problems import MEDIA_TYPE, ProblemView
from creditcurve.api.schema import RecordsEvent

_TITLE = "CreditCurve"
_REF = "#/components/schemas/{name}"


def document(endpoints: Sequence[Described], version: str) -> dict[str, Any]:
    """The whole document, OpenAPI 3.1."""
    spec = APISpec(
        title=_TITLE,
        version=version,
        openapi_version="3.1.0",
        info={"description": "Instants are ISO 8601 in UTC; columns `t` are ms since 1970."},
    )
    for name, schema in _schemas(endpoints).items():
        spec.components.schema(name, _with_numbers(schema))
    for endpoint in endpoints:
        spec.path(path=endpoint.path, operations={endpoint.method.lower(): _operation(endpoint)})
    return spec.to_dict()


def _schemas(endpoints: Iterable[Described]) -> dict[str, Any]:
    types: list[Any] = [ProblemView, RecordsEvent]
    for endpoint in endpoints:
        types += [kind for kind in (endpoint.body, endpoint.answers) if kind not in (None, Content)]
        types += [kind for _, kind in endpoint.alternatives]
    _, components = msgspec.json.schema_components(dict.fromkeys(types), ref_template=_REF)
    return dict(components)


def _operation(endpoint: Described) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": _operation_id(endpoint),
        "summary": endpoint.summary,
        "responses": _responses(endpoint),
    }
    if endpoint.query is not Nothing:
        operation["parameters"] = _parameters(endpoint.query)
    if endpoint.body is not None:
        content = {endpoint.takes: {"schema": _body(endpoint.body)}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _body(kind: type[msgspec.Struct]) -> dict[str, str]:
    return {"type": "string"} if kind is Content else _reference(kind)


def _operation_id(endpoint: Described) -> str:
    words = re.findall(r"[a-z]+", endpoint.path.removeprefix("/api"))
    return "_".join([endpoint.method.lower(), *words])


def _responses(endpoint: Described) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    if endpoint.answers_by_redirect:
        responses["303"] = {"description": "Go there."}
    elif endpoint.answers is not None:
        content = {endpoint.media_type: {"schema": _reference(endpoint.answers)}}
        responses["200"] = {"description": "Done.", "content": content}
    elif endpoint.media_type == "application/json":
        responses["204"] = {"description": "Done."}
    else:
        content = {endpoint.media_type: {"schema": {"type": "string"}}}
        responses["200"] = {"description": "A stream.", "content": content}
    for status, kind in endpoint.alternatives:
        content = {"application/json": {"schema": _reference(kind)}}
        responses[str(status)] = {"description": HTTPStatus(status).phrase, "content": content}
    for status, codes in endpoint.refusals:
        content = {MEDIA_TYPE: {"schema": _reference(ProblemView)}}
        responses[str(status)] = {"description": f"Refused: {codes}.", "content": content}
    return responses


def _parameters(query: type[msgspec.Struct]) -> list[dict[str, Any]]:
    _, components = msgspec.json.schema_components([query], ref_template=_REF)
    schema = components[query.__name__]
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "schema": _given(_inlined(_with_numbers(definition), components)),
        }
        for name, definition in schema["properties"].items()
    ]


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter's schema: one that may be left out is not null when it is there."""
    present = [choice for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
    return cast("dict[str, Any]", present[0]) if len(present) == 1 else schema


def _inlined(definition: Any, components: dict[str, Any]) -> Any:
    """Parameters carry their enums themselves: nothing else uses them."""
    if isinstance(definition, dict):
        if "$ref" in definition:
            return components[definition["$ref"].rpartition("/")[2]]
        return {key: _inlined(value, components) for key, value in definition.items()}
    if isinstance(definition, list):
        return [_inlined(value, components) for value in definition]
    return definition


def _with_numbers(schema: Any) -> Any:
    """Credits travel as JSON numbers, whole or not; their type says ``int | Decimal``."""
    if isinstance(schema, dict):
        if schema.get("anyOf") == [{"type": "integer"}, {"type": "string", "format": "decimal"}]:
            rest = {key: value for key, value in schema.items() if key != "anyOf"}
            return {**rest, "type": "number"}
        return {key: _with_numbers(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return [_with_numbers(value) for value in schema]
    return schema


def _reference(kind: Any) -> dict[str, str]:
    return {"$ref": _REF.format(name=kind.__name__)}
