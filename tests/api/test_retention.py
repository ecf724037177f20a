"""Retention over HTTP: the preview, the deletion, and the sums that are kept."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from creditcurve.clocks import SystemClock
from creditcurve.domain.instant import from_iso
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.simulator import History
from creditcurve.store import SqliteStore
from creditcurve.vault import Vault
from support.events import Events
from support.program import Program
from support.site import COOKIE, Site

DAY = 86_400_000
NOW = time.time_ns() // 1_000_000
DAYS = "/api/usage?hours=1000&bucket=86400&tz=Asia/Kathmandu"


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Program]:
    """The program with a request on each of forty days, 1 to 40 credits, the newest now."""
    history = History()
    for day in range(40):
        history.add(t_ms=NOW - (39 - day) * DAY, credits=day + 1)
    with Site(history) as site, Program(tmp_path, site.url) as program:
        program.give_cookie(COOKIE)
        assert program.call("POST", "/api/refresh").json()["new"] == 40
        yield program


def keep(program: Program, days: int | None) -> Any:
    """Set the retention, wait until the records are deleted, and return the status."""
    with Events(program.url) as events:
        events.greeting()
        assert program.call("PATCH", "/api/settings", {"retention_days": days}).status_code == 200
        return events.until("status", lambda data: data["records"]["removed"] > 0).data["records"]


def curve(program: Program, path: str) -> Any:
    """The part of the answer that must not change."""
    answer = program.get(path)
    return answer["series"], answer["total"], answer["requests"]


def test_retention_removes_the_announced_records(old: Program) -> None:
    """The question removes nothing; the setting removes just that; every page hears of it."""
    told = old.get("/api/retention?days=10")
    assert told["records"] == 29
    assert old.get("/api/status")["records"]["total"] == 40
    before = curve(old, DAYS)
    records = keep(old, 10)
    assert (records["total"], records["removed"]) == (11, 29)
    assert records["sums_before"] <= told["before"]
    assert records["first_at"] >= told["before"]
    assert curve(old, DAYS) == before
    assert before[1:] == (820, 40)


def test_removed_requests_are_refused_with_the_bucket_to_ask_for(old: Program) -> None:
    """Single requests of a range that has sums are refused with the bucket to ask for."""
    horizon = from_iso(keep(old, 10)["sums_before"])
    refusal = old.call("GET", "/api/usage?hours=1000&bucket=none")
    assert (refusal.status_code, refusal.json()["code"]) == (422, "only_sums")
    usage = old.get(f"/api/usage?hours=1000&bucket={refusal.json()['bucket']}")
    assert (usage["sums_before"], usage["total"], usage["series"][0]["last"]) == (horizon, 820, 40)
    chosen = old.get("/api/usage?hours=1000")
    assert (chosen["bucket_s"], chosen["total"]) == (3_600, 820)
    fresh = old.get(f"/api/usage?from={horizon}&to={NOW + 1}&bucket=none")
    assert (fresh["sums_before"], fresh["requests"]) == (None, 11)


def test_an_export_reports_the_records_it_is_missing(old: Program) -> None:
    """In a header, if the range begins before the first stored record."""
    assert "creditcurve-sums-before" not in old.call("GET", "/api/export").headers
    told = keep(old, 10)["sums_before"]
    answer = old.call("GET", "/api/export?format=ndjson")
    assert answer.headers["creditcurve-sums-before"] == told
    assert answer.text.count("\n") == 11
    answer = old.call("GET", f"/api/export?from={told}")
    assert "creditcurve-sums-before" not in answer.headers


def test_removed_records_stay_removed(old: Program) -> None:
    """A longer retention, a restart and another answer of the site bring nothing back."""
    before = curve(old, DAYS)
    metrics = [line for line in old.call("GET", "/metrics").text.splitlines() if "_total{" in line]
    keep(old, 10)
    assert old.call("PATCH", "/api/settings", {"retention_days": None}).status_code == 200
    old.stop()
    old.start()
    assert old.call("POST", "/api/refresh").json()["new"] == 0
    records = old.get("/api/status")["records"]
    assert (records["total"], records["removed"]) == (11, 29)
    assert curve(old, DAYS) == before
    again = old.call("GET", "/metrics").text.splitlines()
    assert [line for line in again if "_total{" in line] == metrics


def test_a_start_follows_the_setting_too(old: Program, tmp_path: Path) -> None:
    """What became due while the program was off goes at the next start."""
    old.stop()
    vault = Vault.open(secret_key=Secret(b"any"), key_file=tmp_path / "key", use_keyring=False)
    store = SqliteStore.open(old.data_dir, vault=vault, clock=SystemClock())
    asyncio.run(store.state.save(settings=Settings(retention_days=20)))
    asyncio.run(store.close())
    old.start()
    with Events(old.url) as events:
        told = events.until("status", lambda data: data["records"]["removed"] > 0)
    assert told.data["records"]["total"] == 21


def test_a_client_without_the_removed_records_gets_a_reset(old: Program) -> None:
    """They cannot be streamed to it; a client that has them all continues."""
    keep(old, 10)
    with Events(old.url, since=20) as events:
        events.greeting()
        assert next(iter(events)).name == "reset"
    with Events(old.url, since=30) as events:
        events.greeting()
        event = next(iter(events))
        assert (event.name, len(event.data["records"])) == ("records", 10)
