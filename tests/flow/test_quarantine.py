"""What the site answered that could not be read: looked at, and read again after an update."""

import asyncio
from pathlib import Path

from creditcurve.clocks import SystemClock
from creditcurve.domain.reject import Reject, RejectCode
from creditcurve.domain.secret import Secret
from creditcurve.store import SqliteStore
from creditcurve.vault import Vault
from support.events import Events
from support.program import Program
from support.site import COOKIE, Site

LINES = {"content-type": "application/x-ndjson"}
IMPORTED = (
    '{{"id":{number},"type":"USAGE","endpoint":"v1/messages","model":"opus","credits":5,'
    '"created_at":"2025-08-{day}T13:00:00.000Z"}}'
)
READABLE = (
    '{"id":5,"type":"USAGE","endpoint":"v1/messages","statusCode":200,"creditsUsed":7,'
    '"createdAt":"2025-08-25T13:00:00.000Z","model":"opus"}'
)


def set_aside(folder: Path, *rejects: Reject) -> None:
    """Put rows into the quarantine of a folder, as a version that could not read them did."""

    async def work() -> None:
        vault = Vault.open(
            secret_key=Secret(b"test"), key_file=folder / "unused.key", use_keyring=False
        )
        store = SqliteStore.open(folder, vault=vault, clock=SystemClock())
        await store.quarantine.add(rejects, SystemClock().now_ms())
        await store.quarantine.save_parser_version(0)
        await store.close()

    asyncio.run(work())


def test_a_row_that_cannot_be_read_can_be_looked_at(program: Program, site: Site) -> None:
    """Row 18: the good ones are stored, the bad one is kept with its text and the reason."""
    site.simulator.faults.set("one_malformed")
    program.give_cookie(COOKIE)
    program.call("POST", "/api/refresh")
    (row,) = program.get("/api/quarantine")["rows"]
    assert row["reason"]
    assert row["raw"].startswith("{")
    assert row["is_cut"] is False
    assert row["at"].endswith("Z")


def test_of_an_answer_without_one_readable_row_everything_is_kept(
    program: Program, site: Site
) -> None:
    """Row 18: the link says so, and what came can be looked at; the same again is kept once."""
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


def test_what_an_update_understands_is_read_again_at_the_start(program: Program) -> None:
    """At its own time, once, and open pages hear of it; what is still not understood stays."""
    program.stop()
    set_aside(
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


def test_what_is_older_than_single_records_are_kept_stays_set_aside(program: Program) -> None:
    """It is in no sum, and would be in none: it can still be looked at."""
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
    set_aside(program.data_dir, *rejects)
    program.start()
    with Events(program.url, since=2) as events:
        assert events.until("records").data["records"][0]["id"] == "6"
    (row,) = program.get("/api/quarantine")["rows"]
    assert row["raw"] == old


def test_the_same_version_does_not_read_it_twice(program: Program) -> None:
    """A start costs nothing where nothing has changed."""
    program.stop()
    program.start()
    program.stop()

    async def add() -> None:
        vault = Vault.open(
            secret_key=Secret(b"test"), key_file=program.data_dir / "k", use_keyring=False
        )
        store = SqliteStore.open(program.data_dir, vault=vault, clock=SystemClock())
        await store.quarantine.add([Reject(raw=READABLE, code=RejectCode.UNKNOWN, id=5)], 0)
        await store.close()

    asyncio.run(add())
    program.start()
    assert program.get("/api/status")["records"]["quarantined"] == 1
