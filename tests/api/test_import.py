"""``POST /api/import``: lines of an export, all of them stored or none."""

from creditcurve.recordfiles import MAX_RECORD_BYTES
from support.events import Events
from support.program import Program
from support.site import COOKIE

LINES = {"content-type": "application/x-ndjson"}


def line(number: int, **fields: object) -> str:
    told = ",".join(f'"{name}":{value}' for name, value in fields.items())
    return (
        f'{{"id":{number},"created_at":"2025-08-25T10:00:00Z","type":"USAGE",'
        f'"endpoint":"v1/messages","model":"opus","credits":5{"," if told else ""}{told}}}\n'
    )


def test_another_instance_imports_an_export(program: Program) -> None:
    """What counts, counts; a second time changes nothing; open pages hear of it."""
    with Events(program.url, since=0) as events:
        body = (line(1) + line(2, credits=0.5)).encode()
        answer = program.call("POST", "/api/import", headers=LINES, content=body)
        assert answer.json() == {"new": 2, "known": 0, "differing": 0, "left_out": 0}
        assert [one["id"] for one in events.until("records").data["records"]] == ["1", "2"]
        events.until("status", lambda status: status["records"]["total"] == 2)
    again = program.call("POST", "/api/import", headers=LINES, content=body)
    assert again.json() == {"new": 0, "known": 2, "differing": 0, "left_out": 0}
    usage = program.get("/api/usage?from=2025-08-25T00:00:00Z&to=2025-08-26T00:00:00Z")
    assert (usage["total"], usage["requests"]) == (5.5, 2)


def test_records_of_the_site_are_kept_on_import(program: Program) -> None:
    """A file that says otherwise is counted, and not followed."""
    program.give_cookie(COOKIE)
    program.call("POST", "/api/refresh")
    export = program.call("GET", "/api/export?format=ndjson").text
    bent = export.replace('"credits":', '"credits":1').encode()
    answer = program.call("POST", "/api/import", headers=LINES, content=bent)
    assert answer.json() == {"new": 0, "known": 20, "differing": 20, "left_out": 0}
    assert program.call("GET", "/api/export?format=ndjson").text == export


def test_one_bad_line_stores_nothing_and_is_named(shared: Program) -> None:
    """With its number, so that it can be found."""
    body = (line(1) + line(2) + line(3, status='"x"')).encode()
    answer = shared.call("POST", "/api/import", headers=LINES, content=body)
    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["line"]) == ("malformed_record", 3)
    assert answer.json()["detail"].startswith("Line 3: status: expected")
    assert shared.get("/api/status")["records"]["total"] == 0


def test_a_body_of_more_than_a_mebibyte_is_413(shared: Program) -> None:
    """Larger files are sent by the piece; every other call keeps to 64 KiB."""
    body = b" " * (MAX_RECORD_BYTES + 1)
    answer = shared.call("POST", "/api/import", headers=LINES, content=body)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert "1,024 KiB" in answer.json()["detail"]


def test_json_is_not_lines(shared: Program) -> None:
    """The media type says which of the two it is."""
    answer = shared.call("POST", "/api/import", {"id": 1})
    assert answer.status_code == 415
    assert "application/x-ndjson" in answer.json()["detail"]
