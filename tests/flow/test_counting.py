"""A change of what counts, in a program with many records: in the background, and over a kill."""

import time
from typing import Any

import msgspec
import pytest

from creditcurve.recordfiles.ndjson import encode_lines
from support.program import Program
from support.record_files import record

T_MS = 1_760_000_400_000
RECORDS = 60_000
PER_IMPORT = 5_000
CODEX = {"type": "CODEX_USAGE", "endpoint": "backend-api/codex/responses"}


def fill(program: Program) -> None:
    """Import a record every 30 seconds; two of three are of the other type."""
    for first in range(0, RECORDS, PER_IMPORT):
        records = [record(1 + n, t_ms=T_MS + n * 30_000) for n in range(first, first + PER_IMPORT)]
        mixed = [msgspec.structs.replace(one, **CODEX) if one.id % 3 else one for one in records]
        headers = {"content-type": "application/x-ndjson"}
        answer = program.call("POST", "/api/import", headers=headers, content=encode_lines(mixed))
        assert answer.status_code == 200, answer.text


def wait_until(program: Program, is_recounting: bool) -> dict[str, Any]:
    """Ask for the status until a recount runs, or none does."""
    deadline = time.monotonic() + 60
    while True:
        status: dict[str, Any] = program.get("/api/status")
        if (status["recount"] is not None) == is_recounting:
            return status
        assert time.monotonic() < deadline, status
        time.sleep(0.005)


def views(program: Program) -> dict[str, int]:
    """Return the number of requests that count in each view."""
    end_ms = T_MS + RECORDS * 30_000
    usage = program.get(f"/api/usage?from={T_MS}&to={end_ms}&bucket=3600")
    fine = program.get(f"/api/usage?from={T_MS - 1}&to={end_ms}&bucket=900")
    types = program.get("/api/types")
    return {
        "status": program.get("/api/status")["records"]["counted"],
        "hours": usage["requests"],
        "quarters": fine["requests"],
        "credits": usage["total"] // 5,
        "types": sum(one["requests"] for one in types if one["counts"]),
    }


@pytest.mark.slow
def test_a_kill_during_a_recount_continues_it_after_the_start(program: Program) -> None:
    fill(program)
    before = views(program)
    assert set(before.values()) == {RECORDS // 3}
    answer = program.call("PATCH", "/api/settings", {"also_counts": [CODEX]})
    assert answer.status_code == 200
    wait_until(program, is_recounting=True)
    program.kill()
    program.start()
    wait_until(program, is_recounting=False)
    assert set(views(program).values()) == {RECORDS}
    program.call("PATCH", "/api/settings", {"also_counts": []})
    wait_until(program, is_recounting=False)
    deadline = time.monotonic() + 10
    while (after := views(program)) != before:
        assert time.monotonic() < deadline, after
