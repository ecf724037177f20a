"""Instants of a query: ISO 8601 with a zone, or milliseconds since 1970."""

import pytest

from creditcurve.api.http.instants import read_bounds, read_instant
from creditcurve.api.http.problems import ProblemError

NOON_MS = 1_763_899_200_000


def detail_of(start: str | None, end: str | None) -> str:
    """Return the detail with which bounds are refused."""
    with pytest.raises(ProblemError) as refusal:
        read_bounds(start, end)
    assert refusal.value.view.status == 422
    return refusal.value.view.detail


@pytest.mark.parametrize(
    "text",
    [
        str(NOON_MS),
        "2025-11-23T12:00:00Z",
        "2025-11-23T12:00:00.000Z",
        "2025-11-23T20:00:00+08:00",
    ],
)
def test_one_instant_has_several_forms(text: str) -> None:
    assert read_instant("from", text) == NOON_MS


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2025-11-23T12:00:00", "2025-02-30T00:00:00Z", "-1", "1e9", "٣", "9" * 20],
)
def test_other_texts_are_refused_with_the_name_of_the_field(text: str) -> None:
    assert detail_of(text, None).startswith("from is ")
    assert detail_of(None, text).startswith("to is ")


def test_instants_are_in_the_years_from_1970_to_9999() -> None:
    assert read_instant("from", "0") == 0
    assert read_instant("to", "253402300799999") == 253_402_300_799_999
    assert "outside the years 1970 to 9999" in detail_of("253402300800000", None)
    assert "outside the years 1970 to 9999" in detail_of("1969-12-31T23:59:59Z", None)


def test_a_range_begins_before_it_ends() -> None:
    assert read_bounds("1", "2") == (1, 2)
    assert read_bounds(None, "2") == (None, 2)
    assert read_bounds(None, None) == (None, None)
    assert detail_of("2", "2") == "from must be before to."
    assert detail_of("3", "2") == "from must be before to."
