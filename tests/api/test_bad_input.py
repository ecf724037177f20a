"""Invalid requests: each is answered with a problem, and nothing breaks."""

import httpx2
import pytest

from support.program import Program


def problem(answer: httpx2.Response, status: int) -> dict[str, object]:
    """Return the problem of an answer, after checking its form."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, object] = answer.json()
    assert body["status"] == status
    assert {"title", "code", "detail"} <= set(body)
    assert "Traceback" not in answer.text
    return body


@pytest.mark.parametrize(
    "path",
    ["/api/x", "/api", "/api/", "/api/status/", "/api/usage/x", "/nope.js", "/..%2f..%2f.env"],
)
def test_an_unknown_address_is_404_and_never_the_page(shared: Program, path: str) -> None:
    """A typo in a script does not get HTML."""
    assert problem(shared.call("GET", path), 404)["code"] == "not_found"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/api/usage", "GET"),
        ("GET", "/api/refresh", "POST"),
        ("DELETE", "/api/settings", "GET"),
        ("POST", "/", "GET"),
    ],
)
def test_a_wrong_method_is_405_with_the_allowed_methods(
    shared: Program, method: str, path: str, allowed: str
) -> None:
    """With the Allow header."""
    answer = shared.call(method, path)
    problem(answer, 405)
    assert allowed in answer.headers["allow"]


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_another_content_type_is_415(shared: Program, content_type: str) -> None:
    """A form or a beacon cannot send JSON."""
    headers = {"content-type": content_type} if content_type else {}
    body = b'{"theme":"dark"}'
    problem(shared.call("PATCH", "/api/settings", headers=headers, content=body), 415)
    assert shared.get("/api/settings")["theme"] == "auto"


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"theme":"dark"}x'])
def test_a_body_other_than_json_is_400(shared: Program, body: bytes) -> None:
    """Bad UTF-8 included."""
    headers = {"content-type": "application/json"}
    problem(shared.call("PATCH", "/api/settings", headers=headers, content=body), 400)


@pytest.mark.parametrize("body", [b"[" * 60_000, b'{"theme":' + b"[" * 60_000])
def test_deep_nesting_is_refused(shared: Program, body: bytes) -> None:
    """By the type that was expected, before anything recurses."""
    headers = {"content-type": "application/json"}
    problem(shared.call("PATCH", "/api/settings", headers=headers, content=body), 422)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("hours=0", "hours"),
        ("hours=-1", "hours"),
        ("hours=1e9", "hours"),
        ("hours=abc", "hours"),
        ("hours=1.5", "hours"),
        ("hours=1&hours=2", "hours"),
        ("hours=1&from=2025-01-01T00:00:00Z", "hours"),
        ("from=2025-02-30T00:00:00Z", "from"),
        ("from=2025-02-30", "from"),
        ("from=2025-08-25T12:40:00", "from"),
        ("from=2025-08-26T00:00:00Z&to=2025-08-25T00:00:00Z", "from"),
        ("from=2025-08-25T00:00:00Z&to=2025-08-25T00:00:00Z", "from"),
        ("to=tomorrow", "to"),
        ("from=999999999999999", "from"),
        ("from=99999999999999999999", "from"),
        ("bucket=7.5", "bucket"),
        ("bucket=0", "bucket"),
        ("bucket=-10", "bucket"),
        ("bucket=99999999999999999999", "bucket"),
        ("bucket=1&hours=8760", "bucket"),
        ("by=colour", "by"),
        ("tz=../../etc/passwd", "tz"),
        ("tz=Mars/Olympus", "tz"),
        ("bogus=1", "bogus"),
        ("hours=%00", "hours"),
        ("hours=null", "hours"),
    ],
)
def test_a_bad_range_is_422_with_the_field_s_name(shared: Program, query: str, field: str) -> None:
    """Never 500, never a guessed value."""
    assert problem(shared.call("GET", f"/api/usage?{query}"), 422)["field"] == field


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("before=nonsense", "before"),
        ("from=x", "from"),
        ("counts=maybe", "counts"),
        ("counts=NULL", "counts"),
        ("min_credits=many", "min_credits"),
    ],
)
def test_a_bad_question_for_records_is_422(shared: Program, query: str, field: str) -> None:
    """The same for the list."""
    assert problem(shared.call("GET", f"/api/records?{query}"), 422)["field"] == field


@pytest.mark.parametrize(
    "body",
    [{"theme": "It's/a\\secret"}, {"It's/a\\secret": 1}, {"time_zone": "It's/a\\secret"}],
    ids=["for a choice", "for a name", "for a zone"],
)
def test_a_refused_value_is_not_repeated(shared: Program, body: dict[str, object]) -> None:
    """It may be a misplaced secret, and answers end up in logs."""
    answer = shared.call("PATCH", "/api/settings", body)
    assert answer.status_code == 422
    assert "secret" not in answer.text


def test_a_refused_name_is_repeated_where_it_is_one(shared: Program) -> None:
    """The name shows the spelling mistake; a long text of any letters is not a name."""
    named = shared.call("PATCH", "/api/settings", {"colour": 1}).json()
    assert (named["field"], "'colour'" in named["detail"]) == ("colour", True)
    for query in ("A1b2C3=1", "x" * 40, "A1b2C3=1&A1b2C3=1"):
        assert "A1b2C3" not in shared.call("GET", f"/api/usage?{query}").text
    headers = {"content-type": "A1b2C3"}
    assert "a1b2c3" not in shared.call("PUT", "/api/cookie", headers=headers, content=b"{}").text


def test_sql_in_a_filter_is_taken_literally(shared: Program) -> None:
    """No model has that name."""
    answer = shared.call("GET", "/api/records?model='%20OR%201=1--")
    assert answer.json()["records"] == []


def test_a_body_over_64_kib_is_413_also_in_chunks(shared: Program) -> None:
    """Announced or not."""
    headers = {"content-type": "application/json"}
    body = b'{"theme":"' + b"d" * 70_000 + b'"}'
    problem(shared.call("PATCH", "/api/settings", headers=headers, content=body), 413)
    assert shared.raw(_chunked(body)).startswith(b"HTTP/1.1 413")


def test_endless_headers_close_the_connection(shared: Program) -> None:
    """431 or the connection closed; the program lives."""
    head = b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * 2_000_000
    answer = shared.raw(head)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 431")
    assert shared.get("/api/health")["status"] == "ok"


def _chunked(body: bytes) -> bytes:
    head = (
        b"PATCH /api/settings HTTP/1.1\r\nHost: localhost\r\ncontent-type: application/json\r\n"
        b"transfer-encoding: chunked\r\n\r\n"
    )
    return head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
