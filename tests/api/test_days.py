"""Days and usual hours over the interface."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from creditcurve.domain.instant import DAY_MS
from creditcurve.simulator import History
from support.program import Program
from support.site import COOKIE, Site

ZONE = "Asia/Kolkata"
OFFSET = timedelta(hours=5, minutes=30)


def local_now() -> datetime:
    """Return the local time of the zone."""
    return datetime.now(UTC) + OFFSET


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Start the program on a site with one request of ten credits a day, for a week."""
    history = History()
    now_ms = round(datetime.now(UTC).timestamp() * 1000)
    for day in range(7):
        history.add(t_ms=now_ms - day * DAY_MS - 1_000, credits=10, model="opus")
    with Site(history) as site, Program(tmp_path_factory.mktemp("days"), site.url) as program:
        program.give_cookie(COOKIE)
        assert program.call("POST", "/api/refresh").json()["new"] == 7
        yield program


def test_each_day_of_the_zone_has_its_sum(week: Program) -> None:
    found = week.get(f"/api/days?days=3&tz={ZONE}")
    today = (local_now() - timedelta(seconds=2)).date()
    assert (found["tz"], found["unit"]) == (ZONE, "credits")
    dates = [day["date"] for day in found["days"]]
    assert dates[-3:] == [(today - timedelta(days=back)).isoformat() for back in (2, 1, 0)]
    assert [day["total"] for day in found["days"]] == [10, 10, 10]
    assert found["days"][-1]["models"] == [{"key": "opus", "v": 10, "n": 1}]
    assert all(0 <= day["complete"] <= 1 for day in found["days"])
    assert found["versions"]["revision"] == week.get("/api/status")["records"]["revision"]


def test_days_and_the_curve_have_the_same_sum(week: Program) -> None:
    days = week.get(f"/api/days?days=8&tz={ZONE}")["days"]
    assert sum(day["total"] for day in days) == 70
    assert sum(day["requests"] for day in days) == 7


def test_costs_of_requests_are_counted_by_series(week: Program) -> None:
    found = week.get("/api/usage/costs?hours=240")
    newest = week.get("/api/usage?hours=240&bucket=none")["series"][0]["t"][-1]
    costs = {"key": "opus", "requests": 7, "last": newest, "median": 10, "p95": 10}
    assert (found["by"], found["unit"], found["series"]) == ("model", "credits", [costs])


def test_a_week_is_too_short_for_usual_hours(week: Program) -> None:
    assert week.get(f"/api/usual?tz={ZONE}") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [("days=0", "days"), ("days=401", "days"), ("tz=../etc/passwd", "tz"), ("weeks=2", "weeks")],
)
def test_a_query_out_of_bounds_names_its_field(week: Program, query: str, field: str) -> None:
    answer = week.call("GET", f"/api/days?{query}")
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_usual_hours_come_from_watched_hours_only(tmp_path: Path) -> None:
    """Records without a poll that proves their hours give no figure."""
    with Site() as site, Program(tmp_path, site.url) as program:
        assert program.get("/api/usual") == []
