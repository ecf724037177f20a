"""The texts of alerts: the same words as on the page, in both languages."""

import re
from datetime import UTC
from pathlib import Path

import pytest

from creditcurve.alerting.alert_text import names_of, text_of
from creditcurve.alerting.style import Style
from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.episode import Episode, Notice, State
from creditcurve.domain.outbox import Content

CATALOGUES = Path(__file__).parents[3] / "web" / "src" / "i18n"
CATALOGUE_LANGUAGES = ("en", "zh-CN")


def page_titles(language: str) -> dict[str, str]:
    """Return the page's title of each kind of alert."""
    text = (CATALOGUES / language / "alerts.ts").read_text()
    block = re.search(r"  kinds: \{\n(.*?)\n  \}", text, re.DOTALL)
    assert block is not None
    return dict(re.findall(r'^ +(\w+): "(.*)",$', block[1], re.MULTILINE))


def first_line(kind: Kind, value: float, *, is_chinese: bool) -> str:
    """Return the line of the value in the first message of an episode."""
    episode = Episode(
        rule="r", state=State.FIRING, since_ms=0, changed_ms=0, value=value, peak=value
    )
    rule = Rule(id="r", kind=kind)
    part = Content(at_ms=0, notice=Notice.FIRED, rule=rule, episode=episode)
    return text_of(part, Style(is_chinese=is_chinese, zone=UTC)).splitlines()[0]


@pytest.mark.parametrize("kind", Kind)
def test_a_message_has_the_title_of_the_page(kind: Kind) -> None:
    expected = tuple(page_titles(language)[kind] for language in CATALOGUE_LANGUAGES)
    assert names_of(kind) == expected


@pytest.mark.parametrize(
    ("kind", "value", "english", "chinese"),
    [
        (Kind.SPEND, 1_284, "1,284 credits", "1,284 积分"),
        (Kind.RATE, 2.94, "2.9 times the usual", "平时的 2.9 倍"),
        (Kind.RATE, 3, "3 times the usual", "平时的 3 倍"),
        (Kind.BALANCE, 700, "700 credits left", "剩余 700 积分"),
        (Kind.RUNS_OUT, 5.2, "5.2 h left", "预计还可用 5.2 小时"),
        (Kind.COOKIE, 20, "Expires in 20 h", "20 小时后过期"),
        (Kind.SILENCE, 75, "No data for 1 h 15 min", "1 小时 15 分钟没有数据"),
        (Kind.NEW_KEY, 1, "1 new key", "1 个新 Key"),
        (Kind.MISMATCH, 2, "2 hours", "2 个小时"),
        (Kind.LOSS, 1, "1 gap", "1 处缺口"),
        (Kind.UNREADABLE, 12, "12 rows", "12 条"),
        (Kind.DISK, 0.042, "4.2% free", "剩余空间 4.2%"),
    ],
)
def test_a_value_is_written_with_its_unit(
    kind: Kind, value: float, english: str, chinese: str
) -> None:
    assert first_line(kind, value, is_chinese=False) == english
    assert first_line(kind, value, is_chinese=True) == chinese


def test_a_message_names_the_model_and_the_key_with_most_of_the_spending() -> None:
    episode = Episode(rule="r", state=State.FIRING, since_ms=0, changed_ms=0, value=9, peak=9)
    rule = Rule(id="r", kind=Kind.AWAY, start="00:00", end="07:00")
    part = Content(
        at_ms=0, notice=Notice.FIRED, rule=rule, episode=episode, model="opus", api_key="laptop"
    )
    lines = text_of(part, Style(is_chinese=False, zone=UTC)).splitlines()
    assert lines[-2:] == ["Model: opus", "API key: laptop"]
