"""The curve, the records and the exports, over the specification's own sample."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from creditcurve.domain.record import EARLIEST_MS
from creditcurve.recordfiles.ndjson import encode_lines
from creditcurve.simulator import History
from support.program import Program
from support.record_files import record
from support.site import COOKIE, Site

HOUR = "from=2025-08-25T12:40:00Z&to=2025-08-25T13:40:00Z"
MODEL = "claude-sonnet-4-20250514"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program with the sample's twenty records."""
    with Site() as site, Program(tmp_path_factory.mktemp("usage"), site.url) as program:
        program.give_cookie(COOKIE)
        assert program.call("POST", "/api/refresh").json()["new"] == 20
        yield program


def test_the_sample_is_sixteen_requests_and_334_credits(sample: Program) -> None:
    """count_tokens rows are kept, and left off the curve."""
    usage = sample.get(f"/api/usage?{HOUR}")
    assert (usage["total"], usage["requests"], usage["bucket_s"]) == (334, 16, None)
    [line] = usage["series"]
    assert (line["key"], line["total"], line["requests"], line["last"]) == (MODEL, 334, 16, 9)
    assert line["t"][-1] == 1756129184230
    assert line["t"] == sorted(line["t"])
    assert line["n"] == [1] * 16
    status = sample.get("/api/status")["records"]
    assert (status["total"], status["counted"]) == (20, 16)


@pytest.mark.parametrize("bucket", [10, 60, 300, 900, 3600, 86400, 7])
def test_every_bucket_sums_to_the_same(sample: Program, bucket: int) -> None:
    """To the last credit, strictly rising in time."""
    usage = sample.get(f"/api/usage?{HOUR}&bucket={bucket}")
    [line] = usage["series"]
    assert usage["bucket_s"] == bucket
    assert (sum(line["v"]), sum(line["n"]), usage["total"]) == (334, 16, 334)
    assert all(earlier < later for earlier, later in zip(line["t"], line["t"][1:], strict=False))


@pytest.mark.parametrize("by", ["model", "api_key", "endpoint"])
def test_series_can_be_of_models_keys_or_endpoints(sample: Program, by: str) -> None:
    """The sum stays the same."""
    usage = sample.get(f"/api/usage?{HOUR}&by={by}")
    assert (usage["by"], usage["total"]) == (by, 334)


def test_a_range_takes_its_start_and_leaves_its_end(sample: Program) -> None:
    """``[from, to)``, in ISO or in milliseconds."""
    last = 1756129184230
    assert sample.get(f"/api/usage?from={last}&to={last + 1}")["total"] == 9
    assert sample.get(f"/api/usage?from={last - 1000}&to={last}")["total"] == 0


def test_an_hour_without_requests_is_empty(sample: Program) -> None:
    """No series, no zeros."""
    usage = sample.get("/api/usage?hours=1")
    assert (usage["series"], usage["total"], usage["requests"]) == ([], 0, 0)


def test_records_come_newest_first_page_by_page(sample: Program) -> None:
    """Three pages of at most eight hold every record once."""
    pages = [sample.get("/api/records?limit=8")]
    while pages[-1]["next"] is not None:
        pages.append(sample.get(f"/api/records?limit=8&before={pages[-1]['next']}"))
    seen: list[dict[str, Any]] = [record for page in pages for record in page["records"]]
    assert (len(seen), len(pages)) == (20, 3)
    order = [(record["t"], record["id"]) for record in seen]
    assert order == sorted(order, reverse=True)


def test_records_are_filtered(sample: Program) -> None:
    """By what counts, by endpoint, by credits, by model, by time."""

    def found(query: str) -> int:
        return len(sample.get(f"/api/records?{query}")["records"])

    assert found("counts=true") == 16
    assert found("counts=false") == 4
    assert found("endpoint=v1/messages/count_tokens") == 4
    assert found("min_credits=20") == 4
    assert found(f"model={MODEL}") == 20
    assert found("model=other") == 0
    assert found("from=2025-08-25T13:39:00Z") == 2


def test_exports_hold_every_record_in_each_form(sample: Program) -> None:
    """Oldest first, as a download with a name."""
    answer = sample.call("GET", "/api/export?format=csv")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [len(rows), sum(int(row["credits"]) for row in rows)] == [20, 334]
    assert rows[-1]["created_at"] == "2025-08-25T13:39:44.230Z"
    lines = sample.call("GET", "/api/export?format=ndjson").text.splitlines()
    listed = sample.call("GET", "/api/export?format=json").json()
    assert [json.loads(line) for line in lines] == listed
    assert [str(record["id"]) for record in listed] == [row["id"] for row in rows]
    assert sample.call("GET", "/api/export?format=json&model=none").json() == []
    assert sample.call("GET", "/api/export?format=xlsx").status_code == 422


def test_a_spreadsheet_runs_nothing_from_an_export(tmp_path: Path) -> None:
    """A model named like a formula gets an apostrophe in front; in the curve it does not."""
    history = History()
    names = ["=HYPERLINK(1)", "+1", "@x", "-2", "\tx", "plain", "'quoted"]
    for number, name in enumerate(names):
        history.add(
            t_ms=1_756_128_000_000 + number,
            credits=1,
            model=name,
            type="USAGE",
            endpoint="v1/messages",
        )
    with Site(history) as site, Program(tmp_path, site.url) as program:
        program.give_cookie(COOKIE)
        program.call("POST", "/api/refresh")
        rows = list(csv.DictReader(io.StringIO(program.call("GET", "/api/export").text)))
        shown = {row["model"] for row in rows}
        keys = {line["key"] for line in program.get(f"/api/usage?{HOUR}")["series"]}
    assert "'=HYPERLINK(1)" in shown
    assert not [name for name in shown if name.startswith(("=", "+", "-", "@", "\t"))]
    assert keys == set(names)


@pytest.mark.slow
def test_thousands_of_models_are_a_hundred_series_and_the_others(program: Program) -> None:
    """A site may name another model in every request; the answer stays small and exact."""
    models, per_import = 6_000, 2_000
    for first in range(0, models, per_import):
        records = [
            record(n + 1, model=f"model {n}", credits=n) for n in range(first, first + per_import)
        ]
        headers = {"content-type": "application/x-ndjson"}
        answer = program.call("POST", "/api/import", headers=headers, content=encode_lines(records))
        assert answer.json()["new"] == per_import
    for bucket in ("none", "auto", "86400"):
        query = f"from={EARLIEST_MS}&to={EARLIEST_MS + 10_000}&bucket={bucket}"
        usage = program.get(f"/api/usage?{query}")
        *largest, others = usage["series"]
        assert ["others" in line for line in largest] == [False] * 100
        assert (others["key"], others["others"]) == ("others", models - 100)
        assert others["last"] == models - 101
        assert usage["total"] == sum(line["total"] for line in usage["series"])
        assert usage["total"] == models * (models - 1) // 2
