"""The text of a digest names models, keys and the balance, in both languages."""

from zoneinfo import ZoneInfo

import msgspec
import pytest

from creditcurve.alerting.digest_text import MAX_LINES, text_of, title_of
from creditcurve.alerting.style import Style
from creditcurve.domain.digest import Digest, Line
from creditcurve.domain.instant import DAY_MS, from_iso
from creditcurve.domain.unit import Unit

EN = Style(is_chinese=False, zone=ZoneInfo("UTC"))
ZH = Style(is_chinese=True, zone=ZoneInfo("UTC"))
MIDNIGHT = from_iso("2025-11-22T00:00:00Z")
DAY = Digest(
    date="2025-11-22",
    from_ms=MIDNIGHT,
    to_ms=MIDNIGHT + DAY_MS,
    total=1_500,
    requests=1_234,
    usual=1_000,
    complete=1.0,
    models=(Line(key="opus", v=1_500, n=1_234, usual=1_000),),
    keys=(Line(key="laptop", v=1_000, n=1_000), Line(key="", v=500, n=234)),
    balance=900,
    empty_ms=from_iso("2025-11-24T08:30:00Z"),
)


def changed(**changes: object) -> Digest:
    """Return the day with changes."""
    return msgspec.structs.replace(DAY, **changes)


def test_the_text_is_complete_in_english() -> None:
    assert title_of(DAY, EN) == "CreditCurve: 1,500 credits (usually 1,000 credits) yesterday"
    assert text_of(DAY, EN).split("\n") == [
        "2025-11-22 · 1,234 requests",
        "By model",
        "  opus: 1,500 credits (usually 1,000 credits)",
        "By API key",
        "  laptop: 1,000 credits",
        "  no key: 500 credits",
        "Balance: 900 credits, expected to last until 11-24 08:30",
    ]


def test_the_text_is_complete_in_chinese() -> None:
    assert title_of(DAY, ZH) == "CreditCurve：昨日消耗 1,500 积分（平时 1,000 积分）"
    assert text_of(DAY, ZH).split("\n") == [
        "2025-11-22 · 1,234 次请求",
        "按模型",
        "  opus：1,500 积分（平时 1,000 积分）",
        "按 API Key",
        "  laptop：1,000 积分",
        "  无 Key：500 积分",
        "余额：900 积分，预计可用到 11-24 08:30",
    ]


def test_amounts_have_the_unit_of_the_account() -> None:
    yuan = msgspec.structs.replace(EN, unit=Unit.YUAN)
    assert title_of(DAY, yuan) == "CreditCurve: ¥1.50 (usually ¥1.00) yesterday"


def test_parts_that_are_not_known_are_left_out() -> None:
    empty = changed(models=(), keys=(Line(key="", v=1, n=1),), balance=None, usual=None)
    assert title_of(empty, EN) == "CreditCurve: 1,500 credits yesterday"
    assert text_of(empty, EN) == "2025-11-22 · 1,234 requests"
    assert text_of(changed(empty_ms=None), EN).endswith("\nBalance: 900 credits")


def test_only_the_largest_models_are_named() -> None:
    models = tuple(Line(key=f"model-{n}", v=1, n=1) for n in range(MAX_LINES + 1))
    text = text_of(changed(models=models, keys=()), EN)
    assert f"model-{MAX_LINES - 1}:" in text
    assert f"model-{MAX_LINES}:" not in text


@pytest.mark.parametrize(("complete", "share"), [(0.996, None), (0.99, "99%"), (0.4, "40%")])
def test_an_incomplete_day_is_named_so(complete: float, share: str | None) -> None:
    text = text_of(changed(complete=complete), EN)
    assert text.endswith(f"Only {share} of the day is known.") is (share is not None)
