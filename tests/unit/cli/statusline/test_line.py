"""The line of a set of answers: each part only while it is fresh."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from creditcurve.cli.language import language
from creditcurve.cli.statusline.line import Answers, compose

NOW = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
EN, ZH = language({}), language({"LANG": "zh_CN.UTF-8"})


def _iso(**after: float) -> str:
    return (NOW + timedelta(**after)).isoformat()


def _answers(**changes: Any) -> Answers:
    now_ms = round(NOW.timestamp() * 1000)
    found: dict[str, Any] = {
        "status": {
            "link": {
                "state": "ok",
                "last_success_at": _iso(seconds=-30),
                "next_poll_at": _iso(seconds=30),
            }
        },
        "usage": {
            "to": now_ms,
            "unit": "credits",
            "total": 334,
            "gaps": [],
            "series": [{"t": [now_ms - 3_000_000, now_ms - 60_000], "v": [184, 150]}],
        },
        "account": {"balance": 7739, "at": _iso(minutes=-1), "unit": "credits"},
        "forecast": {
            "empty_since": None,
            "empty_at": {"p10": _iso(hours=4), "p50": _iso(hours=5), "p90": _iso(hours=6.5)},
            "pace": {"empty_at": _iso(hours=3)},
        },
    }
    for path, value in changes.items():
        *parts, last = path.split("__")
        place = found
        for part in parts:
            place = place[part]
        place[last] = value
    return Answers([*deepcopy(list(found.values()))], SHANGHAI)


def test_everything_fresh_is_shown() -> None:
    """The rate is that of the last 15 minutes."""
    assert compose(EN, _answers()) == (
        "7,739 left · empty 16:00–18:30 · 334 credits/1 h · 10/min · ok"
    )
    assert compose(ZH, _answers()) == (
        "剩余 7,739 · 16:00–18:30 用完 · 334 积分/1 小时 · 10/分钟 · 正常"
    )


def test_yuan_are_shown_with_their_sign() -> None:
    """Amounts are thousandths."""
    found = _answers(usage__unit="yuan", account__unit="yuan")
    assert compose(EN, found).startswith("¥7.739 left · empty 16:00–18:30 · ¥0.334/1 h · ¥0.01/min")


def test_days_are_named_where_the_range_is_not_today() -> None:
    """The zone is that of the settings."""
    found = _answers(forecast__empty_at={"p10": _iso(hours=20), "p50": None, "p90": _iso(hours=33)})
    assert "empty Fri 08:00–21:00 · " in compose(EN, found)
    assert "周五 08:00–21:00 用完" in compose(ZH, found)


def test_without_a_range_the_present_pace_is_used() -> None:
    """Only where it ends within a day."""
    assert "empty ~15:00" in compose(EN, _answers(forecast__empty_at=None))
    far = _answers(forecast__empty_at=None, forecast__pace={"empty_at": _iso(hours=30)})
    assert "empty" not in compose(EN, far)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"account__at": _iso(minutes=-11)}, ("left", "empty")),
        ({"account__balance": None}, ("left", "empty")),
        ({"forecast__empty_since": _iso(hours=-1)}, ("empty",)),
        ({"forecast": None}, ("empty",)),
        ({"account": None}, ("left", "empty")),
        ({"usage": None}, ("/1 h", "/min")),
        ({"status__link__last_success_at": None}, ("/1 h", "/min")),
    ],
)
def test_old_or_missing_parts_are_omitted(
    changes: dict[str, Any], missing: tuple[str, ...]
) -> None:
    """The rest of the line stays."""
    text = compose(EN, _answers(**changes))
    assert not [part for part in missing if part in text]
    assert text.endswith("ok")


def test_sums_of_rare_polls_are_fresh_until_the_next_poll_is_late() -> None:
    """An interval of an hour is the user's choice."""
    old = {"status__link__last_success_at": _iso(minutes=-50)}
    assert "334 credits" in compose(EN, _answers(**old))
    late = {**old, "status__link__next_poll_at": _iso(minutes=-1)}
    assert "334 credits" not in compose(EN, _answers(**late))


def test_an_incomplete_hour_is_marked() -> None:
    """Its sum is a lower bound."""
    assert "≥ 334 credits/1 h" in compose(EN, _answers(usage__gaps=[{}]))
    nothing = _answers(usage__gaps=[{}], usage__total=0, usage__series=[])
    assert compose(EN, nothing) == "7,739 left · empty 16:00–18:30 · ok"
