"""The reference pages have every setting, call, problem and metric, in both languages."""

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.routes import contract
from creditcurve.domain.settings import Settings
from support.program import Program
from support.scripts import script

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "zh")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def chinese() -> ModuleType:
    """The translations."""
    return script("docs_chinese")


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """The script that writes the pages."""
    return script("docs_reference")


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The interface's document."""
    return contract()


@pytest.fixture(scope="module")
def metrics(shared: Program) -> str:
    """The metrics of a program without requests."""
    return shared.call("GET", "/metrics").text


def _rows(table: str) -> dict[str, str]:
    """Return the last cell of each row by its first one; every last cell has a text."""
    rows = dict(re.findall(r"^\| `([^`]+)` \|(?:.* \|)? ([^|]+) \|$", table, re.MULTILINE))
    assert len(rows) == table.count("\n| `"), table
    return rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_setting_call_and_code_is_described(
    reference: ModuleType, document: dict[str, Any], language: str
) -> None:
    settings = _rows(reference.settings(document, language))
    assert set(settings) == set(Settings.__struct_fields__)
    calls = _rows(reference.calls(document, language))
    assert {name.split()[1] for name in calls} == set(document["paths"])
    codes = _rows(reference.problems(language))
    assert set(codes) == {code.value for code in ProblemCode}
    if language == "zh":
        assert all(map(CHINESE.search, (*settings.values(), *calls.values(), *codes.values())))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_metric_of_the_sources_is_described(
    reference: ModuleType, metrics: str, language: str
) -> None:
    """Also one without a value yet, such as the last success of a new instance."""
    package = ROOT / "src/creditcurve/api/resources"
    sources = "".join(file.read_text("utf-8") for file in package.rglob("*.py"))
    described = _rows(reference.described_metrics(metrics, language))
    families = re.findall(r'(Gauge|Counter)MetricFamily\(\s*"(creditcurve_\w+)"', sources)
    named = {f"{name}_total" if kind == "Counter" else name for kind, name in families}
    assert set(described) == named
    if language == "zh":
        assert all(map(CHINESE.search, described.values()))


def test_no_translation_is_left_over(
    reference: ModuleType, chinese: ModuleType, document: dict[str, Any], metrics: str
) -> None:
    """The English text that it translates exists."""
    english = (
        _rows(reference.settings(document, "en")),
        _rows(reference.calls(document, "en")),
        _rows(reference.described_metrics(metrics, "en")),
    )
    translated = (chinese.SETTINGS, chinese.CALLS, chinese.METRICS)
    for described, texts in zip(english, translated, strict=True):
        assert set(described.values()) == set(texts)
