"""Quarantined rows over HTTP: they can be read, and are parsed again after an update."""

import asyncio
from pathlib import Path

from creditcurve.clocks import SystemClock
from creditcurve.domain.reject import Reject, RejectCode
from creditcurve.upstream import READING
from support.events import Events
from support.program import Program
from support.site import COOKIE, Site
from support.world import open_store

LINES = {"content-type": "application/x-ndjson"}
IMPORTED = (
    '{{"id":{number},"type":"USAGE","endpoint":"v1/messages","model":"opus","credits":5,'
    '"created_at":"2025-08-{day}T13:00:00.000Z"}}'
)
READABLE = (
    '{"id":5,"type":"USAGE","endpoint":"v1/messages","statusCode":200,"creditsUsed":7,'
    '"createdAt":"2025-08-25T13:00:00.000Z","model":"opus"}'
)


def quarantine(folder: Path, *rejects: Reject, parser_version: int = 0) -> None:
    """Put rows into the quarantine of a folder, as a parser of that version did."""

    async def work() -> None:
        store = open_store(folder, SystemClock())
        await store.quarantine.add(rejects, SystemClock().now_ms())
        await store.quarantine.save_parser_version(parser_version)
        await store.close()

    asyncio.run(work())


def test_an_unreadable_row_is_quarantined_with_its_text(program: Program, site: Site) -> None:
    """The reason is there too; the other rows are stored."""
    site.simulator.faults.set("one_malformed")
    program.give_cookie(COOKIE)
    program.call("POST", "/api/refresh")
    (row,) = program.get("/api/quarantine")["rows"]
    assert row["reason"]
    assert row["raw"].startswith("{")
    assert row["is_cut"] is False
    assert row["at"].endswith("Z")


def test_an_answer_without_a_readable_row_is_quarantined_once(program: Program, site: Site) -> None:
    """The link reports it; the same rows are not quarantined twice."""
    site.simulator.faults.set("all_malformed", times=2)
    program.give_cookie(COOKIE)
    answer = program.call("POST", "/api/refresh")
    assert (answer.status_code, answer.json()["code"]) == (502, "upstream_schema_changed")
    status = program.get("/api/status")
    assert status["link"]["code"] == "schema_changed"
    assert status["records"]["quarantined"] == 20
    rows = program.get("/api/quarantine?limit=5")
    assert len(rows["rows"]) == 5
    assert '"uuid"' in rows["rows"][0]["raw"]
    program.call("POST", "/api/refresh")
    assert program.get("/api/status")["records"]["quarantined"] == 20


def test_rows_that_an_update_understands_become_records_at_the_start(program: Program) -> None:
    """They have their own time and are published; other rows stay in the quarantine."""
    program.stop()
    quarantine(
        program.data_dir,
        Reject(raw=READABLE, code=RejectCode.UNKNOWN, id=5),
        Reject(raw='{"id":6}', code=RejectCode.TYPE_NOT_A_TEXT, id=6),
        Reject(raw=READABLE[:-1], code=RejectCode.ROW_TOO_LONG, is_cut=True),
    )
    program.start()
    with Events(program.url, since=0) as events:
        (record,) = events.until("records").data["records"]
        assert (record["id"], record["t"], record["credits"]) == ("5", 1_756_126_800_000, 7)
    left = [row["code"] for row in program.get("/api/quarantine")["rows"]]
    assert left == ["row_too_long", "type_not_a_text"]
    assert program.get("/api/status")["records"]["quarantined"] == 2


def test_rows_from_before_the_horizon_stay_in_the_quarantine(program: Program) -> None:
    """Their records could not be stored; their text can still be read."""
    for number, day in ((7, 24), (8, 28)):
        line = IMPORTED.format(number=number, day=day).encode()
        program.call("POST", "/api/import", content=line, headers=LINES)
    with Events(program.url) as events:
        events.greeting()
        program.call("PATCH", "/api/settings", {"retention_days": 1})
        events.until("status", lambda data: data["records"]["removed"] == 1)
    program.stop()
    old = READABLE.replace("2025-08-25", "2025-08-20")
    new = READABLE.replace("2025-08-25", "2025-08-29").replace('"id":5', '"id":6')
    rejects = [Reject(raw=raw, code=RejectCode.UNKNOWN) for raw in (old, new)]
    quarantine(program.data_dir, *rejects)
    program.start()
    with Events(program.url, since=2) as events:
        assert events.until("records").data["records"][0]["id"] == "6"
    (row,) = program.get("/api/quarantine")["rows"]
    assert row["raw"] == old


def test_the_same_version_does_not_parse_them_twice(program: Program) -> None:
    program.stop()
    row = Reject(raw=READABLE, code=RejectCode.UNKNOWN, id=5)
    quarantine(program.data_dir, row, parser_version=READING)
    program.start()
    assert program.get("/api/status")["records"]["quarantined"] == 1
