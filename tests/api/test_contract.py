"""The OpenAPI document and the served interface must agree, and keep the first release's names."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import jsonschema
import pytest

from creditcurve.api.routes import ENDPOINTS, contract
from support.events import Events
from support.program import Program
from support.site import COOKIE, Site

FIRST_RELEASE = Path(__file__).parent / "data" / "openapi-first-release.json"
CALLS: list[tuple[str, str, Any]] = [
    ("GET", "/api/health", None),
    ("GET", "/api/status", None),
    ("GET", "/api/settings", None),
    ("PATCH", "/api/settings", {"theme": "dark"}),
    ("PUT", "/api/cookie", {"cookie": COOKIE}),
    ("POST", "/api/cookie/check", None),
    ("POST", "/api/refresh", None),
    ("GET", "/api/usage?from=2025-08-25T12:40:00Z&to=2025-08-25T13:40:00Z", None),
    ("GET", "/api/days?days=2", None),
    ("GET", "/api/usage/costs?hours=24", None),
    ("GET", "/api/usual?tz=Asia/Shanghai", None),
    ("GET", "/api/retention?days=30", None),
    ("GET", "/api/account", None),
    ("GET", "/api/account/history?hours=2", None),
    ("GET", "/api/account/history?format=csv", None),
    ("GET", "/api/forecast", None),
    ("GET", "/api/records", None),
    ("GET", "/api/types", None),
    ("GET", "/api/alerts/rules", None),
    ("POST", "/api/alerts/rules", {"kind": "disk"}),
    ("PATCH", "/api/alerts/rules/{rule}", {"enabled": False}),
    ("GET", "/api/alerts/rules/{rule}/preview?days=7", None),
    ("POST", "/api/alerts/preview", {"kind": "spend", "window_s": 3600, "above": 5}),
    ("GET", "/api/alerts/channels", None),
    ("POST", "/api/alerts/channels", {"kind": "bark", "name": "b", "url": "https://a.test/k"}),
    ("GET", "/api/alerts/episodes", None),
    ("GET", "/api/export", None),
    ("GET", "/api/export?format=json", None),
    ("GET", "/api/export?format=ndjson", None),
    ("GET", "/api/quarantine", None),
    ("GET", "/api/backup", None),
    ("GET", "/api/diagnostics", None),
    ("POST", "/api/import", b""),
    ("GET", "/metrics", None),
    ("GET", "/api/openapi.json", None),
    ("GET", "/api/docs", None),
    ("GET", "/api/docs.js", None),
    ("POST", "/api/session", {"key": "any"}),
    ("DELETE", "/api/session", None),
    ("POST", "/api/session/link", None),
    ("POST", "/api/session/ticket", None),
    ("GET", "/login?token=any", None),
    ("DELETE", "/api/cookie", None),
    ("DELETE", "/api/alerts/rules/{rule}", None),
]
REFUSED: list[tuple[str, str, Any, int]] = [
    ("PATCH", "/api/settings", {"theme": "blue"}, 422),
    ("PUT", "/api/cookie", {"cookie": ""}, 422),
    ("PUT", "/api/cookie", {"cookie": "x" * 70_000}, 413),
    ("POST", "/api/refresh", None, 409),
    ("POST", "/api/cookie/check", None, 409),
    ("POST", "/api/account/reset", None, 409),
    ("GET", "/api/usage?hours=0", None, 422),
    ("GET", "/api/status?hours=0", None, 422),
    ("GET", "/api/retention?days=0", None, 422),
    ("GET", "/api/records?limit=0", None, 422),
    ("GET", "/api/quarantine?before=x", None, 422),
    ("GET", "/api/events?since=x", None, 422),
    ("POST", "/api/import", b"x", 422),
    ("POST", "/api/alerts/rules", {"kind": "spend"}, 422),
    ("PATCH", "/api/alerts/rules/{rule}", {"above": 1}, 422),
    ("POST", "/api/alerts/channels", {"kind": "bark", "name": "b", "url": "file:///etc"}, 422),
    ("GET", "/api/alerts/rules/{rule}/preview?days=0", None, 422),
    ("POST", "/api/alerts/preview", {"kind": "spend"}, 422),
    ("PATCH", "/api/alerts/channels/{channel}", {"name": "x"}, 404),
    ("DELETE", "/api/alerts/channels/{channel}", None, 404),
    ("POST", "/api/alerts/channels/{channel}/test", None, 404),
    ("PATCH", "/api/alerts/episodes/{episode}", {"snoozed_until": None}, 404),
    ("PATCH", "/api/alerts/episodes/{episode}", {"confirmed": True}, 404),
]


def ask(program: Program, method: str, path: str, body: Any) -> httpx2.Response:
    """Make a call; bytes are sent as NDJSON, and a parameter of the path is a default rule's id."""
    path = path.replace("{rule}", "silence").replace("{channel}", "none").replace("{episode}", "0")
    if not isinstance(body, bytes):
        return program.call(method, path, body)
    headers = {"content-type": "application/x-ndjson"}
    return program.call(method, path, headers=headers, content=body)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Run one program for all calls, in the order of the list."""
    with Site() as site, Program(tmp_path_factory.mktemp("contract"), site.url) as program:
        yield program


def operation(method: str, path: str) -> dict[str, Any]:
    """Return a call's part of the document."""
    described: dict[str, Any] = contract()["paths"][path.partition("?")[0]][method.lower()]
    return described


def check(value: Any, schema: dict[str, Any]) -> None:
    """Validate a value against a schema of the document, without undeclared fields."""
    whole = {**schema, "components": contract()["components"]}
    jsonschema.Draft202012Validator(_closed(whole)).validate(value)


def _closed(schema: Any) -> Any:
    if isinstance(schema, dict):
        closed = {key: _closed(value) for key, value in schema.items()}
        if "properties" in closed:
            closed["additionalProperties"] = False
        return closed
    return [_closed(value) for value in schema] if isinstance(schema, list) else schema


def check_problem(answer: httpx2.Response, method: str, path: str) -> None:
    """Check that the document lists an answer's status and problem code."""
    promised = operation(method, path)["responses"][str(answer.status_code)]
    check(answer.json(), promised["content"]["application/problem+json"]["schema"])
    assert answer.json()["code"] in promised["description"]


def test_the_document_names_every_route_and_no_other(served: Program) -> None:
    document = served.get("/api/openapi.json")
    named = {
        (method.upper(), path)
        for path, operations in document["paths"].items()
        for method in operations
    }
    assert named == {(one.method, one.path) for one in ENDPOINTS}
    called = {(method, path.partition("?")[0]) for method, path, _ in CALLS}
    called |= {(method, path) for method, path, _, status in REFUSED if status == 404}
    assert named - called == {("GET", "/api/events"), ("POST", "/api/account/reset")}


def test_every_call_has_a_summary() -> None:
    """It comes from the handler's docstring."""
    assert not [one.path for one in ENDPOINTS if not one.summary.endswith(".")]


@pytest.mark.parametrize(("method", "path", "body"), CALLS, ids=lambda value: str(value)[:40])
def test_an_answer_matches_the_document(served: Program, method: str, path: str, body: Any) -> None:
    """Status, media type and every field of it."""
    answer = ask(served, method, path, body)
    promised = operation(method, path)["responses"][str(answer.status_code)]
    assert answer.status_code in (200, 204, 303)
    if answer.status_code in (204, 303):
        assert answer.content == b""
        return
    media_type = answer.headers["content-type"].partition(";")[0]
    content = {name.partition(";")[0]: one for name, one in promised["content"].items()}
    if content[media_type]["schema"].keys() & {"$ref", "items"}:
        check(answer.json(), content[media_type]["schema"])


@pytest.mark.parametrize(("method", "path", "body", "status"), REFUSED)
def test_a_refusal_matches_the_document(
    shared: Program, method: str, path: str, body: Any, status: int
) -> None:
    answer = ask(shared, method, path, body)
    assert answer.status_code == status
    check_problem(answer, method, path)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: f"{one.method} {one.path}")
def test_the_refusals_of_every_call_are_documented(shared: Program, endpoint: Any) -> None:
    """Host, origin, content type and body size are checked for each of them."""
    method, path = endpoint.method, endpoint.path
    answers = [
        shared.call(method, path, headers={"host": "evil.test"}),
        shared.call(method, path, headers={"host": "[::1"}),
    ]
    if method != "GET":
        foreign = {"origin": "http://evil.test", "content-type": "application/json"}
        answers.append(shared.call(method, path, headers=foreign))
        answers.append(shared.call(method, path, headers={"content-type": "text/plain"}))
    if endpoint.body_type is not None:
        headers = {"content-type": endpoint.body.media_type}
        large = b"[" + b" " * endpoint.body.max_bytes
        answers.append(shared.call(method, path, headers=headers, content=large))
        answers.append(shared.call(method, path, headers=headers, content=b"{"))
    for answer in answers:
        assert answer.status_code in (400, 403, 413, 415, 422), answer.text
        check_problem(answer, method, path)


def test_a_records_event_matches_the_document(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Site() as site, Program(tmp_path_factory.mktemp("event"), site.url) as program:
        program.give_cookie(COOKIE)
        program.call("POST", "/api/refresh")
        with Events(program.url, since=0) as events:
            check(events.until("records").data, {"$ref": "#/components/schemas/RecordsEvent"})


def test_every_integer_of_a_query_has_bounds_within_64_bits() -> None:
    """A greater one would reach the store, which has no place for it."""
    calls = [call for path in contract()["paths"].values() for call in path.values()]
    schemas = [one["schema"] for call in calls for one in call.get("parameters", ())]
    forms = [form for schema in schemas for form in schema.get("anyOf", [schema])]
    integers = [form for form in forms if form.get("type") == "integer"]
    assert integers
    for form in integers:
        assert -(2**63) <= form["minimum"] <= form["maximum"] < 2**63


def test_everything_of_the_first_release_is_still_there() -> None:
    """Fields may be added, none dropped or renamed.

    Two descriptions were wrong: ids of records are strings, and the document is not one.
    """
    first = json.loads(FIRST_RELEASE.read_text(encoding="utf-8"))
    del first["info"]["version"]
    id_schema = first["components"]["schemas"]["RecordView"]["properties"]["id"]
    id_schema["type"] = "string"
    described = first["paths"]["/api/openapi.json"]["get"]["responses"]["200"]["content"]
    described["application/json; charset=utf-8"]["schema"] = {}
    now = json.loads(json.dumps(contract()))
    assert not list(_missing(first, now, ""))


def test_a_dropped_field_would_be_noticed() -> None:
    """The comparison can fail."""
    document = json.loads(json.dumps(contract()))
    del document["components"]["schemas"]["StatusView"]["properties"]["link"]
    first = json.loads(FIRST_RELEASE.read_text(encoding="utf-8"))
    assert "/components/schemas/StatusView/properties/link" in list(_missing(first, document, ""))


_TEXT = ("description", "summary", "title")


def _missing(first: Any, now: Any, place: str) -> Iterator[str]:
    """Yield the places of everything in the first document that the second lacks or changes."""
    if isinstance(first, dict) and isinstance(now, dict):
        for key, value in first.items():
            if key in _TEXT and isinstance(value, str):
                continue
            if key in now:
                yield from _missing(value, now[key], f"{place}/{key}")
            else:
                yield f"{place}/{key}"
    elif isinstance(first, list) and isinstance(now, list):
        by_name = {one["name"]: one for one in now if isinstance(one, dict) and "name" in one}
        for one in first:
            if isinstance(one, dict) and "name" in one:
                yield from _missing(one, by_name.get(one["name"]), f"{place}/{one['name']}")
            elif one not in now:
                yield f"{place}/{one}"
    elif first != now:
        yield place
