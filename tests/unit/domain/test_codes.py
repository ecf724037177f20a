"""Every code of a fault or of a rejected row has a text in both languages of the page."""

import re
from pathlib import Path

import pytest

from creditcurve.cli.messages.problems import PROBLEMS
from creditcurve.domain.fault import FaultCode
from creditcurve.domain.reject import SENTENCES, RejectCode

CATALOGUES = Path(__file__).parents[3] / "web" / "src" / "i18n"


def keys(locale: str, catalogue: str, block: str) -> set[str]:
    """Return the keys of a block of a catalogue of the page."""
    text = (CATALOGUES / locale / f"{catalogue}.ts").read_text(encoding="utf-8")
    _, _, rest = text.partition(f"  {block}: {{")
    return set(re.findall(r"^ {4}(\w+):", rest.partition("\n  }")[0], re.MULTILINE))


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_each_reject_code_has_a_text(locale: str) -> None:
    assert keys(locale, "quarantine", "reasons") == set(RejectCode)


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_each_fault_code_has_a_text(locale: str) -> None:
    codes = {code if code.startswith("upstream_") else f"upstream_{code}" for code in FaultCode}
    assert codes <= keys(locale, "common", "problems")


def test_each_fault_code_has_a_chinese_text_in_the_terminal() -> None:
    assert all(code in PROBLEMS or f"upstream_{code}" in PROBLEMS for code in FaultCode)


def test_each_reject_code_has_a_sentence_for_scripts() -> None:
    assert SENTENCES.keys() == set(RejectCode)
