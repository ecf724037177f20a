"""Instants as text: the one written form, and the accepted and refused ones."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from creditcurve.domain.instant import from_iso, http_date_ms, to_iso

LAST_MS = 253_402_300_799_999


@given(st.integers(-62_135_596_800_000, LAST_MS))
@example(-30_610_224_000_001)
def test_every_instant_reads_back_as_itself(t_ms: int) -> None:
    """From the year 1 to 9999, to the millisecond."""
    assert from_iso(to_iso(t_ms)) == t_ms


def test_the_specification_s_own_example() -> None:
    """2025-08-25T13:39:44.230Z is 1756129184230 ms."""
    assert from_iso("2025-08-25T13:39:44.230Z") == 1_756_129_184_230
    assert from_iso("2025-08-25T21:39:44.230+08:00") == 1_756_129_184_230


@pytest.mark.parametrize(
    "text",
    [
        "2025-08-25T13:39:44.230",
        "2025-08-25",
        "2025-02-30T00:00:00Z",
        "2025-08-25T24:00:00Z",
        "2025-08-25 13:39:44Z",
        "1756129184",
        "",
        "2025-08-25T13:39:44.230Z ",
        "2025-08-25T13:39:44.23aZ",
        "2025-02-30T00:00:00.000Z",
        "2025-W35-1T13:39:44.230Z",
        "2025-08-25T13:39:44,230Z",
        "\uff12\uff10\uff12\uff15-08-25T13:39:44.230Z",
        "\uff12\uff10\uff12\uff15-08-25T13:39:44Z",
    ],
)
def test_text_other_than_instants_is_refused(text: str) -> None:
    """No zone, no such day, another form: nothing is guessed."""
    with pytest.raises(ValueError, match=r"\w"):
        from_iso(text)


def test_the_refusal_shows_an_instant() -> None:
    expected = "not an ISO 8601 instant with a time zone, like 2025-08-25T13:39:44.230Z"
    with pytest.raises(ValueError, match=f"^{expected}$"):
        from_iso("")


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 25 Aug 2025 13:39:44 GMT",
        "Monday, 25-Aug-25 13:39:44 GMT",
        "Mon Aug 25 13:39:44 2025",
        "Mon, 25-Aug-2025 13:39:44 GMT",
        "25 August 2025 13:39:44",
    ],
)
def test_each_form_of_an_http_date_is_read(text: str) -> None:
    """The three of RFC 9110, and what browsers let pass."""
    assert http_date_ms(text) == 1_756_129_184_000


@pytest.mark.parametrize(
    "text", ["", "soon", "Mon, 31 Feb 2025 00:00:00 GMT", "1 Foo 2025 1:00:00"]
)
def test_text_other_than_http_dates_has_no_instant(text: str) -> None:
    """No such day, no such month, no date at all."""
    assert http_date_ms(text) is None


@pytest.mark.parametrize(
    ("year", "t_ms"),
    [("69", 3_124_224_000_000), ("70", 0), ("71", 31_536_000_000), ("99", 915_148_800_000)],
)
def test_a_year_of_two_digits_is_between_1970_and_2069(year: str, t_ms: int) -> None:
    assert http_date_ms(f"Friday, 01-Jan-{year} 00:00:00 GMT") == t_ms


def test_a_date_is_in_utc_wherever_the_program_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert http_date_ms("Thu, 01 Jan 1970 00:00:00 GMT") == 0
    finally:
        monkeypatch.undo()
        time.tzset()
