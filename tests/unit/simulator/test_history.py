"""The usage of the simulated site: plausible, and equal for equal seeds."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.instant import from_iso, to_iso
from creditcurve.simulator import History
from creditcurve.simulator.history import Row
from support.examples import examples

NOW = from_iso("2025-11-23T12:00:00Z")
HOUR_MS = 3_600_000


def times(rows: list[Row]) -> list[int]:
    return [from_iso(str(row["createdAt"])) for row in rows]


def spent(rows: list[Row], back: int) -> int:
    """Return the credits of the hour that ended ``back`` hours ago."""
    end = NOW - back * HOUR_MS
    return sum(
        int(str(row["creditsUsed"]))
        for row, t_ms in zip(rows, times(rows), strict=True)
        if end - HOUR_MS < t_ms <= end
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_day_has_a_night_busy_hours_and_four_models(seed: int) -> None:
    """Some rows do not count."""
    rows = History.generated(seed, start_ms=NOW).until(NOW)
    models = Counter(str(row["model"]) for row in rows)
    hours = [spent(rows, back) for back in range(24)]
    assert 1_500 < len(rows) < 5_000
    assert sum(1 for hour in hours if hour == 0) >= 6
    assert sum(1 for hour in hours if hour > 2_000) >= 6
    assert min(hours[:2]) > 1_000
    assert models.most_common(1)[0][0] == "claude-sonnet-4-5-20250929"
    assert sum(1 for model, count in models.items() if "claude" in model and count > 50) == 4
    assert {row["endpoint"] for row in rows} >= {"v1/messages", "v1/messages/count_tokens"}
    assert {row["apiKeyLabel"] for row in rows} == {"laptop", "ci"}


@examples(10)
@given(st.integers(0, 10**6), st.integers(0, 10 * HOUR_MS))
def test_new_rows_never_pause_for_more_than_a_minute(seed: int, later_ms: int) -> None:
    rows = History.generated(seed, 1, start_ms=NOW).until(NOW + 60_000 + later_ms)
    assert NOW + later_ms - times(rows)[0] < 15_000


@examples(7)
@given(st.integers(0, 10**6), st.integers(1, 72))
def test_rows_are_sorted_newest_first_with_rising_unique_ids(seed: int, hours: int) -> None:
    rows = History.generated(seed, hours, start_ms=NOW).until(NOW + HOUR_MS)
    ids = [int(str(row["id"])) for row in rows]
    assert times(rows) == sorted(times(rows), reverse=True)
    assert ids == sorted(set(ids), reverse=True)
    assert times(rows)[-1] >= NOW - hours * HOUR_MS
    assert (ids[0] - ids[-1]) / len(ids) > 12


def test_equal_seeds_give_equal_histories() -> None:
    """For any length of the past, and for one call or many."""
    often = History.generated(3, 24, start_ms=NOW)
    for minute in range(0, 60, 7):
        often.until(NOW + minute * 60_000)
    once = History.generated(3, 100, start_ms=NOW).until(NOW + HOUR_MS)
    rows = often.until(NOW + HOUR_MS)
    assert rows == once[: len(rows)]
    assert rows != History.generated(4, 24, start_ms=NOW).until(NOW + HOUR_MS)


def test_later_calls_only_add_newer_rows() -> None:
    history = History.generated(5, 2)
    before = history.until(NOW)
    after = history.until(NOW + 10 * 60_000)
    assert after[len(after) - len(before) :] == before
    assert len(after) > len(before) + 10


def test_added_rows_appear_at_once_at_their_own_time() -> None:
    """A row with a known id replaces the earlier one."""
    history = History()
    first = history.add(t_ms=NOW, credits=5)
    history.add(t_ms=NOW - 1, model="old", endpoint="e", type="T", status=500, api_key=None)
    history.add(7, t_ms=NOW + 1)
    history.put(first | {"creditsUsed": 6})
    rows = history.until(NOW)
    assert [row["creditsUsed"] for row in rows] == [9, 6, 9]
    assert rows[2] | {"id": 0} == {
        "id": 0,
        "type": "T",
        "endpoint": "e",
        "statusCode": 500,
        "creditsUsed": 9,
        "createdAt": to_iso(NOW - 1),
        "model": "old",
    }
