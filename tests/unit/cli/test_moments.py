"""Instants as short texts: the time today, the weekday this week, otherwise the date."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from creditcurve.cli.language import language
from creditcurve.cli.moments import local, moment, span

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2025, 11, 27, 18, 0, tzinfo=ZONE)
EN, ZH = language({"LANG": "en_US.UTF-8"}), language({"LANG": "zh_CN.UTF-8"})


@pytest.mark.parametrize(
    ("at", "en", "zh"),
    [
        (NOW.replace(hour=0), "00:00", "00:00"),
        (NOW - timedelta(days=1), "Wed 18:00", "周三 18:00"),
        (NOW + timedelta(days=6), "Wed 18:00", "周三 18:00"),
        (NOW - timedelta(days=7), "11-20", "11-20"),
        (NOW - timedelta(days=365), "2024-11-27", "2024-11-27"),
    ],
)
def test_a_moment_is_as_short_as_it_can_be(at: datetime, en: str, zh: str) -> None:
    assert moment(EN, at, NOW) == en
    assert moment(ZH, at, NOW) == zh


@pytest.mark.parametrize(
    ("begin", "end", "text"),
    [
        (NOW - timedelta(hours=2), NOW, "16:00–18:00"),
        (NOW - timedelta(days=1, hours=2), NOW - timedelta(days=1), "Wed 16:00–18:00"),
        (NOW - timedelta(days=2), NOW - timedelta(days=1), "Tue 18:00 – Wed 18:00"),
        (NOW - timedelta(days=1), NOW, "Wed 18:00–18:00"),
        (NOW - timedelta(days=20), NOW - timedelta(days=10), "11-07–11-17"),
        (NOW - timedelta(days=20), NOW - timedelta(days=20, hours=-1), "11-07"),
    ],
)
def test_a_span_names_a_day_once(begin: datetime, end: datetime, text: str) -> None:
    assert span(EN, begin, end, NOW) == text


def test_an_instant_of_the_interface_is_shown_in_the_zone() -> None:
    assert local("2025-11-27T10:00:00.000Z", ZONE) == NOW
    assert local("2025-11-27T10:00:00.000Z", ZONE).hour == 18
