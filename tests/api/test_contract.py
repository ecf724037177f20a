"""The OpenAPI document and what is served: neither may say what the other does not."""

import re
from collections.abc import Iterator
from typing import Any

import httpx2
import jsonschema
import pytest

from creditcurve.api.routes import ENDPOINTS, EVENTS, contract
from support.events import Events
from support.program import Program
from support.site import COOKIE, Site

CALLS: list[tuple[str, str, Any]] = [
    ("GET", "/api/health", None),
    ("GET", "/api/status", None),
    ("GET", "/api/settings", None),
    ("PATCH", "/api/settings", {"theme": "dark"}),
    ("PUT", "/api/cookie", {"cookie": COOKIE}),
    ("POST", "/api/cookie/check", None),
    ("POST", "/api/refresh", None),
    ("GET", "/api/usage?from=2025-08-25T12:40:00Z&to=2025-08-25T13:40:00Z", None),
    ("GET", "/api/retention?days=30", None),
    ("GET", "/api/records", None),
    ("GET", "/api/export", None),
    ("GET", "/api/quarantine", None),
    ("POST", "/api/import", b""),
    ("GET", "/metrics", None),
    ("GET", "/api/openapi.json", None),
    ("GET", "/api/docs", None),
    ("POST", "/api/session", {"key": "any"}),
    ("DELETE", "/api/session", None),
    ("POST", "/api/session/link", None),
    ("GET", "/login?token=any", None),
    ("DELETE", "/api/cookie", None),
]
REFUSED: list[tuple[str, str, Any, int]] = [
    ("PATCH", "/api/settings", {"theme": "blue"}, 422),
    ("PUT", "/api/cookie", {"cookie": ""}, 422),
    ("POST", "/api/refresh", None, 409),
    ("POST", "/api/cookie/check", None, 409),
    ("GET", "/api/usage?hours=0", None, 422),
    ("GET", "/api/retention?days=0", None, 422),
    ("GET", "/api/records?limit=0", None, 422),
    ("GET", "/api/quarantine?before=x", None, 422),
    ("GET", "/api/events?since=x", None, 422),
    ("POST", "/api/import", b"x", 422),
]


def asked(program: Program, method: str, path: str, body: Any) -> httpx2.Response:
    """A call; bytes go as the lines they are."""
    if not isinstance(body, bytes):
        return program.call(method, path, body)
    headers = {"content-type": "application/x-ndjson"}
    return program.call(method, path, headers=headers, content=body)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """One program; the calls come in the order of the list."""
    with Site() as site, Program(tmp_path_factory.mktemp("contract"), site.url) as program:
        yield program


def check(value: Any, schema: dict[str, Any]) -> None:
    """A value against a schema of the document, nothing undeclared allowed."""
    whole = {**schema, "components": contract()["components"]}
    jsonschema.Draft202012Validator(_closed(whole)).validate(value)


def _closed(schema: Any) -> Any:
    """The same schema, refusing what it does not name."""
    if isinstance(schema, dict):
        closed = {key: _closed(value) for key, value in schema.items()}
        if "properties" in closed:
            closed["additionalProperties"] = False
        return closed
    return [_closed(value) for value in schema] if isinstance(schema, list) else schema


def test_the_document_names_every_route_and_no_other(served: Program) -> None:
    """One table makes both; this holds it to what is served."""
    document = served.get("/api/openapi.json")
    named = {
        (method.upper(), path)
        for path, operations in document["paths"].items()
        for method in operations
    }
    assert named == {(one.method, one.path) for one in [*ENDPOINTS, EVENTS]}
    asked = {(method, path.partition("?")[0]) for method, path, _ in CALLS}
    assert named - asked == {("GET", "/api/events")}


def test_the_page_to_read_it_on_has_every_call_and_no_dead_link(served: Program) -> None:
    """Whatever the contents, a body or an answer points at is on the page."""
    page = served.call("GET", "/api/docs").text
    document = served.get("/api/openapi.json")
    places = set(re.findall(r'<section id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) == places
    calls = sum(len(operations) for operations in document["paths"].values())
    assert len(places) == calls + len(document["components"]["schemas"])


@pytest.mark.parametrize(("method", "path", "body"), CALLS, ids=lambda value: str(value)[:40])
def test_an_answer_is_what_the_document_promises(
    served: Program, method: str, path: str, body: Any
) -> None:
    """Status, media type and every field of it."""
    operation = contract()["paths"][path.partition("?")[0]][method.lower()]
    answer = asked(served, method, path, body)
    promised = operation["responses"][str(answer.status_code)]
    assert answer.status_code in (200, 204, 303)
    if answer.status_code in (204, 303):
        assert answer.content == b""
        return
    media_type = answer.headers["content-type"].partition(";")[0]
    [(promised_type, content)] = promised["content"].items()
    assert media_type == promised_type.partition(";")[0]
    if "$ref" in content["schema"]:
        check(answer.json(), content["schema"])


@pytest.mark.parametrize(("method", "path", "body", "status"), REFUSED)
def test_a_refusal_is_what_the_document_promises(
    shared: Program, method: str, path: str, body: Any, status: int
) -> None:
    """A problem, with a code that the document lists."""
    operation = contract()["paths"][path.partition("?")[0]][method.lower()]
    answer = asked(shared, method, path, body)
    assert answer.status_code == status
    promised = operation["responses"][str(status)]
    check(answer.json(), promised["content"]["application/problem+json"]["schema"])
    assert answer.json()["code"] in promised["description"]


def test_a_records_event_is_what_the_document_promises(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The stream's own type stands in the document too."""
    with Site() as site, Program(tmp_path_factory.mktemp("event"), site.url) as program:
        program.give_cookie(COOKIE)
        program.call("POST", "/api/refresh")
        with Events(program.url, since=0) as events:
            check(events.until("records").data, {"$ref": "#/components/schemas/RecordsEvent"})
